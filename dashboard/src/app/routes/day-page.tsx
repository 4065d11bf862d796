import { IconBuildingBroadcastTower } from '@tabler/icons-react'
import { getRouteApi, Link } from '@tanstack/react-router'
import { CalendarDate } from '#protocol/calendar.ts'
import type { Station } from '#protocol/http/areas.ts'
import { StationChoice } from '../../components/station-choice.tsx'
import { Empty } from '../../components/ui/empty.tsx'
import { LoadError } from '../../components/ui/load-error.tsx'
import { Page } from '../../components/ui/page.tsx'
import { RowsSkeleton } from '../../components/ui/rows-skeleton.tsx'
import { Section } from '../../components/ui/section.tsx'
import { useChosenStation } from '../../components/use-chosen-station.ts'
import { CancelButton } from '../../features/broadcasts/components/cancel-button.tsx'
import { Arrivals } from '../../features/inbox/components/arrivals.tsx'
import { InsistDialog } from '../../features/inbox/components/insist-dialog.tsx'
import { PlacedActions } from '../../features/inbox/components/placed-actions.tsx'
import { usePlacing } from '../../features/inbox/use-placing.ts'
import { DateBar } from '../../features/schedule/components/date-bar.tsx'
import { DayLead } from '../../features/schedule/components/day-lead.tsx'
import { DayView } from '../../features/schedule/components/day-view.tsx'
import { WhySession } from '../../features/why/components/why-session.tsx'
import { useNow } from '../../lib/clock.ts'
import { addDays, localDate, longDate, shortDate, startOfDay } from '../../lib/format/time.ts'
import { useLanguage, useTranslation } from '../../lib/i18n/index.ts'
import { useCan } from '../../lib/session.ts'
import { NotFoundScreen } from '../error-screen.tsx'
import styles from './day-page.module.css'

const route = getRouteApi('/app/lich-phat/ngay/$date')

export function DayPage() {
  const { date } = route.useParams()
  return CalendarDate.safeParse(date).success ? <DayOf date={date} /> : <NotFoundScreen />
}

function DayOf({ date }: { date: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { stations, items, station } = useChosenStation(search['dia-ban'])
  const today = localDate(useNow(60_000))
  const show = (next: string) => navigate({ params: { date: next }, search: ({ buoi: _shown, ...rest }) => rest })
  return (
    <Page
      title={longDate(startOfDay(date), language)}
      lead={station && <DayLead areaCode={station.areaCode} date={date} />}
      wide
      back={{
        to: '/lich-phat',
        search: { ...(date === today ? {} : { tuan: date }), ...(station ? { 'dia-ban': station.areaCode } : {}) },
        label: t('day.backToWeek'),
      }}
    >
      {stations.isPending ? (
        <RowsSkeleton rows={1} height={1200} />
      ) : stations.isError ? (
        <LoadError error={stations.error} onRetry={() => stations.refetch()} />
      ) : station ? (
        <>
          <DateBar
            previous={{ label: t('day.previous'), date: addDays(date, -1) }}
            next={{ label: t('day.next'), date: addDays(date, 1) }}
            home={date === today ? null : { label: t('common.today'), date: today }}
            date={date}
            title={shortDate(startOfDay(date))}
            onShow={show}
          >
            <StationChoice
              stations={items}
              value={station.areaCode}
              onChange={(areaCode) => navigate({ search: { 'dia-ban': areaCode } })}
            />
          </DateBar>
          <StationDayView key={station.areaCode} station={station} date={date} />
        </>
      ) : (
        <Empty icon={IconBuildingBroadcastTower} title={t('week.noStation')} text={t('week.noStationText')} />
      )}
    </Page>
  )
}

/** The day, with what has come and waits beside it. */
function StationDayView({ station, date }: { station: Station; date: string }) {
  const { t } = useTranslation()
  const can = useCan()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const placing = usePlacing()
  const { areaCode } = station
  const mayDecide = can('inbox.decide')
  return (
    <>
      <DayView
        station={station}
        date={date}
        selected={search.buoi ?? null}
        onSelect={(key) =>
          navigate({
            search: ({ buoi: _shown, ...rest }) => (key === null ? rest : { ...rest, buoi: key }),
            replace: true,
            resetScroll: false,
          })
        }
        cancelButton={(id) => <CancelButton id={id} />}
        why={({ startAt, broadcastId }) => (
          <WhySession
            key={startAt}
            areaCode={areaCode}
            at={startAt}
            {...(broadcastId === null ? {} : { broadcastId })}
          />
        )}
        putting={
          placing.item && {
            title: placing.item.title,
            isLoading: placing.isLoading,
            choiceOf: placing.choiceOf,
            pendingIn: placing.pendingIn,
            onPut: placing.put,
            onLeave: () => placing.choose(null),
          }
        }
        {...(mayDecide
          ? {
              bulletinActions: (session, bulletin) => (
                <PlacedActions areaCode={areaCode} session={session} bulletin={bulletin} />
              ),
              aside: (
                <Section
                  title={t('arrivals.title')}
                  aside={
                    <Link to="/ban-tin-den" className={styles.more}>
                      {t('arrivals.all')}
                    </Link>
                  }
                >
                  <Arrivals areaCode={areaCode} placing={placing} />
                </Section>
              ),
            }
          : {})}
      />
      <InsistDialog placing={placing} />
    </>
  )
}
