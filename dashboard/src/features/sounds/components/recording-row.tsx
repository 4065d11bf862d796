import { Button } from '@mantine/core'
import { IconAlertTriangle, IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Bulletin } from '#protocol/http/bulletins.ts'
import type { Recording } from '#protocol/http/uploads.ts'
import { LANGUAGES, languageName } from '#protocol/languages.ts'
import { Pill } from '../../../components/ui/pill.tsx'
import { dateTime } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { notifyDone, notifyFailed } from '../../../lib/notify.ts'
import { keys } from '../../../lib/query-keys.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import { removeRecording } from '../api/remove-recording.ts'
import { SoundPlayer } from './sound-player.tsx'
import styles from './sound-row.module.css'
import { SoundState } from './sound-state.tsx'

interface RecordingRowProps {
  readonly bulletin: Bulletin
  readonly recording: Recording
  readonly mayRemove: boolean
}

export function RecordingRow({ bulletin, recording, mayRemove }: RecordingRowProps) {
  const { t } = useTranslation()
  const name = languageName(recording.language)
  const ownName = LANGUAGES.find(({ code }) => code === recording.language)?.ownName ?? name
  return (
    <li className={styles.row}>
      <div className={styles.head}>
        <strong className={styles.name}>{name}</strong>
        {ownName !== name && (
          <span className={styles.own} lang={recording.language}>
            {ownName}
          </span>
        )}
        <SoundState sound={recording} />
        {recording.recordedFor < bulletin.versionNumber && (
          <Pill tone="warn" icon={IconAlertTriangle}>
            {t('recording.forEarlier', { n: recording.recordedFor })}
          </Pill>
        )}
        {mayRemove && <Remove bulletinId={bulletin.id} language={recording.language} name={name} />}
      </div>
      {recording.audio && <SoundPlayer url={recording.audio.url} ms={recording.audio.ms} label={name} />}
      {recording.notes.map((note) => (
        <p key={note} className={styles.note} data-state={recording.state}>
          {note}
        </p>
      ))}
      {recording.recordedFor < bulletin.versionNumber && (
        <p className={styles.note}>{t('recording.forEarlierHint', { n: recording.recordedFor })}</p>
      )}
      <p className={styles.who}>
        {t('sound.broughtBy', {
          name: recording.broughtByName,
          time: dateTime(recording.broughtAt),
          file: recording.fileName,
        })}
      </p>
    </li>
  )
}

function Remove({ bulletinId, language, name }: { bulletinId: string; language: string; name: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const textOf = useErrorText()
  const removing = useMutation({
    mutationFn: () => removeRecording(bulletinId, language),
    onSuccess: (next) => {
      client.setQueryData(keys.bulletin(bulletinId), next)
      notifyDone(t('recording.removed', { language: name }))
    },
    onError: (error) => notifyFailed(t('recording.notRemoved'), textOf(error)),
  })
  return (
    <Button
      className={styles.remove}
      variant="subtle"
      color="red"
      leftSection={<IconTrash size={18} aria-hidden />}
      loading={removing.isPending}
      aria-label={t('recording.remove', { language: name })}
      onClick={() => window.confirm(t('recording.removeSure', { language: name })) && removing.mutate()}
    >
      {t('sound.remove')}
    </Button>
  )
}
