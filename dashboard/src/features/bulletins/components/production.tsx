import { Button, Progress, Skeleton, VisuallyHidden } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import type { Bulletin, Rendition } from '#protocol/http/bulletins.ts'
import { Facts } from '../../../components/ui/facts.tsx'
import { Notice } from '../../../components/ui/notice.tsx'
import { audioLength, megabytes, number } from '../../../lib/format/number.ts'
import { useLanguage, useTranslation } from '../../../lib/i18n/index.ts'
import { keys } from '../../../lib/query-keys.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import { produceBulletin } from '../api/produce-bulletin.ts'
import styles from './production.module.css'
import { RenditionLine } from './rendition-line.tsx'

const AudioPlayer = lazy(async () => ({ default: (await import('./audio-player.tsx')).AudioPlayer }))

/** The bulletin as sound: on its way, ready to hear, or failed with a way to try again. */
export function Production({ bulletin, mayRetry }: { bulletin: Bulletin; mayRetry: boolean }) {
  const { rendition } = bulletin
  switch (rendition.step) {
    case 'queued':
    case 'speaking':
    case 'mixing':
      return <Running rendition={rendition} />
    case 'failed':
      return <Failed bulletin={bulletin} mayRetry={mayRetry} />
    case 'ready':
      return rendition.audio ? <Ready audio={rendition.audio} /> : <Running rendition={rendition} />
  }
}

function Running({ rendition }: { rendition: Rendition }) {
  const { t } = useTranslation()
  const done = Math.round(rendition.progress * 100)
  return (
    <div className={styles.running}>
      <div className={styles.line} aria-hidden>
        <RenditionLine rendition={rendition} />
      </div>
      <Progress.Root size="lg" transitionDuration={300}>
        <Progress.Section value={rendition.step === 'queued' ? 0 : done} aria-label={t('production.label')} />
      </Progress.Root>
      {/* Steps are announced; percentages would never stop. */}
      <VisuallyHidden aria-live="polite">
        {rendition.step === 'speaking' && t('production.speakingStep')}
        {rendition.step === 'mixing' && t('production.mixingStep')}
      </VisuallyHidden>
    </div>
  )
}

function Failed({ bulletin, mayRetry }: { bulletin: Bulletin; mayRetry: boolean }) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const client = useQueryClient()
  const retry = useMutation({
    mutationFn: () => produceBulletin(bulletin.id),
    onSuccess: (next) => client.setQueryData(keys.bulletin(bulletin.id), next),
  })
  return (
    <Notice
      kind="bad"
      title={t('production.failed')}
      action={
        mayRetry && (
          <Button
            variant="default"
            leftSection={<IconRefresh size={18} aria-hidden />}
            loading={retry.isPending}
            onClick={() => retry.mutate()}
          >
            {t('production.retry')}
          </Button>
        )
      }
    >
      {retry.isError ? textOf(retry.error) : bulletin.rendition.failure}
    </Notice>
  )
}

function Ready({ audio }: { audio: NonNullable<Rendition['audio']> }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <>
      <Suspense fallback={<Skeleton height={72} mb="md" radius="md" />}>
        <AudioPlayer key={audio.sha256} url={audio.url} ms={audio.ms} />
      </Suspense>
      <Facts
        items={[
          [t('production.length'), audioLength(audio.ms)],
          [t('production.loudness'), `${number(audio.loudnessLufs, language, 1)} LUFS`],
          [t('production.peak'), `${number(audio.truePeakDbtp, language, 1)} dBTP`],
          [t('production.size'), megabytes(audio.bytes, language)],
        ]}
      />
    </>
  )
}
