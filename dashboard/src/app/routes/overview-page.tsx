import { Button, Skeleton } from '@mantine/core'
import { IconCalendarTime, IconHourglass } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Empty } from '../../components/ui/empty.tsx'
import { LoadError } from '../../components/ui/load-error.tsx'
import { Notice } from '../../components/ui/notice.tsx'
import { Page } from '../../components/ui/page.tsx'
import { RowsSkeleton } from '../../components/ui/rows-skeleton.tsx'
import { Card, Section } from '../../components/ui/section.tsx'
import { aroundNowQuery } from '../../features/broadcasts/api/around-now.ts'
import { NextSession } from '../../features/broadcasts/components/next-session.tsx'
import { SessionRows } from '../../features/broadcasts/components/session-rows.tsx'
import { aroundNow } from '../../features/broadcasts/sessions-of.ts'
import { bulletinsQuery } from '../../features/bulletins/api/list-bulletins.ts'
import { clustersQuery } from '../../features/clusters/api/list-clusters.ts'
import { AttentionList } from '../../features/clusters/components/attention-list.tsx'
import { PresenceTally } from '../../features/clusters/components/presence-tally.tsx'
import { useNow } from '../../lib/clock.ts'
import { longDate } from '../../lib/format/time.ts'
import { useLanguage, useTranslation } from '../../lib/i18n/index.ts'
import { useCan } from '../../lib/session.ts'
import styles from './overview-page.module.css'

/** Today at a glance. */
export function OverviewPage() {
  const { t } = useTranslation()
  const language = useLanguage()
  const now = useNow(60_000)
  return (
    <Page title={t('overview.title')} lead={longDate(now, language)}>
      <Sessions />
      {/* Below what is always there, so that its coming and going moves nothing above it. */}
      <PendingNotice />
      <Clusters />
    </Page>
  )
}

function PendingNotice() {
  const { t } = useTranslation()
  const can = useCan()
  const pending = useInfiniteQuery({ ...bulletinsQuery({ status: 'pending' }), enabled: can('bulletins.approve') })
  const n = pending.data?.pages.flatMap((page) => page.items).length ?? 0
  if (n === 0) return null
  return (
    <div className={styles.pending}>
      <Notice
        kind="info"
        action={
          <Button
            variant="default"
            leftSection={<IconHourglass size={18} aria-hidden />}
            renderRoot={(props) => <Link to="/ban-tin" search={{ status: 'pending' }} {...props} />}
          >
            {t('overview.toBulletins')}
          </Button>
        }
        title={t('overview.pendingCount', { n: pending.hasNextPage ? `${n}+` : n })}
      />
    </div>
  )
}

const LAST_COUNT = 4

/** Asked for anew so often; what changes meanwhile is heard of. */
const STEP_MS = 5 * 60_000

function Sessions() {
  const { t } = useTranslation()
  const now = useNow(1_000)
  const since = Math.floor(now / STEP_MS) * STEP_MS
  const sessions = useQuery({ ...aroundNowQuery(since, LAST_COUNT), placeholderData: keepPreviousData })
  if (sessions.isPending) {
    return (
      <>
        <Skeleton height={246} radius={18} mb={32} />
        <RowsSkeleton rows={3} height={76} />
      </>
    )
  }
  if (sessions.isError) {
    return (
      <div className={styles.next}>
        <LoadError error={sessions.error} onRetry={() => sessions.refetch()} />
      </div>
    )
  }
  const { current, last } = aroundNow(sessions.data, now, LAST_COUNT)
  return (
    <>
      <div className={styles.next}>
        {current ? (
          <NextSession session={current} />
        ) : (
          <Card>
            <Empty
              icon={IconCalendarTime}
              title={t('overview.noNext')}
              text={t('overview.noNextText')}
              action={
                <Button renderRoot={(props) => <Link to="/ban-tin" {...props} />}>{t('overview.toBulletins')}</Button>
              }
            />
          </Card>
        )}
      </div>
      <Section
        plain
        title={t('overview.lastSessions')}
        aside={
          <Link to="/lich-phat" className={styles.more}>
            {t('overview.toSchedule')}
          </Link>
        }
      >
        {last.length === 0 ? (
          <Card>
            <p className={styles.quiet}>{t('overview.lastNone')}</p>
          </Card>
        ) : (
          <Card flush>
            <SessionRows sessions={last} withDate />
          </Card>
        )}
      </Section>
    </>
  )
}

function Clusters() {
  const { t } = useTranslation()
  const clusters = useInfiniteQuery(clustersQuery)
  if (clusters.isPending) return <Skeleton height={220} radius="lg" />
  if (clusters.isError) return <LoadError error={clusters.error} onRetry={() => clusters.refetch()} />
  const items = clusters.data.pages.flatMap((page) => page.items)
  return (
    <div className={styles.clusters}>
      <Section
        title={t('overview.clusters')}
        aside={
          <Link to="/cum-loa" className={styles.more}>
            {t('overview.toClusters')}
          </Link>
        }
      >
        <PresenceTally clusters={items} />
      </Section>
      <Section title={t('overview.attention')}>
        <AttentionList clusters={items} />
      </Section>
    </div>
  )
}
