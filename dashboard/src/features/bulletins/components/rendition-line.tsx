import type { Rendition } from '#protocol/http/bulletins.ts'
import { audioLength, percent } from '../../../lib/format/number.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'

/** One line on how far the audio is: `Đang đọc… 42 %`, or its length. */
export function RenditionLine({ rendition }: { rendition: Rendition }) {
  const { t } = useTranslation()
  switch (rendition.step) {
    case 'queued':
    case 'failed':
      return <>{t(`production.${rendition.step}`)}</>
    case 'speaking':
    case 'mixing':
      return <>{t(`production.${rendition.step}`, { percent: percent(rendition.progress) })}</>
    case 'ready':
      return <>{rendition.audio ? audioLength(rendition.audio.ms) : t('production.ready')}</>
  }
}
