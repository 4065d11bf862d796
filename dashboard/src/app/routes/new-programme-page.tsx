import { IconBuildingBroadcastTower } from '@tabler/icons-react'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Empty } from '../../components/ui/empty.tsx'
import { LoadError } from '../../components/ui/load-error.tsx'
import { Notice } from '../../components/ui/notice.tsx'
import { Page } from '../../components/ui/page.tsx'
import { RowsSkeleton } from '../../components/ui/rows-skeleton.tsx'
import { useChosenStation } from '../../components/use-chosen-station.ts'
import { NewProgramme } from '../../features/programmes/components/new-programme.tsx'
import { useTranslation } from '../../lib/i18n/index.ts'
import { notifyDone } from '../../lib/notify.ts'
import { useCan } from '../../lib/session.ts'

const route = getRouteApi('/app/chuong-trinh/moi')

export function NewProgrammePage() {
  const { t } = useTranslation()
  const can = useCan()
  const navigate = useNavigate()
  const { stations, items, station } = useChosenStation(route.useSearch()['dia-ban'])
  return (
    <Page title={t('programme.newTitle')} back={{ to: '/lich-phat', label: t('schedule.title') }}>
      {!can('programmes.write') ? (
        <Notice kind="info">{t('programme.mayNotAdd')}</Notice>
      ) : stations.isPending ? (
        <RowsSkeleton rows={4} height={160} />
      ) : stations.isError ? (
        <LoadError error={stations.error} onRetry={() => stations.refetch()} />
      ) : station ? (
        <NewProgramme
          stations={items}
          station={station}
          onDone={({ startsOn, areaCode, warnings }) => {
            notifyDone([t('programme.created'), ...warnings].join(' '))
            void navigate({ to: '/lich-phat', search: { tuan: startsOn, 'dia-ban': areaCode } })
          }}
        />
      ) : (
        <Empty icon={IconBuildingBroadcastTower} title={t('week.noStation')} text={t('week.noStationText')} />
      )}
    </Page>
  )
}
