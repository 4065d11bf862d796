import { IconInbox } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { BulletinSummary } from '#protocol/http/bulletins.ts'
import type { RundownItem } from '#protocol/http/programmes.ts'
import { bulletinQuery } from '../../../components/bulletin-query.ts'
import { audioLength } from '../../../lib/format/number.ts'
import { plainDate } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import styles from './rundown-fields.module.css'

interface ItemProps {
  readonly item: RundownItem
  readonly bulletins: readonly BulletinSummary[]
}

/** What an item is called in sentences about it. */
export function useItemName(bulletins: readonly BulletinSummary[]): (item: RundownItem) => string {
  const { t } = useTranslation()
  return (item) => {
    if (item.kind !== 'bulletin') return t(`programme.item.${item.kind}`)
    return bulletins.find(({ id }) => id === item.bulletinId)?.title ?? t('programme.unknownBulletin')
  }
}

/** What an item is, how long it airs, and what is wrong with it. */
export function RundownItemWords({ item, bulletins }: ItemProps) {
  const { t } = useTranslation()
  if (item.kind !== 'bulletin') {
    return (
      <span className={styles.what}>
        <span>
          <IconInbox size={18} aria-hidden /> {t(`programme.item.${item.kind}`)}
        </span>
      </span>
    )
  }
  const known = bulletins.find(({ id }) => id === item.bulletinId)
  return known ? (
    <BulletinWords bulletin={known} excerptMs={item.excerptMs} />
  ) : (
    <OtherBulletin id={item.bulletinId} excerptMs={item.excerptMs} />
  )
}

/** One that is not among those that could be added: withdrawn since, or an old one. */
function OtherBulletin({ id, excerptMs }: { id: string; excerptMs: number | undefined }) {
  const { t } = useTranslation()
  const bulletin = useQuery(bulletinQuery(id))
  if (bulletin.isPending) return <span className={styles.what}>{t('common.loading')}</span>
  if (bulletin.isError) return <span className={styles.what}>{t('programme.unknownBulletin')}</span>
  return <BulletinWords bulletin={bulletin.data} excerptMs={excerptMs} />
}

function BulletinWords({ bulletin, excerptMs }: { bulletin: BulletinSummary; excerptMs: number | undefined }) {
  const { t } = useTranslation()
  const { title, status, expiresOn, rendition } = bulletin
  const ms = rendition.audio?.ms ?? null
  const length =
    excerptMs === undefined ? ms && audioLength(ms) : t('programme.excerpt', { length: audioLength(excerptMs) })
  return (
    <span className={styles.what}>
      <span>{title}</span>
      <small>
        {[
          length,
          bulletin.class === 'priority' ? t('session.priority') : null,
          expiresOn ? t('programme.expires', { date: plainDate(expiresOn) }) : null,
        ]
          .filter(Boolean)
          .join(' · ')}
      </small>
      {status === 'withdrawn' && <small className={styles.warning}>{t('programme.withdrawn')}</small>}
    </span>
  )
}
