import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { Cluster } from '#protocol/http/clusters.ts'
import { Facts } from '../../components/ui/facts.tsx'
import { LoadError } from '../../components/ui/load-error.tsx'
import { Page } from '../../components/ui/page.tsx'
import { RowsSkeleton } from '../../components/ui/rows-skeleton.tsx'
import { Section } from '../../components/ui/section.tsx'
import { clusterQuery } from '../../features/clusters/api/get-cluster.ts'
import { ArmedPill, PlanVersion, PresencePill } from '../../features/clusters/components/cluster-state.tsx'
import { DeviceFacts } from '../../features/clusters/components/device-facts.tsx'
import { RulesPanel } from '../../features/rules/components/rules-panel.tsx'
import { WhyButton } from '../../features/why/components/why-button.tsx'
import { WhyForm } from '../../features/why/components/why-form.tsx'
import { dateTime } from '../../lib/format/time.ts'
import { useTranslation } from '../../lib/i18n/index.ts'
import { useCan } from '../../lib/session.ts'
import styles from './cluster-page.module.css'

const route = getRouteApi('/app/cum-loa/$clusterId')

export function ClusterPage() {
  const { t } = useTranslation()
  const { clusterId } = route.useParams()
  const cluster = useQuery(clusterQuery(clusterId))
  const back = { to: '/cum-loa', label: t('cluster.title') }
  if (cluster.isPending) {
    return (
      <Page title={t('common.loading')} back={back}>
        <RowsSkeleton rows={3} height={160} />
      </Page>
    )
  }
  if (cluster.isError) {
    return (
      <Page title={t('cluster.title')} back={back}>
        <LoadError error={cluster.error} onRetry={() => cluster.refetch()} />
      </Page>
    )
  }
  return (
    <Page
      title={cluster.data.name}
      back={back}
      lead={
        <span className={styles.lead}>
          <PresencePill presence={cluster.data.presence} />
          <span>{cluster.data.areaName}</span>
        </span>
      }
    >
      <Detail cluster={cluster.data} />
    </Page>
  )
}

function Detail({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation()
  const can = useCan()
  return (
    <>
      <Section title={t('cluster.next')}>
        {cluster.next ? (
          <div className={styles.next}>
            <Link
              to="/buoi-phat/$broadcastId"
              params={{ broadcastId: cluster.next.broadcastId }}
              className={styles.time}
            >
              {dateTime(cluster.next.startAt)}
            </Link>
            <ArmedPill state={cluster.next.state} />
            <WhyButton
              clusterId={cluster.id}
              clusterName={cluster.name}
              at={cluster.next.startAt}
              broadcastId={cluster.next.broadcastId}
            />
          </div>
        ) : (
          t('cluster.noNext')
        )}
      </Section>
      <Section title={t('why.section')}>
        <p className={styles.hint}>{t('why.hint')}</p>
        <WhyForm clusterId={cluster.id} at={cluster.next?.startAt ?? null} />
      </Section>
      {can('programmes.read') && <RulesPanel scope={cluster.id} />}
      <Section title={t('cluster.device')}>
        <DeviceFacts status={cluster.status} />
      </Section>
      <Section title={t('cluster.title')}>
        <Facts
          items={[
            [t('cluster.plan'), <PlanVersion key="plan" version={cluster.planVersion} />],
            [t('cluster.lastSeen'), cluster.lastSeenAt ? dateTime(cluster.lastSeenAt) : t('cluster.never')],
            [t('cluster.technology'), t(`technology.${cluster.technology}`)],
            [t('cluster.enrolled'), dateTime(cluster.enrolledAt)],
            [
              t('cluster.position'),
              cluster.latitude === null || cluster.longitude === null
                ? t('cluster.noPosition')
                : `${cluster.latitude.toFixed(5)}, ${cluster.longitude.toFixed(5)}`,
            ],
          ]}
        />
      </Section>
    </>
  )
}
