import type { BulletinUses } from '#protocol/http/bulletin-uses.ts'
import { Notice } from '../../../components/ui/notice.tsx'
import { number } from '../../../lib/format/number.ts'
import { dateTime } from '../../../lib/format/time.ts'
import { useLanguage, useTranslation } from '../../../lib/i18n/index.ts'
import styles from './uses-summary.module.css'

/** As many as leave room for the reason on a phone. */
const SHOWN = 3

/** Who will miss a bulletin when it is taken away, and what cannot be undone any more. */
export function UsesSummary({ uses }: { uses: BulletinUses }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { communes, programmes, sessions, airing, aired, clusters } = uses
  const count = (n: number): string => number(n, language)
  const lost = sessions.isMore ? t('uses.sessionsMore', { n: count(sessions.total) }) : count(sessions.total)
  return (
    <div className={styles.uses}>
      {programmes.total === 0 ? (
        <p className={styles.line}>{t('uses.none')}</p>
      ) : (
        <>
          <div>
            <strong>{t('uses.summary', { programmes: count(programmes.total), communes: count(communes) })}</strong>
            <div>{t('uses.loses', { sessions: lost, emptied: count(sessions.emptied) })}</div>
          </div>
          <NextSessions sessions={sessions} />
        </>
      )}
      {airing > 0 && <Notice kind="warn">{t('uses.airing', { n: count(airing) })}</Notice>}
      {clusters.offline > 0 && (
        <Notice kind="warn">{t('uses.offline', { n: count(clusters.offline), total: count(clusters.total) })}</Notice>
      )}
      {aired.lastAt && (
        <p className={styles.line}>{t('uses.aired', { n: count(aired.total), time: dateTime(aired.lastAt) })}</p>
      )}
    </div>
  )
}

function NextSessions({ sessions }: Pick<BulletinUses, 'sessions'>) {
  const { t } = useTranslation()
  const language = useLanguage()
  const shown = sessions.next.slice(0, SHOWN)
  if (shown.length === 0) return null
  const rest = sessions.total - shown.length
  return (
    <div>
      <div className={styles.label}>{t('uses.next')}</div>
      <ul className={styles.list}>
        {shown.map((session) => (
          <li key={session.id}>
            {dateTime(session.startAt)} · {session.areaName}
            {session.isEmptied && (
              <>
                {' '}
                · <strong>{t('uses.cancelled')}</strong>
              </>
            )}
          </li>
        ))}
        {rest > 0 && <li>{t('uses.nextMore', { n: number(rest, language) })}</li>}
      </ul>
    </div>
  )
}
