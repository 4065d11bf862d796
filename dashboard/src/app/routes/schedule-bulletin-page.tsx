import { IconBuildingBroadcastTower } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { Station } from '#protocol/http/areas.ts'
import type { Bulletin } from '#protocol/http/bulletins.ts'
import { bulletinQuery } from '../../components/bulletin-query.ts'
import { stationsQuery } from '../../components/stations-query.ts'
import { Empty } from '../../components/ui/empty.tsx'
import { LoadError } from '../../components/ui/load-error.tsx'
import { Notice } from '../../components/ui/notice.tsx'
import { Page } from '../../components/ui/page.tsx'
import { RowsSkeleton } from '../../components/ui/rows-skeleton.tsx'
import { ScheduleForm } from '../../features/programmes/components/schedule-form.tsx'
import { useNow } from '../../lib/clock.ts'
import { localDate, plainDate } from '../../lib/format/time.ts'
import { useTranslation } from '../../lib/i18n/index.ts'
import { notifyDone } from '../../lib/notify.ts'
import styles from './bulletin-page.module.css'

const route = getRouteApi('/app/ban-tin/$bulletinId/len-lich')

export function ScheduleBulletinPage() {
  const { t } = useTranslation()
  const { bulletinId } = route.useParams()
  const bulletin = useQuery(bulletinQuery(bulletinId))
  const stations = useQuery(stationsQuery)
  return (
    <Page
      title={t('scheduleForm.title')}
      lead={bulletin.data?.title}
      narrow
      back={{ to: `/ban-tin/${bulletinId}`, label: t('common.back') }}
    >
      {bulletin.isError ? (
        <LoadError error={bulletin.error} onRetry={() => bulletin.refetch()} />
      ) : stations.isError ? (
        <LoadError error={stations.error} onRetry={() => stations.refetch()} />
      ) : bulletin.isPending || stations.isPending ? (
        <RowsSkeleton rows={4} height={96} />
      ) : (
        <Form bulletin={bulletin.data} stations={stations.data.items} />
      )}
    </Page>
  )
}

function Form({ bulletin, stations }: { bulletin: Bulletin; stations: readonly Station[] }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const today = localDate(useNow(60_000))
  const [first, ...others] = [...stations].sort((a, b) => nearness(b, bulletin) - nearness(a, bulletin))
  if (bulletin.status !== 'approved') return <Notice kind="warn">{t('scheduleForm.notApproved')}</Notice>
  if (bulletin.expiresOn !== null && bulletin.expiresOn < today) {
    return <Notice kind="warn">{t('scheduleForm.expired', { date: plainDate(bulletin.expiresOn) })}</Notice>
  }
  if (!first) return <Empty icon={IconBuildingBroadcastTower} title={t('scheduleForm.noStations')} />
  return (
    <>
      {bulletin.rendition.step !== 'ready' && (
        <div className={styles.note}>
          <Notice kind="info">{t('scheduleForm.notReady')}</Notice>
        </div>
      )}
      <ScheduleForm
        bulletin={{
          id: bulletin.id,
          title: bulletin.title,
          ms: bulletin.rendition.audio?.ms ?? null,
          expiresOn: bulletin.expiresOn,
        }}
        stations={[first, ...others]}
        onDone={(programme) => {
          notifyDone([t('scheduleForm.created'), ...programme.warnings].join(' '))
          void navigate({ to: '/lich-phat', search: { tuan: programme.startsOn } })
        }}
      />
    </>
  )
}

/** Stations that the bulletin is for come first: the commune itself, then communes of its province. */
function nearness(station: Station, bulletin: Bulletin): number {
  return bulletin.targets.includes(station.areaCode) ? 1 : 0
}
