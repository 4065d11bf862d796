import { IconInbox } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { InboxFilter } from '#protocol/http/inbox.ts'
import { Empty } from '../../../components/ui/empty.tsx'
import { LoadError } from '../../../components/ui/load-error.tsx'
import { LoadMore } from '../../../components/ui/load-more.tsx'
import { RowsSkeleton } from '../../../components/ui/rows-skeleton.tsx'
import { Card } from '../../../components/ui/section.tsx'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { inboxQuery } from '../api/list-inbox.ts'
import { byUrgency } from '../sort-items.ts'
import { CommuneRows } from './commune-rows.tsx'
import { InboxCard } from './inbox-card.tsx'
import styles from './inbox-list.module.css'

interface InboxListProps {
  readonly state?: InboxFilter | undefined
  readonly bulletinId?: string | undefined
  /** Whoever decides gets a card for each; whoever watches, a line for each commune. */
  readonly mayDecide: boolean
}

export function InboxList({ state, bulletinId, mayDecide }: InboxListProps) {
  const { t } = useTranslation()
  const inbox = useInfiniteQuery(inboxQuery({ state, bulletinId }))
  if (inbox.isPending) return <RowsSkeleton rows={3} height={200} />
  if (inbox.isError) return <LoadError error={inbox.error} onRetry={() => inbox.refetch()} />
  const items = byUrgency(inbox.data.pages.flatMap((page) => page.items))
  if (items.length === 0) {
    return (
      <Card>
        {state === 'waiting' && mayDecide ? (
          <Empty icon={IconInbox} title={t('inbox.emptyWaiting')} text={t('inbox.emptyWaitingText')} />
        ) : (
          <Empty icon={IconInbox} title={t('inbox.empty')} />
        )}
      </Card>
    )
  }
  return (
    <>
      {mayDecide ? (
        <ul className={styles.cards} aria-label={t('inbox.list')}>
          {items.map((item) => (
            <li key={`${item.areaCode}/${item.bulletinId}`}>
              <InboxCard item={item} />
            </li>
          ))}
        </ul>
      ) : (
        <CommuneRows items={items} hasMore={inbox.hasNextPage} />
      )}
      <LoadMore pages={inbox} />
    </>
  )
}
