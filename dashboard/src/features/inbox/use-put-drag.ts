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

/** Follows a pointer that carries a bulletin over the page; sessions are known by their `data-session`. */
export function usePutDrag(onLift: (item: InboxItem) => void, onDrop: (session: string, item: InboxItem) => void) {
  const [drag, setDrag] = useState<PutDrag | null>(null)

  function begin({ button, isPrimary, clientX: fromX, clientY: fromY }: ReactPointerEvent, item: InboxItem): void {
    if (button !== 0 || !isPrimary) return
    let over: string | null = null
    let isLifted = false
    const letGo = new AbortController()
    const { signal } = letGo
    window.addEventListener(
      'pointermove',
      ({ clientX: x, clientY: y }) => {
        if (!isLifted && Math.hypot(x - fromX, y - fromY) < THRESHOLD_PX) return
        if (!isLifted) onLift(item)
        isLifted = true
        if (y < EDGE_PX) window.scrollBy(0, -SCROLL_PX)
        if (y > window.innerHeight - EDGE_PX) window.scrollBy(0, SCROLL_PX)
        over = sessionAt(x, y)
        setDrag({ item, x, y, over })
      },
      { signal },
    )
    const end = (): void => {
      letGo.abort()
      setDrag(null)
    }
    window.addEventListener(
      'pointerup',
      () => {
        end()
        if (over) onDrop(over, item)
      },
      { signal },
    )
    window.addEventListener('pointercancel', end, { signal })
  }

  return { drag, begin }
}

const sessionAt = (x: number, y: number): string | null =>
  document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-session]')?.dataset.session ?? null
