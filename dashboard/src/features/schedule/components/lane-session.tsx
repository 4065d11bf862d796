import { IconGripVertical } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import type { DaySession } from '#protocol/http/days.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { boxStyle, clockOf, keyOf, type Placed } from '../day-lane.ts'
import { STEP, stepped } from '../move.ts'
import type { Putting } from '../putting.ts'
import type { Span } from '../time-scale.ts'
import { bringAboveBar, useDrag } from '../use-drag.ts'
import styles from './lane-session.module.css'
import { PutHere } from './put-here.tsx'
import bar from './session-bar.module.css'
import { SessionFace } from './session-face.tsx'

interface LaneSessionProps {
  readonly place: Placed<DaySession>
  /** Where it is shown, in minutes since midnight, and until when its time lasts. */
  readonly minute: number
  readonly untilMinute: number
  readonly axis: Span
  readonly minutesPerPx: number
  readonly mayMove: boolean
  readonly isMoving: boolean
  readonly isSelected: boolean
  readonly onSelect: () => void
  readonly onMove: (minute: number) => void
  readonly onLeave: () => void
  /** A bulletin that is about to be put into a session. */
  readonly putting: Putting | null
}

/** One session on the lane: a mouse drags it anywhere, a finger and the arrow keys by its handle. */
export function LaneSession(props: LaneSessionProps) {
  const { place, minute, untilMinute, axis, mayMove, isMoving, isSelected, onSelect, onMove, onLeave, putting } = props
  const { t } = useTranslation()
  const { item, columns } = place
  const drag = useDrag({ minute, axis, minutesPerPx: props.minutesPerPx, onMove })

  const open = useRef<HTMLButtonElement>(null)
  const wasPut = useRef(false)
  const isPutting = putting !== null
  // What a bulletin was put into is a session again, and the keyboard is still on it.
  useEffect(() => {
    if (isPutting || !wasPut.current) return
    wasPut.current = false
    open.current?.focus()
  }, [isPutting])

  function onKeyDown(event: KeyboardEvent): void {
    const by = STEPS[event.key]
    if (by !== undefined) {
      onMove(stepped(minute, by, axis))
      bringAboveBar(event.currentTarget)
    } else if (event.key === 'Escape' && isMoving) onLeave()
    // Where it goes next, to be saved; the bar stands at the end of the page.
    else if (event.key === 'Enter' && isMoving) document.getElementById(SAVE_BUTTON)?.focus()
    else return
    event.preventDefault()
  }

  return (
    <li
      className={styles.block}
      data-session={keyOf(item)}
      data-status={item.status}
      data-collides={item.collisions.length > 0 || undefined}
      data-moving={isMoving || undefined}
      data-selected={isSelected || undefined}
      style={boxStyle(place)}
    >
      <div className={`${styles.card} ${bar.box}`} onPointerDown={mayMove ? drag.onCard : undefined}>
        {mayMove && !putting && (
          <button
            type="button"
            className={styles.grip}
            aria-label={t('day.grip', { name: item.programmeName, time: clockOf(minute) })}
            title={t('day.gripHint')}
            data-grip={keyOf(item)}
            onKeyDown={onKeyDown}
            onPointerDown={drag.onGrip}
          >
            <IconGripVertical size={22} aria-hidden />
          </button>
        )}
        {putting ? (
          <PutHere
            session={item}
            putting={putting}
            onPut={(choice) => {
              wasPut.current = true
              putting.onPut(choice)
            }}
          />
        ) : (
          <button
            ref={open}
            type="button"
            className={styles.open}
            aria-pressed={isSelected}
            // A click of the keyboard has no clicks to count.
            onClick={(event) => (event.detail > 0 && drag.wasDragged()) || onSelect()}
          >
            <SessionFace
              session={item}
              time={columns === 1 ? `${clockOf(minute)}–${clockOf(untilMinute)}` : clockOf(minute)}
              as={columns === 1 ? 'lane' : 'column'}
            />
          </button>
        )}
      </div>
    </li>
  )
}

/** The id of the button that saves a move. */
export const SAVE_BUTTON = 'save-move'

const STEPS: Readonly<Record<string, number>> = {
  ArrowUp: -STEP,
  ArrowDown: STEP,
  PageUp: -60,
  PageDown: 60,
}
