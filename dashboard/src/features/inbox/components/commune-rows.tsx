import { Link } from '@tanstack/react-router'
import type { InboxItem } from '#protocol/http/inbox.ts'
import { BulletinClassPill } from '../../../components/bulletin-class-pill.tsx'
import { Card, Section } from '../../../components/ui/section.tsx'
import { clock, dateTime, plainDate, shortDate } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { Deadline } from './deadline.tsx'
import styles from './inbox-list.module.css'
import { InboxStatePills } from './inbox-state.tsx'

interface CommuneRowsProps {
  readonly items: readonly InboxItem[]
  /** Whether there are others than these, maybe of the same bulletins. */
  readonly hasMore: boolean
}

/** For whoever watches: each bulletin with its communes, and what each has made of it. */
export function CommuneRows({ items, hasMore }: CommuneRowsProps) {
  const ids = [...new Set(items.map(({ bulletinId }) => bulletinId))]
  return (
    <>
      {ids.map((id) => {
        const own = items.filter(({ bulletinId }) => bulletinId === id)
        const [first] = own
        return first && <OneBulletin key={id} first={first} items={own} hasMore={hasMore} />
      })}
    </>
  )
}

function OneBulletin({ first, items, hasMore }: CommuneRowsProps & { first: InboxItem }) {
  const { t } = useTranslation()
  return (
    <Section
      plain
      title={first.title}
      aside={
        <span className={styles.pills}>
          <BulletinClassPill value={first.class} />
          <Link to="/ban-tin/$bulletinId" params={{ bulletinId: first.bulletinId }} className={styles.more}>
            {t('inboxUses.total', { n: hasMore ? `${items.length}+` : items.length })}
          </Link>
        </span>
      }
    >
      <Card flush>
        <ul className={styles.sessions} aria-label={first.title}>
          {items.map((item) => (
            <li key={item.areaCode} className={styles.row}>
              <div>
                <strong>{item.areaName}</strong>
                <div className={styles.meta}>
                  <What item={item} />
                </div>
              </div>
              <div className={styles.rowPills}>
                <InboxStatePills item={item} />
              </div>
            </li>
          ))}
        </ul>
      </Card>
    </Section>
  )
}

function What({ item }: { item: InboxItem }) {
  const { t } = useTranslation()
  const session = item.sessions.find(({ fate }) => fate !== 'over') ?? item.sessions[0]
  return (
    <>
      {item.state === 'waiting' && <Deadline at={Date.parse(item.deadlineAt)} />}
      {item.returnsOn && <span>{t('inbox.returns', { date: plainDate(item.returnsOn) })}</span>}
      {session?.startAt && (
        <span>
          {clock(session.startAt)} {shortDate(session.startAt)} · {session.programmeName}
        </span>
      )}
      {item.reason && <span>{t('inbox.reason', { reason: item.reason })}</span>}
      {item.decidedByName && item.decidedAt && (
        <span>{t('inbox.decidedBy', { name: item.decidedByName, time: dateTime(item.decidedAt) })}</span>
      )}
    </>
  )
}
