import { type PointerEvent, useRef } from 'react'
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
/** So near to an edge of the window the page scrolls along. */
const EDGE_PX = 90
const SCROLL_PX = 14

/** Follows a pointer up and down, in steps; positions are of the page, so that scrolling meanwhile moves along. */
export function useDrag({ minute, axis, minutesPerPx, onMove }: Drag) {
  const from = useRef<{ pageY: number; minute: number; isDrag: boolean } | null>(null)
  const dragged = useRef(false)

  function begin(event: PointerEvent): void {
    if (event.button !== 0 || !event.isPrimary) return
    from.current = { pageY: event.pageY, minute, isDrag: false }
    dragged.current = false
  }

  function follow(event: PointerEvent): void {
    const start = from.current
    if (!start) return
    const away = event.pageY - start.pageY
    if (!start.isDrag && Math.abs(away) < THRESHOLD_PX) return
    if (!start.isDrag) event.currentTarget.setPointerCapture(event.pointerId)
    from.current = { ...start, isDrag: true }
    dragged.current = true
    if (event.clientY < EDGE_PX) window.scrollBy(0, -SCROLL_PX)
    if (event.clientY > window.innerHeight - EDGE_PX) window.scrollBy(0, SCROLL_PX)
    const next = snapped(start.minute + away * minutesPerPx, axis)
    if (next !== minute) onMove(next)
  }

  const end = (): void => {
    from.current = null
  }

  return {
    onGrip: { onPointerDown: begin },
    /** A finger beside the handle scrolls the page. */
    onCard: {
      onPointerDown: (event: PointerEvent) => event.pointerType === 'mouse' && begin(event),
      onPointerMove: follow,
      onPointerUp: end,
      onPointerCancel: end,
    },
    /** Whether a click is the end of a drag. */
    wasDragged: () => dragged.current,
  }
}
