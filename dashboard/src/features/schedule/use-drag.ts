import { type PointerEvent as ReactPointerEvent, useRef } from 'react'
import { snapped } from './move.ts'
import type { Span } from './time-scale.ts'

interface Drag {
  readonly minute: number
  readonly axis: Span
  readonly minutesPerPx: number
  readonly onMove: (minute: number) => void
}

/** Less is a click with an unsteady hand. */
const THRESHOLD_PX = 5
/** So near to an edge the page scrolls along: that of the window, or of what asks whether to save, which stands at its foot. */
const EDGE_PX = 100
const SCROLL_PX = 14
const GAP_PX = 8

/** The id of what asks whether to save a move. */
export const MOVE_BAR = 'move-bar'

const footPx = (): number => document.getElementById(MOVE_BAR)?.getBoundingClientRect().top ?? window.innerHeight

/** What was moved is not left beneath the bar that asks whether to save it. */
export function bringAboveBar(part: Element): void {
  const session = part.closest('[data-session]')
  requestAnimationFrame(() => {
    const hidden = (session?.getBoundingClientRect().bottom ?? 0) + GAP_PX - footPx()
    if (hidden > 0) window.scrollBy(0, hidden)
  })
}

/** Follows a pointer up and down, in steps; positions are of the page, so that scrolling meanwhile moves along. */
export function useDrag({ minute, axis, minutesPerPx, onMove }: Drag) {
  const dragged = useRef(false)

  function begin({ button, isPrimary, pointerId, pageY: from, clientY: at, currentTarget }: ReactPointerEvent): void {
    if (button !== 0 || !isPrimary) return
    let shown = minute
    let last = at
    const letGo = new AbortController()
    const { signal } = letGo
    // A quick hand has left the session before it is heard of: the window hears it anywhere.
    window.addEventListener(
      'pointermove',
      ({ pointerId: id, pageY, clientY }) => {
        if (id !== pointerId) return
        const away = pageY - from
        if (!dragged.current && Math.abs(away) < THRESHOLD_PX) return
        dragged.current = true
        if (clientY < last && clientY < EDGE_PX) window.scrollBy(0, -SCROLL_PX)
        if (clientY > last && clientY > footPx() - EDGE_PX) window.scrollBy(0, SCROLL_PX)
        last = clientY
        const next = snapped(minute + away * minutesPerPx, axis)
        if (next !== shown) onMove(next)
        shown = next
      },
      { signal },
    )
    const end = ({ pointerId: id }: PointerEvent): void => {
      if (id !== pointerId) return
      letGo.abort()
      if (dragged.current) bringAboveBar(currentTarget)
    }
    window.addEventListener('pointerup', end, { signal })
    window.addEventListener('pointercancel', end, { signal })
  }

  return {
    onGrip: (event: ReactPointerEvent) => event.pointerType !== 'mouse' && begin(event),
    /** A finger beside the handle scrolls the page; whatever touches, what comes of the last drag is over. */
    onCard: (event: ReactPointerEvent) => {
      dragged.current = false
      if (event.pointerType === 'mouse') begin(event)
    },
    /** Whether a click is the end of a drag. */
    wasDragged: () => dragged.current,
  }
}
