import { IconAlertTriangle, IconArrowsMoveVertical, IconReplace, IconStarFilled } from '@tabler/icons-react'
import type { DaySession } from '#protocol/http/days.ts'
import { clock } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { isPriority } from '../session-state.ts'
import { FillBar } from './fill-bar.tsx'
import styles from './session-face.module.css'
import { useSessionState } from './session-state.tsx'
import { useDayWords } from './use-day-words.ts'

interface SessionFaceProps {
  readonly session: DaySession
  /** Where it is being moved to, in place of its own time. */
  readonly time?: string | undefined
  /** `card`: with all sentences; `lane`: the same, low and wide; else as much as a column of a week has room for. */
  readonly as?: 'card' | 'lane' | 'column'
}

/** What is said of a session wherever it is drawn: when, what, how full, and what has become of it. */
export function SessionFace({ session, time, as = 'column' }: SessionFaceProps) {
  const { t } = useTranslation()
  const words = useDayWords()
  const { icon: Glyph, tone, words: state } = useSessionState(session)
  const full = as !== 'column'
  const isOff = session.status === 'cancelled' || session.status === 'barred'
  const fill = !isOff && <FillBar session={session} />
  return (
    <span className={styles.face} data-as={as}>
      <span className={styles.top}>
        <span className={styles.time}>{time ?? clock(session.startAt)}</span>
        {isPriority(session) && (
          <span className={styles.priority}>
            <IconStarFilled size={13} aria-hidden /> <span className={styles.word}>{t('session.priority')}</span>
          </span>
        )}
        {session.movedFrom && !full && <IconArrowsMoveVertical size={15} aria-hidden className={styles.mark} />}
        {session.isReplaced && !full && <IconReplace size={15} aria-hidden className={styles.mark} />}
        {session.collisions.length > 0 && !full && <IconAlertTriangle size={15} aria-hidden className={styles.warn} />}
      </span>
      <span className={styles.name}>{session.programmeName}</span>
      {session.movedFrom && <span className={full ? styles.note : styles.unseen}>{words.moved(session)}</span>}
      {session.isReplaced && <span className={full ? styles.note : styles.unseen}>{t('session.replaced')}</span>}
      {session.collisions.map((collision) => (
        <span
          key={`${collision.programmeId} ${collision.startAt}`}
          className={full ? `${styles.note} ${styles.warn}` : styles.unseen}
        >
          {full && <IconAlertTriangle size={16} aria-hidden />} {words.collision(collision)}
        </span>
      ))}
      {as === 'lane' && fill}
      <span className={styles.state} data-tone={tone}>
        <Glyph size={14} aria-hidden /> <span className={styles.word}>{state}</span>
      </span>
      {as !== 'lane' && fill}
    </span>
  )
}
