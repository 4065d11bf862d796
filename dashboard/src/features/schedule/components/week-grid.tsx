import { Link } from '@tanstack/react-router'
import { useId } from 'react'
import type { StationDay, StationDays } from '#protocol/http/days.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { boxStyle, keyOf, placeOnLane, slotOf } from '../day-lane.ts'
import { shadesOf } from '../day-shades.ts'
import { axisOf, denseScale, type TimeScale } from '../time-scale.ts'
import { DayHead } from './day-head.tsx'
import { Ground, Hours } from './lane-ground.tsx'
import bar from './session-bar.module.css'
import { SessionFace } from './session-face.tsx'
import { SessionLink } from './session-link.tsx'
import styles from './week-grid.module.css'

const BUSY_PX = 116
const IDLE_PX = 24
/** Time, name in two lines, state and fill. */
const BLOCK_PX = 108

/** Seven lanes beside each other. */
export function WeekGrid({ week, areaCode }: { week: StationDays; areaCode: string }) {
  const spans = week.days.flatMap((day) => day.sessions.map((session) => slotOf(session, day.date)))
  const scale = denseScale(axisOf(week.quietHours, spans), spans, { busyPx: BUSY_PX, idlePx: IDLE_PX })
  const id = useId()
  return (
    <div className={styles.grid}>
      <div className={styles.corner} />
      {week.days.map((day) => (
        <div key={day.date} className={styles.head}>
          <DayHead day={day} areaCode={areaCode} id={`${id}${day.date}`} />
          <Missing day={day} areaCode={areaCode} />
        </div>
      ))}
      <Hours scale={scale} />
      {week.days.map((day) => (
        <Column key={day.date} day={day} week={week} scale={scale} areaCode={areaCode} headId={`${id}${day.date}`} />
      ))}
    </div>
  )
}

/** What its series have on a day and is not heard; why, and how to have it back, is on the day's own page. */
function Missing({ day, areaCode }: { day: StationDay; areaCode: string }) {
  const { t } = useTranslation()
  if (day.absences.length === 0) return null
  return (
    <Link
      to="/lich-phat/ngay/$date"
      params={{ date: day.date }}
      search={{ 'dia-ban': areaCode }}
      className={styles.missing}
    >
      {t('week.missing', { names: day.absences.map(({ programmeName }) => programmeName).join(', ') })}
    </Link>
  )
}

interface ColumnProps {
  readonly day: StationDay
  readonly week: StationDays
  readonly scale: TimeScale
  readonly areaCode: string
  readonly headId: string
}

function Column({ day, week, scale, areaCode, headId }: ColumnProps) {
  const { t } = useTranslation()
  const placed = placeOnLane(
    day.sessions.map((session) => ({ item: session, span: slotOf(session, day.date) })),
    scale,
    () => BLOCK_PX,
  )
  return (
    <section className={styles.column} style={{ height: scale.height }} aria-labelledby={headId}>
      <Ground date={day.date} scale={scale} shades={shadesOf(day, week.quietHours, scale.axis)} />
      {placed.length === 0 && <p className={styles.none}>{t('week.emptyDay')}</p>}
      <ol className={styles.list}>
        {placed.map(({ item, ...box }) => (
          <li
            key={keyOf(item)}
            className={styles.block}
            data-status={item.status}
            data-collides={item.collisions.length > 0 || undefined}
            style={boxStyle(box)}
          >
            <SessionLink session={item} areaCode={areaCode} className={`${styles.link} ${bar.box}`}>
              <SessionFace session={item} />
            </SessionLink>
          </li>
        ))}
      </ol>
    </section>
  )
}
