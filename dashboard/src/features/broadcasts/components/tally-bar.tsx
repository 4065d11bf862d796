import type { BroadcastSummary } from '#protocol/http/broadcasts.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { headlineOf, partsOf } from '../../../lib/tally.ts'
import { DELIVERY_LOOK } from './delivery-state.tsx'
import styles from './tally-bar.module.css'

type Counted = Pick<BroadcastSummary, 'status' | 'tally'>

/** `Đã phát 11/12 cụm`. */
export function TallyHeadline({ broadcast }: { broadcast: Counted }) {
  const { t } = useTranslation()
  const { kind, n, total } = headlineOf(broadcast)
  return <>{total === 0 ? t('broadcast.noClusters') : t(`broadcast.${kind}`, { n, total })}</>
}

/** How the deliveries of a session stand, as one bar; `unknown` is hatched, so that it never passes for played. */
export function TallyBar({ broadcast, legend = false }: { broadcast: Counted; legend?: boolean }) {
  const { t } = useTranslation()
  const parts = partsOf(broadcast.tally)
  const words = parts.map((part) => `${t(`deliveryState.${part.state}`)}: ${part.count}`)
  return (
    <div>
      <div className={styles.bar} role="img" aria-label={words.join(', ') || t('broadcast.noClusters')}>
        {parts.map((part) => (
          <span
            key={part.state}
            className={styles.part}
            data-tone={DELIVERY_LOOK[part.state].tone}
            style={{ flexGrow: part.share }}
          />
        ))}
      </div>
      {legend && (
        <ul className={styles.legend}>
          {parts.map((part) => {
            const { icon: Glyph, tone } = DELIVERY_LOOK[part.state]
            return (
              <li key={part.state} data-tone={tone}>
                <Glyph size={18} stroke={2.2} aria-hidden />
                {t(`deliveryState.${part.state}`)} <strong>{part.count}</strong>
              </li>
            )
          })}
        </ul>
      )}
    </div>
  )
}
