import type { InboxItemTable } from '../../db/airing-tables.ts'
import { OPEN_STATES } from './inbox.store.ts'

type Known = Pick<InboxItemTable, 'state' | 'class' | 'isOwn' | 'deadlineAt'>

export interface Arriving {
  readonly class: InboxItemTable['class']
  readonly now: number
  readonly deadlineMs: Readonly<Record<InboxItemTable['class'], number>>
}

/** What a row is like when there is something to decide on from now on. */
export const waitingFrom = ({ class: kind, now, deadlineMs }: Arriving) =>
  ({
    class: kind,
    state: 'waiting',
    isUrgent: 0,
    arrivedAt: now,
    deadlineAt: now + deadlineMs[kind],
    returnsOn: null,
    returnsAt: null,
    decidedBy: null,
    decidedByName: null,
    decidedAt: null,
    reason: null,
  }) as const satisfies Partial<InboxItemTable>

/**
 * What an approved version makes of what is there from an earlier one; null: nothing. What has been decided on the
 * bulletin stands as long as something of it is still to come: sessions name bulletins, not versions. Where it is over,
 * was declined or was taken back, the new text is a new question.
 */
export function rearrival(known: Known, arriving: Arriving): Partial<InboxItemTable> | null {
  const isOpen = OPEN_STATES.some((state) => state === known.state)
  if (!isOpen) return known.isOwn ? null : waitingFrom(arriving)
  if (known.class === arriving.class) return null
  // A priority bulletin is neither put off nor left for as long as an ordinary one.
  if (arriving.class === 'priority' && known.state !== 'placed') return waitingFrom(arriving)
  return { class: arriving.class, isUrgent: 0 }
}
