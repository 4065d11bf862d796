import { IconCircleCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Cluster } from '#protocol/http/clusters.ts'
import { useNow } from '../../../lib/clock.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { attentionOf } from '../attention.ts'
import styles from './attention-list.module.css'
import { AttentionText } from './cluster-state.tsx'

/** As many as one looks at in passing. */
const SHOWN = 8

/** Clusters that a person should look at, and why; of many the first, and where the others are. */
export function AttentionList({ clusters }: { clusters: readonly Cluster[] }) {
  const { t } = useTranslation()
  const now = useNow(10_000)
  const needing = clusters.flatMap((cluster) => {
    const attention = attentionOf(cluster, now)
    return attention ? [{ cluster, attention }] : []
  })
  if (needing.length === 0) {
    return (
      <p className={styles.none}>
        <IconCircleCheck size={22} aria-hidden /> {t('overview.attentionNone')}
      </p>
    )
  }
  return (
    <ul className={styles.list}>
      {needing.slice(0, SHOWN).map(({ cluster, attention }) => (
        <li key={cluster.id} className={styles.line}>
          <Link to="/cum-loa/$clusterId" params={{ clusterId: cluster.id }} className={styles.name}>
            {cluster.name}
          </Link>
          <AttentionText cluster={cluster} attention={attention} />
        </li>
      ))}
      {needing.length > SHOWN && (
        <li className={styles.line}>
          <Link to="/cum-loa" search={{ loc: 'chu-y' }} className={styles.name}>
            {t('overview.attentionMore', { n: needing.length - SHOWN })}
          </Link>
        </li>
      )}
    </ul>
  )
}
