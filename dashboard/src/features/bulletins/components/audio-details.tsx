import { Button } from '@mantine/core'
import { IconVocabulary } from '@tabler/icons-react'
import type { Bulletin, BulletinStatus, Rendition } from '#protocol/http/bulletins.ts'
import { Facts } from '../../../components/ui/facts.tsx'
import { engineTitle } from '../../../lib/engine-title.ts'
import { audioLength, fileSize, number } from '../../../lib/format/number.ts'
import { useLanguage, useTranslation } from '../../../lib/i18n/index.ts'
import { notifyFailed } from '../../../lib/notify.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import { useProduce } from '../use-produce.ts'
import { ownVoice } from '../voice-names.ts'
import styles from './audio-details.module.css'

interface AudioDetailsProps {
  readonly bulletin: Bulletin
  readonly audio: NonNullable<Rendition['audio']>
  readonly mayProduce: boolean
}

/** What the sound is, who spoke it, and a way to have it spoken anew. */
export function AudioDetails({ bulletin, audio, mayProduce }: AudioDetailsProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { voice, sentCharacters } = bulletin.rendition
  return (
    <>
      <Facts
        items={[
          ...(voice ? ([[t('production.voice'), <VoiceName key="voice" {...voice} />]] as const) : []),
          ...(voice?.second
            ? ([[t('production.secondVoice'), <VoiceName key="second" {...voice} name={voice.second} />]] as const)
            : []),
          [t('production.length'), audioLength(audio.ms)],
          [t('production.loudness'), `${number(audio.loudnessLufs, language, 1)} LUFS`],
          [t('production.peak'), `${number(audio.truePeakDbtp, language, 1)} dBTP`],
          [t('production.size'), fileSize(audio.bytes, language)],
          ...(sentCharacters > 0 ? ([[t('production.sent'), number(sentCharacters, language)]] as const) : []),
        ]}
      />
      {mayProduce && !KEPT.includes(bulletin.status) && <ProduceAgain bulletinId={bulletin.id} />}
    </>
  )
}

/** What has been handed in keeps the sound that its judge hears, and what was approved the one approved. */
const KEPT: readonly BulletinStatus[] = ['pending', 'approved', 'withdrawn']

function VoiceName({ engine, name }: Pick<NonNullable<Rendition['voice']>, 'engine' | 'name'>) {
  const { t } = useTranslation()
  const { own, variant } = ownVoice(name)
  return (
    <>
      {engineTitle(engine)} · {own ? t(`station.voices.${own}`) : name}
      {variant && ` (${variant})`}
    </>
  )
}

function ProduceAgain({ bulletinId }: { bulletinId: string }) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const again = useProduce(bulletinId)
  return (
    <Button
      className={styles.again ?? ''}
      variant="subtle"
      leftSection={<IconVocabulary size={20} aria-hidden />}
      loading={again.isPending}
      onClick={() =>
        again.mutate(undefined, { onError: (error) => notifyFailed(t('bulletinAction.failed'), textOf(error)) })
      }
    >
      {t('production.again')}
    </Button>
  )
}
