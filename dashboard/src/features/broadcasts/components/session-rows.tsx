import { Link } from '@tanstack/react-router'
import type { BroadcastSummary } from '#protocol/http/broadcasts.ts'
import { clock, shortDate } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { BroadcastStatusPill } from './broadcast-status.tsx'
import styles from './session-rows.module.css'
import { TallyBar, TallyHeadline } from './tally-bar.tsx'

/** Sessions as rows: when, what, and how it went. */
export function SessionRows({
  sessions,
  withDate = false,
}: {
  sessions: readonly BroadcastSummary[]
  withDate?: boolean
}) {
  const { t } = useTranslation()
  return (
    <ul className={styles.list}>
      {sessions.map((session) => (
        <li key={session.id} className={styles.row} data-cancelled={session.status === 'cancelled' || undefined}>
          <div className={styles.time}>
            {clock(session.startAt)}
            {withDate && <small className={styles.date}>{shortDate(session.startAt)}</small>}
          </div>
          <div className={styles.main}>
            <Link to="/buoi-phat/$broadcastId" params={{ broadcastId: session.id }} className={styles.title}>
              {session.programmeName}
            </Link>
            <div className={styles.meta}>{contentsOf(session)}</div>
            {session.cancelledBy && <div className={styles.meta}>{t(`cancelledBy.${session.cancelledBy}`)}</div>}
          </div>
          <div className={styles.tally}>
            {session.status !== 'cancelled' && (
              <>
                <TallyBar broadcast={session} />
                <div className={styles.meta}>
                  <TallyHeadline broadcast={session} />
                </div>
              </>
            )}
          </div>
          <div className={styles.status}>
            <BroadcastStatusPill status={session.status} />
          </div>
        </li>
      ))}
    </ul>
  )
}

/** Titles that the programme's name does not already say. */
const contentsOf = (session: BroadcastSummary): string =>
  session.bulletins
    .map((bulletin) => bulletin.title)
    .filter((title) => title !== session.programmeName)
    .join(' · ')
