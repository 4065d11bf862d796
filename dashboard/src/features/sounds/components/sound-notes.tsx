import type { BroughtSound } from '#protocol/http/uploads.ts'
import { dateTime } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import styles from './sound-row.module.css'

/** Why it was refused, or what was noticed about it. */
export function SoundNotes({ sound }: { sound: BroughtSound }) {
  return sound.notes.map((note) => (
    <p key={note} className={styles.note} data-state={sound.state}>
      {note}
    </p>
  ))
}

/** Who, when, and from which file where the row does not say so already. */
export function BroughtBy({ sound, withFile = false }: { sound: BroughtSound; withFile?: boolean }) {
  const { t } = useTranslation()
  const { broughtByName: name, broughtAt, fileName: file } = sound
  const time = dateTime(broughtAt)
  return (
    <p className={styles.who}>
      {withFile ? t('sound.broughtAs', { name, time, file }) : t('sound.broughtBy', { name, time })}
    </p>
  )
}
