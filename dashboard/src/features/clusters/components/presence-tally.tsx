import type { Cluster } from '#protocol/http/clusters.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { PresencePill } from './cluster-state.tsx'
import styles from './presence-tally.module.css'

const STATES = ['online', 'offline', 'never'] as const

/** How many clusters are there, at a glance. */
export function PresenceTally({ clusters }: { clusters: readonly Cluster[] }) {
  const { t } = useTranslation()
  const count = (state: Cluster['presence']): number => clusters.filter((each) => each.presence === state).length
  return (
    <div>
      <p className={styles.big}>{t('cluster.tally', { online: count('online'), total: clusters.length })}</p>
      <ul className={styles.list}>
        {STATES.map((state) => (
          <li key={state} className={styles.line} data-none={count(state) === 0 || undefined}>
            <PresencePill presence={state} />
            <strong>{count(state)}</strong>
          </li>
        ))}
      </ul>
    </div>
  )
}
