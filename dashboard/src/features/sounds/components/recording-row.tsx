import { IconAlertTriangle } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import type { Bulletin } from '#protocol/http/bulletins.ts'
import type { Recording } from '#protocol/http/uploads.ts'
import { LANGUAGES, languageName } from '#protocol/languages.ts'
import { SoundPlayer } from '../../../components/sound-player.tsx'
import { Pill } from '../../../components/ui/pill.tsx'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { keys } from '../../../lib/query-keys.ts'
import { removeRecording } from '../api/remove-recording.ts'
import { mayRecord } from '../may-record.ts'
import { RecheckRecording } from './recheck-recording.tsx'
import { RemoveButton } from './remove-button.tsx'
import { Replacement } from './replacement.tsx'
import { BroughtBy, SoundNotes } from './sound-notes.tsx'
import styles from './sound-row.module.css'
import { SoundState } from './sound-state.tsx'

interface RecordingRowProps {
  readonly bulletin: Bulletin
  readonly recording: Recording
  /** May have it checked again; and take it away, as long as the bulletin is open. */
  readonly mayWrite: boolean
}

export function RecordingRow({ bulletin, recording, mayWrite }: RecordingRowProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { language, recordedFor, audio, replacement } = recording
  const name = languageName(language)
  const ownName = LANGUAGES.find(({ code }) => code === language)?.ownName ?? name
  const mayRemove = mayWrite && mayRecord(bulletin)
  const isOlder = recordedFor < bulletin.versionNumber
  return (
    <li className={styles.row}>
      <div className={styles.head}>
        <strong className={styles.name}>{name}</strong>
        {ownName !== name && (
          <span className={styles.own} lang={language}>
            {ownName}
          </span>
        )}
        <SoundState sound={recording} />
        {isOlder && (
          <Pill tone="warn" icon={IconAlertTriangle}>
            {t('recording.forEarlier', { n: recordedFor })}
          </Pill>
        )}
        {mayWrite && recording.state === 'unchecked' && <RecheckRecording bulletin={bulletin} language={language} />}
        {mayRemove && (
          <RemoveButton
            label={t('recording.remove', { language: name })}
            question={t('recording.removeSure', { language: name })}
            run={async () =>
              client.setQueryData(keys.bulletin(bulletin.id), await removeRecording(bulletin.id, language))
            }
            done={t('recording.removed', { language: name })}
            failed={t('recording.notRemoved')}
          />
        )}
      </div>
      {audio && <SoundPlayer url={audio.url} ms={audio.ms} label={name} />}
      <SoundNotes sound={recording} />
      {isOlder && <p className={styles.note}>{t('recording.forEarlierHint')}</p>}
      <BroughtBy sound={recording} withFile />
      {replacement && (
        <Replacement bulletin={bulletin} language={language} replacement={replacement} mayWrite={mayWrite} />
      )}
    </li>
  )
}
