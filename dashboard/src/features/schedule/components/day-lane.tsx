import { VisuallyHidden } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useState } from 'react'
import type { DaySession, StationDay } from '#protocol/http/days.ts'
import type { QuietHours } from '#protocol/rules/quiet-hours.ts'
import { useNow } from '../../../lib/clock.ts'
import { localDate } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { useCan } from '../../../lib/session.ts'
import { clockOf, keyOf, minuteOf, placeOnLane, slotOf } from '../day-lane.ts'
import { shadesOf } from '../day-shades.ts'
import type { Putting } from '../putting.ts'
import { isOpen } from '../session-state.ts'
import { axisOf, evenScale } from '../time-scale.ts'
import type { Moving } from '../use-move.ts'
import styles from './day-lane.module.css'
import { Ground, Hours } from './lane-ground.tsx'
import { LaneSession } from './lane-session.tsx'

/** Six pixels to a step of five minutes: fine enough for a thumb, and a day on two screens. */
const HOUR_PX = 72
/** On a cheap phone the time, the name and how full it is have a row each, and a warning has two. */
const NARROW = '(max-width: 420px)'
const WIDE_BLOCK = { px: 88, warningPx: 24 }
const NARROW_BLOCK = { px: 112, warningPx: 40 }
const NOTE_PX = 24

interface DayLaneProps {
  readonly day: StationDay
  readonly quietHours: QuietHours
  readonly moving: Moving | null
  readonly startOf: (session: DaySession) => number
  readonly onMove: (moving: Moving | null) => void
  readonly selected: string | null
  readonly onSelect: (key: string) => void
  readonly putting: Putting | null
}

/** The sessions of a day on a scale of time, to be dragged or moved by keys. */
export function DayLane({ day, quietHours, moving, startOf, onMove, selected, onSelect, putting }: DayLaneProps) {
  const { t } = useTranslation()
  const can = useCan()
  const now = useNow(5_000)
  const [said, setSaid] = useState('')
  const block = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false }) ? NARROW_BLOCK : WIDE_BLOCK
  const minPxOf = ({ movedFrom, isReplaced, collisions }: DaySession): number =>
    block.px + (movedFrom ? NOTE_PX : 0) + (isReplaced ? NOTE_PX : 0) + collisions.length * block.warningPx
  const isBeingMoved = (session: DaySession): boolean =>
    moving !== null && keyOf(moving.session) === keyOf(session) && moving.target.date === day.date
  const here = day.sessions.filter((session) => localDate(startOf(session)) === day.date)
  const spanOf = (session: DaySession) => {
    const { from, to } = slotOf(session, day.date)
    const start = isBeingMoved(session) && moving ? moving.target.minute : minuteOf(startOf(session), day.date)
    return { from: start, to: start + (to - from) }
  }
  // The hours are those of what is saved, so that nothing shifts beneath a finger.
  const scale = evenScale(
    axisOf(
      quietHours,
      here.map((session) => slotOf(session, day.date)),
    ),
    HOUR_PX,
  )
  // What is being moved floats above the others, which stay where they are.
  const [moved, still] = [here.filter(isBeingMoved), here.filter((session) => !isBeingMoved(session))]
  const placed = [still, moved].flatMap((sessions) =>
    placeOnLane(
      sessions.map((session) => ({ item: session, span: spanOf(session) })),
      scale,
      minPxOf,
    ),
  )
  const leave = (session: DaySession): void => {
    setSaid(t('move.back', { time: clockOf(minuteOf(startOf(session), day.date)) }))
    onMove(null)
  }
  const move = (session: DaySession, minute: number): void => {
    if (minute === minuteOf(startOf(session), day.date)) leave(session)
    else {
      setSaid(t('move.said', { time: clockOf(minute) }))
      onMove({ session, target: { date: day.date, minute } })
    }
  }
  return (
    <section className={styles.lane} aria-label={t('day.lane')}>
      <Hours scale={scale} />
      <div className={styles.column} style={{ height: scale.height }}>
        <Ground date={day.date} scale={scale} shades={shadesOf(day, quietHours, scale.axis)} />
        {here.length === 0 && <p className={styles.none}>{t('day.emptyDay')}</p>}
        <ol className={styles.list}>
          {placed.map((place) => (
            <LaneSession
              key={keyOf(place.item)}
              place={place}
              minute={spanOf(place.item).from}
              untilMinute={spanOf(place.item).to}
              axis={scale.axis}
              minutesPerPx={60 / HOUR_PX}
              mayMove={can('programmes.write') && isOpen(place.item, now) && !place.item.isReplaced}
              isMoving={isBeingMoved(place.item)}
              isSelected={selected === keyOf(place.item)}
              onSelect={() => onSelect(keyOf(place.item))}
              onMove={(minute) => move(place.item, minute)}
              onLeave={() => leave(place.item)}
              putting={putting}
            />
          ))}
        </ol>
      </div>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </section>
  )
}
