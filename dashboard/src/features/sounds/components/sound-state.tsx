import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconProgress } from '@tabler/icons-react'
import type { BroughtSound } from '#protocol/http/uploads.ts'
import { Pill } from '../../../components/ui/pill.tsx'
import { percent } from '../../../lib/format/number.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'

export function SoundState({ sound }: { sound: BroughtSound }) {
  const { t } = useTranslation()
  switch (sound.state) {
    case 'checking':
      return (
        <Pill tone="accent" icon={IconProgress}>
          {t('sound.checking', { percent: percent(sound.progress) })}
        </Pill>
      )
    case 'unchecked':
      return (
        <Pill tone="warn" icon={IconAlertTriangle}>
          {t('sound.unchecked')}
        </Pill>
      )
    case 'ready':
      return (
        <Pill tone="good" icon={IconCircleCheck}>
          {t('sound.ready')}
        </Pill>
      )
    case 'refused':
      return (
        <Pill tone="bad" icon={IconCircleX}>
          {t('sound.refused')}
        </Pill>
      )
  }
}
