import { Link } from '@tanstack/react-router'
import type { BroadcastSummary } from '#protocol/http/broadcasts.ts'
import { Countdown } from '../../../components/ui/countdown.tsx'
import { useNow } from '../../../lib/clock.ts'
import { clock, longDate } from '../../../lib/format/time.ts'
import { useLanguage, useTranslation } from '../../../lib/i18n/index.ts'
import styles from './next-session.module.css'
import { TallyBar, TallyHeadline } from './tally-bar.tsx'

/** The session that matters now: on air, or the next, with the time left. */
export function NextSession({ session }: { session: BroadcastSummary }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const now = useNow(1000)
  const startAt = Date.parse(session.startAt)
  const isOnAir = session.status === 'airing' || startAt <= now
  return (
    <article className={styles.card} data-on-air={isOnAir || undefined}>
      <div className={styles.what}>
        <h2 className={styles.kicker}>{isOnAir ? t('overview.now') : t('overview.next')}</h2>
        <Link to="/buoi-phat/$broadcastId" params={{ broadcastId: session.id }} className={styles.title}>
          {session.programmeName}
        </Link>
        <p className={styles.when}>
          {longDate(startAt, language)}
          <span className={styles.clock}>{clock(startAt)}</span>
        </p>
      </div>
      <div className={styles.timer}>
        <span className={styles.timerLabel}>{isOnAir ? t('overview.endsIn') : t('overview.startsIn')}</span>
        <span className={styles.timerValue}>
          <Countdown
            to={isOnAir ? Date.parse(session.endAt) : startAt}
            arrived={isOnAir ? '00:00' : t('overview.starting')}
          />
        </span>
      </div>
      <div className={styles.tally}>
        <p className={styles.ready}>
          <TallyHeadline broadcast={session} />
        </p>
        <TallyBar broadcast={session} />
      </div>
    </article>
  )
}
