import { ActionIcon, Button } from '@mantine/core'
import { IconCalendarTime, IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Choice } from '../../components/ui/choice.tsx'
import { DayName } from '../../components/ui/day-name.tsx'
import { Empty } from '../../components/ui/empty.tsx'
import { LoadError } from '../../components/ui/load-error.tsx'
import { LoadMore } from '../../components/ui/load-more.tsx'
import { Page } from '../../components/ui/page.tsx'
import { RowsSkeleton } from '../../components/ui/rows-skeleton.tsx'
import { Card } from '../../components/ui/section.tsx'
import { broadcastsQuery } from '../../features/broadcasts/api/list-broadcasts.ts'
import { SessionRows } from '../../features/broadcasts/components/session-rows.tsx'
import { byDay } from '../../features/broadcasts/sessions-of.ts'
import { ProgrammeList } from '../../features/programmes/components/programme-list.tsx'
import { useNow } from '../../lib/clock.ts'
import { addDays, localDate, mondayOf, shortDate, startOfDay } from '../../lib/format/time.ts'
import { useTranslation } from '../../lib/i18n/index.ts'
import styles from './schedule-page.module.css'

const route = getRouteApi('/app/lich-phat')

export function SchedulePage() {
  const { t } = useTranslation()
  const { xem } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <Page title={t('schedule.title')}>
      <Choice
        label={t('schedule.view')}
        value={xem ?? 'buoi-phat'}
        options={[
          { value: 'buoi-phat', label: t('schedule.sessions') },
          { value: 'chuong-trinh', label: t('schedule.programmes') },
        ]}
        onChange={(next) => navigate({ search: next === 'chuong-trinh' ? { xem: next } : {}, replace: true })}
      />
      {xem === 'chuong-trinh' ? <ProgrammeList /> : <Week />}
    </Page>
  )
}

function Week() {
  const { t } = useTranslation()
  const { tuan } = route.useSearch()
  const navigate = route.useNavigate()
  const thisMonday = mondayOf(localDate(useNow(60_000)))
  const monday = mondayOf(tuan ?? thisMonday)
  const show = (date: string) => navigate({ search: date === thisMonday ? {} : { tuan: date } })
  return (
    <>
      <div className={styles.weekBar}>
        <ActionIcon
          variant="default"
          size={44}
          aria-label={t('schedule.previousWeek')}
          onClick={() => show(addDays(monday, -7))}
        >
          <IconChevronLeft size={22} aria-hidden />
        </ActionIcon>
        <strong className={styles.range} aria-live="polite">
          {t('schedule.range', {
            from: shortDate(startOfDay(monday)),
            to: shortDate(startOfDay(addDays(monday, 6))),
          })}
        </strong>
        <ActionIcon
          variant="default"
          size={44}
          aria-label={t('schedule.nextWeek')}
          onClick={() => show(addDays(monday, 7))}
        >
          <IconChevronRight size={22} aria-hidden />
        </ActionIcon>
        {monday !== thisMonday && (
          <Button variant="subtle" onClick={() => show(thisMonday)}>
            {t('schedule.thisWeek')}
          </Button>
        )}
      </div>
      <Days monday={monday} />
    </>
  )
}

function Days({ monday }: { monday: string }) {
  const { t } = useTranslation()
  const sessions = useInfiniteQuery(broadcastsQuery({ from: startOfDay(monday), to: startOfDay(addDays(monday, 7)) }))
  if (sessions.isPending) return <RowsSkeleton rows={5} height={86} />
  if (sessions.isError) return <LoadError error={sessions.error} onRetry={() => sessions.refetch()} />
  const days = byDay(sessions.data.pages.flatMap((page) => page.items))
  if (days.length === 0) {
    return (
      <Card>
        <Empty icon={IconCalendarTime} title={t('schedule.emptyWeek')} text={t('schedule.emptyWeekText')} />
      </Card>
    )
  }
  return (
    <>
      {days.map((day) => (
        <section key={day.date} className={styles.day} aria-labelledby={`day-${day.date}`}>
          <h2 id={`day-${day.date}`} className={styles.dayName}>
            <DayName at={startOfDay(day.date)} />
          </h2>
          <Card flush>
            <SessionRows sessions={day.sessions} />
          </Card>
        </section>
      ))}
      <LoadMore pages={sessions} />
    </>
  )
}
