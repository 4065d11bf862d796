import { Button, Stack } from '@mantine/core'
import { IconBuildingBroadcastTower, IconPlus } from '@tabler/icons-react'
import { getRouteApi, Link } from '@tanstack/react-router'
import { StationChoice } from '../../components/station-choice.tsx'
import { Choice } from '../../components/ui/choice.tsx'
import { Empty } from '../../components/ui/empty.tsx'
import { LoadError } from '../../components/ui/load-error.tsx'
import { Page } from '../../components/ui/page.tsx'
import { RowsSkeleton } from '../../components/ui/rows-skeleton.tsx'
import { useChosenStation } from '../../components/use-chosen-station.ts'
import { ProgrammeList } from '../../features/programmes/components/programme-list.tsx'
import { DateBar } from '../../features/schedule/components/date-bar.tsx'
import { WeekView } from '../../features/schedule/components/week-view.tsx'
import { useNow } from '../../lib/clock.ts'
import { addDays, localDate, mondayOf, shortDate, startOfDay } from '../../lib/format/time.ts'
import { useTranslation } from '../../lib/i18n/index.ts'
import { useCan } from '../../lib/session.ts'

const route = getRouteApi('/app/lich-phat')

export function SchedulePage() {
  const { t } = useTranslation()
  const can = useCan()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <Page
      title={t('schedule.title')}
      wide
      actions={
        can('programmes.write') && (
          <Button
            component={Link}
            to={search['dia-ban'] ? `/chuong-trinh/moi?dia-ban=${search['dia-ban']}` : '/chuong-trinh/moi'}
            leftSection={<IconPlus size={20} aria-hidden />}
          >
            {t('week.newProgramme')}
          </Button>
        )
      }
    >
      <Choice
        label={t('schedule.view')}
        value={search.xem ?? 'buoi-phat'}
        options={[
          { value: 'buoi-phat', label: t('schedule.sessions') },
          { value: 'chuong-trinh', label: t('schedule.programmes') },
        ]}
        onChange={(next) =>
          navigate({
            search: ({ xem: _shown, ...rest }) => (next === 'chuong-trinh' ? { ...rest, xem: next } : rest),
            replace: true,
          })
        }
      />
      {search.xem === 'chuong-trinh' ? <Programmes /> : <Week />}
    </Page>
  )
}

function Programmes() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { stations, items, station } = useChosenStation(search['dia-ban'])
  if (stations.isPending) return <RowsSkeleton rows={5} height={92} />
  if (stations.isError) return <LoadError error={stations.error} onRetry={() => stations.refetch()} />
  if (!station || items.length === 1) return <ProgrammeList station={undefined} />
  return (
    <Stack gap="md">
      <StationChoice
        stations={items}
        value={station.areaCode}
        onChange={(areaCode) => navigate({ search: (rest) => ({ ...rest, 'dia-ban': areaCode }) })}
      />
      <ProgrammeList key={station.areaCode} station={station} />
    </Stack>
  )
}

function Week() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { stations, items, station } = useChosenStation(search['dia-ban'])
  const today = localDate(useNow(60_000))
  const date = search.tuan ?? today
  const monday = mondayOf(date)
  const show = (next: string) =>
    navigate({ search: ({ tuan: _shown, ...rest }) => (next === today ? rest : { ...rest, tuan: next }) })
  if (stations.isPending) return <RowsSkeleton rows={5} height={110} />
  if (stations.isError) return <LoadError error={stations.error} onRetry={() => stations.refetch()} />
  if (!station) {
    return <Empty icon={IconBuildingBroadcastTower} title={t('week.noStation')} text={t('week.noStationText')} />
  }
  return (
    <>
      <DateBar
        previous={{ label: t('schedule.previousWeek'), date: addDays(date, -7) }}
        next={{ label: t('schedule.nextWeek'), date: addDays(date, 7) }}
        home={monday === mondayOf(today) ? null : { label: t('schedule.thisWeek'), date: today }}
        date={date}
        title={t('schedule.range', {
          from: shortDate(startOfDay(monday)),
          to: shortDate(startOfDay(addDays(monday, 6))),
        })}
        onShow={show}
      >
        <StationChoice
          stations={items}
          value={station.areaCode}
          onChange={(areaCode) => navigate({ search: (rest) => ({ ...rest, 'dia-ban': areaCode }) })}
        />
      </DateBar>
      <WeekView station={station} date={date} onShow={show} />
    </>
  )
}
