import { Button, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBroadcast, IconPlus, IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { Choice } from '../../components/ui/choice.tsx'
import { Empty } from '../../components/ui/empty.tsx'
import { LoadError } from '../../components/ui/load-error.tsx'
import { LoadMore } from '../../components/ui/load-more.tsx'
import { Page } from '../../components/ui/page.tsx'
import { RowsSkeleton } from '../../components/ui/rows-skeleton.tsx'
import { Card } from '../../components/ui/section.tsx'
import { clustersQuery } from '../../features/clusters/api/list-clusters.ts'
import { type ClusterFilter, chooseClusters } from '../../features/clusters/choose-clusters.ts'
import { ClusterTable } from '../../features/clusters/components/cluster-table.tsx'
import { useNow } from '../../lib/clock.ts'
import { useTranslation } from '../../lib/i18n/index.ts'
import { useCan } from '../../lib/session.ts'
import styles from './clusters-page.module.css'

const EnrolDialog = lazy(async () => ({
  default: (await import('../../features/clusters/components/enrol-dialog.tsx')).EnrolDialog,
}))

const route = getRouteApi('/app/cum-loa')

export function ClustersPage() {
  const { t } = useTranslation()
  const can = useCan()
  const [isEnrolling, enrolling] = useDisclosure(false)
  const enrol = can('clusters.enrol') && (
    <Button leftSection={<IconPlus size={20} aria-hidden />} onClick={enrolling.open}>
      {t('cluster.enrol')}
    </Button>
  )
  return (
    <Page title={t('cluster.title')} actions={enrol}>
      <List />
      {isEnrolling && (
        <Suspense>
          <EnrolDialog onClose={enrolling.close} />
        </Suspense>
      )}
    </Page>
  )
}

function List() {
  const { t } = useTranslation()
  const { loc, tim = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const now = useNow(10_000)
  const can = useCan()
  const clusters = useInfiniteQuery(clustersQuery)
  if (clusters.isPending) return <RowsSkeleton rows={10} height={68} />
  if (clusters.isError) return <LoadError error={clusters.error} onRetry={() => clusters.refetch()} />
  const all = clusters.data.pages.flatMap((page) => page.items)
  if (all.length === 0) {
    return (
      <Card>
        <Empty
          icon={IconBroadcast}
          title={t('cluster.empty')}
          text={t(can('clusters.enrol') ? 'cluster.emptyText' : 'cluster.emptyForOthers')}
        />
      </Card>
    )
  }
  const shown = chooseClusters(all, { filter: loc ?? 'all', name: tim }, now)
  const search = (next: { loc?: ClusterFilter; tim?: string }) =>
    navigate({
      search: (before) => {
        const { loc: filter = 'all', tim: name = '' } = { ...before, ...next }
        return { ...(filter === 'all' ? {} : { loc: filter }), ...(name === '' ? {} : { tim: name }) }
      },
      replace: true,
    })
  return (
    <>
      <div className={styles.tools}>
        <TextInput
          type="search"
          aria-label={t('cluster.search')}
          placeholder={t('cluster.searchPlaceholder')}
          leftSection={<IconSearch size={18} aria-hidden />}
          value={tim}
          onChange={(event) => search({ tim: event.currentTarget.value })}
        />
        <Choice<ClusterFilter>
          label={t('cluster.filter')}
          value={loc ?? 'all'}
          options={[
            { value: 'all', label: t('common.all') },
            { value: 'chu-y', label: t('cluster.needsAttention') },
            { value: 'online', label: t('presence.online') },
            { value: 'offline', label: t('presence.offline') },
          ]}
          onChange={(filter) => search({ loc: filter })}
        />
      </div>
      <Card flush>
        {shown.length === 0 ? (
          <Empty icon={IconSearch} title={t('cluster.noMatch')} />
        ) : (
          <ClusterTable clusters={shown} />
        )}
      </Card>
      <LoadMore pages={clusters} />
    </>
  )
}
