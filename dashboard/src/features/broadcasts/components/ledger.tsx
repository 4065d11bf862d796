import { VisuallyHidden } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Delivery } from '#protocol/http/broadcasts.ts'
import { audioLength, startError } from '../../../lib/format/number.ts'
import { useLanguage, useTranslation } from '../../../lib/i18n/index.ts'
import { DeliveryPill } from './delivery-state.tsx'
import styles from './ledger.module.css'

/** What a page adds to a row. */
type Aside = (delivery: Delivery) => ReactNode

/** The ledger of one session: what each cluster really did. In the order of names, so that rows stay in place. */
export function Ledger({ deliveries, aside }: { deliveries: readonly Delivery[]; aside?: Aside }) {
  const { t } = useTranslation()
  const rows = [...deliveries].sort((a, b) => byName.compare(a.clusterName, b.clusterName))
  return (
    <table className={styles.table}>
      <caption>
        <VisuallyHidden>{t('broadcast.ledgerCaption')}</VisuallyHidden>
      </caption>
      <thead>
        <tr>
          <th scope="col">{t('broadcast.cluster')}</th>
          <th scope="col">{t('broadcast.state')}</th>
          <th scope="col" className={styles.number}>
            {t('broadcast.start')}
          </th>
          <th scope="col" className={styles.number}>
            {t('broadcast.duration')}
          </th>
          <th scope="col">{t('broadcast.audible')}</th>
          {aside && (
            <th scope="col">
              <VisuallyHidden>{t('why.ask')}</VisuallyHidden>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((delivery) => (
          <Row key={delivery.clusterId} delivery={delivery} aside={aside} />
        ))}
      </tbody>
    </table>
  )
}

const byName = new Intl.Collator('vi', { numeric: true })

function Row({ delivery, aside }: { delivery: Delivery; aside: Aside | undefined }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const hasPlayed = delivery.playedMs !== null
  return (
    <tr data-unknown={delivery.state === 'unknown' || undefined}>
      <th scope="row">
        <Link to="/cum-loa/$clusterId" params={{ clusterId: delivery.clusterId }} className={styles.name}>
          {delivery.clusterName}
        </Link>
      </th>
      <td className={styles.state}>
        <DeliveryPill state={delivery.state} />
        {delivery.reason && <div className={styles.reason}>{t(`reason.${delivery.reason}`)}</div>}
      </td>
      <td className={styles.number} data-label={t('broadcast.start')}>
        {delivery.startErrorMs === null ? <Nothing /> : startError(delivery.startErrorMs, language)}
      </td>
      <td className={styles.number} data-label={t('broadcast.duration')}>
        {delivery.playedMs === null ? <Nothing /> : audioLength(delivery.playedMs)}
      </td>
      <td data-label={t('broadcast.audible')}>{hasPlayed ? t(audibleKey(delivery.audible)) : <Nothing />}</td>
      {aside && <td className={styles.aside}>{aside(delivery)}</td>}
    </tr>
  )
}

const audibleKey = (audible: boolean | null) =>
  audible === null ? 'broadcast.audibleUnknown' : audible ? 'broadcast.audibleYes' : 'broadcast.audibleNo'

const Nothing = () => <span className={styles.nothing}>–</span>
