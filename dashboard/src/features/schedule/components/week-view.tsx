import { useMediaQuery } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Station } from '#protocol/http/areas.ts'
import type { StationDays } from '#protocol/http/days.ts'
import { LoadError } from '../../../components/ui/load-error.tsx'
import { Notice } from '../../../components/ui/notice.tsx'
import { RowsSkeleton } from '../../../components/ui/rows-skeleton.tsx'
import { clock, mondayOf } from '../../../lib/format/time.ts'
import { weekQuery } from '../api/list-days.ts'
import { weekWarnings } from '../week-warnings.ts'
import { useDayWords } from './use-day-words.ts'
import { WeekGrid } from './week-grid.tsx'
import { WeekPhone } from './week-phone.tsx'
import styles from './week-view.module.css'

/** Seven lanes want this much beside the navigation. */
const WIDE = '(min-width: 1000px)'

interface WeekViewProps {
  readonly station: Station
  /** Any day of the week; the one that a phone shows. */
  readonly date: string
  readonly onShow: (date: string) => void
}

/** A week of a station as it was, is planned and is foreseen. */
export function WeekView({ station, date, onShow }: WeekViewProps) {
  const isWide = useMediaQuery(WIDE, undefined, { getInitialValueInEffect: false })
  const monday = mondayOf(date)
  // The week before stays, faded, until the next is there: nothing jumps.
  const week = useQuery({ ...weekQuery(station.areaCode, monday), placeholderData: keepPreviousData })
  if (week.isPending) return <RowsSkeleton rows={isWide ? 1 : 4} height={isWide ? 760 : 120} />
  if (week.isError) return <LoadError error={week.error} onRetry={() => week.refetch()} />
  return (
    <div className={styles.week} data-stale={week.isPlaceholderData || undefined} aria-busy={week.isPlaceholderData}>
      <Warnings week={week.data} />
      {isWide ? (
        <WeekGrid week={week.data} areaCode={station.areaCode} />
      ) : (
        <WeekPhone week={week.data} areaCode={station.areaCode} date={date} onShow={onShow} />
      )}
    </div>
  )
}

function Warnings({ week }: { week: StationDays }) {
  const words = useDayWords()
  const warnings = weekWarnings(week.days)
  if (warnings.length === 0) return null
  return (
    <div className={styles.warnings}>
      <Notice kind="warn">
        <ul className={styles.list}>
          {warnings.map(({ session, collision, dates }) => (
            <li key={`${session.programmeId} ${collision.programmeId} ${collision.kind} ${collision.ms}`}>
              {dates.map(words.short).join(', ')}: <strong>{session.programmeName}</strong> ({clock(session.startAt)}).{' '}
              {words.collision(collision)}
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  )
}
