import { useQueryClient } from '@tanstack/react-query'
import type { Bulletin } from '#protocol/http/bulletins.ts'
import type { BroughtSound } from '#protocol/http/uploads.ts'
import { languageName } from '#protocol/languages.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { keys } from '../../../lib/query-keys.ts'
import { removeReplacement } from '../api/remove-replacement.ts'
import { mayRecord } from '../may-record.ts'
import { RecheckRecording } from './recheck-recording.tsx'
import { RemoveButton } from './remove-button.tsx'
import { BroughtBy, SoundNotes } from './sound-notes.tsx'
import styles from './sound-row.module.css'
import { SoundState } from './sound-state.tsx'

interface ReplacementProps {
  readonly bulletin: Bulletin
  readonly language: string
  readonly replacement: BroughtSound
  readonly mayWrite: boolean
}

/** What is to take the place of a recording: how far its checking is, or why the one above stays. */
export function Replacement({ bulletin, language, replacement, mayWrite }: ReplacementProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const name = languageName(language)
  return (
    <div className={styles.replacement}>
      <div className={styles.head}>
        <strong>{t('recording.replacement')}</strong>
        <SoundState sound={replacement} />
        {mayWrite && replacement.state === 'unchecked' && <RecheckRecording bulletin={bulletin} language={language} />}
        {mayWrite && mayRecord(bulletin) && (
          <RemoveButton
            label={t('recording.removeReplacement', { language: name })}
            question={t('recording.removeReplacementSure', { language: name })}
            run={async () =>
              client.setQueryData(keys.bulletin(bulletin.id), await removeReplacement(bulletin.id, language))
            }
            done={t('recording.replacementRemoved', { language: name })}
            failed={t('recording.notRemoved')}
          />
        )}
      </div>
      <SoundNotes sound={replacement} />
      <p className={styles.who}>{t('recording.stillInUse')}</p>
      <BroughtBy sound={replacement} withFile />
    </div>
  )
}
