import { VisuallyHidden } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Cluster } from '#protocol/http/clusters.ts'
import { useNow } from '../../../lib/clock.ts'
import { clock, dateTime, localDate, shortDate } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { ArmedPill, PlanVersion, PresencePill } from './cluster-state.tsx'
import styles from './cluster-table.module.css'

export function ClusterTable({ clusters }: { clusters: readonly Cluster[] }) {
  const { t } = useTranslation()
  return (
    <table className={styles.table}>
      <caption>
        <VisuallyHidden>{t('cluster.caption')}</VisuallyHidden>
      </caption>
      <thead>
        <tr>
          <th scope="col">{t('cluster.name')}</th>
          <th scope="col">{t('cluster.presence')}</th>
          <th scope="col">{t('cluster.next')}</th>
          <th scope="col">{t('cluster.plan')}</th>
          <th scope="col">{t('cluster.lastSeen')}</th>
        </tr>
      </thead>
      <tbody>
        {clusters.map((cluster) => (
          <Row key={cluster.id} cluster={cluster} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation()
  const today = localDate(useNow(60_000))
  const when = (at: string): string => (localDate(at) === today ? clock(at) : `${clock(at)} ${shortDate(at)}`)
  return (
    <tr>
      <th scope="row">
        <Link to="/cum-loa/$clusterId" params={{ clusterId: cluster.id }} className={styles.link}>
          {cluster.name}
        </Link>
        <div className={styles.area}>{cluster.areaName}</div>
      </th>
      <td>
        <PresencePill presence={cluster.presence} />
      </td>
      <td data-label={t('cluster.next')}>
        {cluster.next ? (
          <span className={styles.next}>
            <span className={styles.time}>{when(cluster.next.startAt)}</span>
            <ArmedPill state={cluster.next.state} />
          </span>
        ) : (
          <span className={styles.dim}>{t('cluster.noNext')}</span>
        )}
      </td>
      <td
        data-label={t('cluster.plan')}
        className={cluster.planVersion.held === cluster.planVersion.wanted ? styles.dim : styles.stale}
      >
        <PlanVersion version={cluster.planVersion} />
      </td>
      <td data-label={t('cluster.lastSeen')} className={styles.dim}>
        {cluster.lastSeenAt ? dateTime(cluster.lastSeenAt) : t('cluster.never')}
      </td>
    </tr>
  )
}
