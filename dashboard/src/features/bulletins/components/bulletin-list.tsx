import { IconFileText, IconVolume } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { BulletinStatus, BulletinSummary } from '#protocol/http/bulletins.ts'
import { AreaNames } from '../../../components/areas/area-names.tsx'
import { BulletinClassPill } from '../../../components/bulletin-class-pill.tsx'
import { Empty } from '../../../components/ui/empty.tsx'
import { LoadError } from '../../../components/ui/load-error.tsx'
import { LoadMore } from '../../../components/ui/load-more.tsx'
import { RowsSkeleton } from '../../../components/ui/rows-skeleton.tsx'
import { Card } from '../../../components/ui/section.tsx'
import { dateTime } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { bulletinsQuery } from '../api/list-bulletins.ts'
import styles from './bulletin-list.module.css'
import { BulletinStatusPill } from './bulletin-status.tsx'
import { LastDay } from './last-day.tsx'
import { RenditionLine } from './rendition-line.tsx'

export function BulletinList({ status, create }: { status?: BulletinStatus | undefined; create?: ReactNode }) {
  const { t } = useTranslation()
  const bulletins = useInfiniteQuery(bulletinsQuery({ status }))
  if (bulletins.isPending) return <RowsSkeleton rows={6} height={96} />
  if (bulletins.isError) return <LoadError error={bulletins.error} onRetry={() => bulletins.refetch()} />
  const items = bulletins.data.pages.flatMap((page) => page.items)
  if (items.length === 0) {
    return (
      <Card>
        {status ? (
          <Empty icon={IconFileText} title={t('bulletin.emptyFiltered')} />
        ) : (
          <Empty icon={IconFileText} title={t('bulletin.empty')} text={t('bulletin.emptyText')} action={create} />
        )}
      </Card>
    )
  }
  return (
    <>
      <Card flush>
        <ul className={styles.list} aria-label={t('bulletin.listLabel')}>
          {items.map((bulletin) => (
            <Row key={bulletin.id} bulletin={bulletin} />
          ))}
        </ul>
      </Card>
      <LoadMore pages={bulletins} />
    </>
  )
}

function Row({ bulletin }: { bulletin: BulletinSummary }) {
  const { t } = useTranslation()
  return (
    <li className={styles.row}>
      <div className={styles.main}>
        <Link to="/ban-tin/$bulletinId" params={{ bulletinId: bulletin.id }} className={styles.title}>
          {bulletin.title}
        </Link>
        <div className={styles.meta}>
          <AreaNames codes={bulletin.targets} short />
          <span aria-hidden> · </span>
          {t('bulletin.by', { name: bulletin.createdByName, time: dateTime(bulletin.updatedAt) })}
          <LastDay expiresOn={bulletin.expiresOn} />
        </div>
      </div>
      <div className={styles.audio}>
        <IconVolume size={18} aria-hidden />
        <RenditionLine rendition={bulletin.rendition} />
      </div>
      <div className={styles.pills}>
        {bulletin.class !== 'ordinary' && <BulletinClassPill value={bulletin.class} />}
        <BulletinStatusPill status={bulletin.status} />
      </div>
    </li>
  )
}
