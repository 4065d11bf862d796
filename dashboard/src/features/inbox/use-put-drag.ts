import { type PointerEvent as ReactPointerEvent, useState } from 'react'
import type { InboxItem } from '#protocol/http/inbox.ts'

/** What is dragged, where the pointer is, and the session beneath it. */
export interface PutDrag {
  readonly item: InboxItem
  readonly x: number
  readonly y: number
  readonly over: string | null
}

const THRESHOLD_PX = 6
const EDGE_PX = 90
const SCROLL_PX = 14

interface PutDragProps {
  readonly onTap: (item: InboxItem) => void
  readonly onLift: (item: InboxItem) => void
  readonly onDrop: (session: string, item: InboxItem) => void
  /** It was let go of beside every session, or the browser took the pointer away. */
  readonly onLeave: () => void
}

/**
 * Follows a pointer that carries a bulletin over the page; sessions are known by their `data-session`. A finger that goes up or
 * down scrolls and lifts nothing; where one that has gone sideways lets go, the session is aimed at, and a tap puts the
 * bulletin there.
 */
export function usePutDrag({ onTap, onLift, onDrop, onLeave }: PutDragProps) {
  const [drag, setDrag] = useState<PutDrag | null>(null)

  function begin(event: ReactPointerEvent, item: InboxItem): void {
    const { button, isPrimary, pointerId, pointerType, clientX: fromX, clientY: fromY } = event
    if (button !== 0 || !isPrimary) return
    let over: string | null = null
    let isLifted = false
    const isFinger = pointerType !== 'mouse'
    const letGo = new AbortController()
    const { signal } = letGo
    window.addEventListener(
      'pointermove',
      ({ pointerId: id, clientX: x, clientY: y }) => {
        if (id !== pointerId) return
        if (!isLifted) {
          if (Math.hypot(x - fromX, y - fromY) < THRESHOLD_PX) return
          if (isFinger && Math.abs(y - fromY) > Math.abs(x - fromX)) return letGo.abort()
          onLift(item)
          isLifted = true
        }
        if (y < EDGE_PX) window.scrollBy(0, -SCROLL_PX)
        if (y > window.innerHeight - EDGE_PX) window.scrollBy(0, SCROLL_PX)
        over = sessionAt(x, y)
        setDrag({ item, x, y, over })
      },
      { signal },
    )
    const end = ({ pointerId: id, type }: PointerEvent): void => {
      if (id !== pointerId) return
      letGo.abort()
      setDrag(null)
      const isCancelled = type === 'pointercancel'
      if (!isLifted) {
        if (!isCancelled) onTap(item)
      } else if (over === null || isCancelled) onLeave()
      else if (isFinger) aimAt(over)
      else onDrop(over, item)
    }
    window.addEventListener('pointerup', end, { signal })
    window.addEventListener('pointercancel', end, { signal })
  }

  return { drag, begin }
}

const aimAt = (session: string): void =>
  document.querySelector<HTMLElement>(`[data-session="${CSS.escape(session)}"] button`)?.focus()

const sessionAt = (x: number, y: number): string | null =>
  document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-session]')?.dataset.session ?? null
