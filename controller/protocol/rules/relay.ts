import type { PlanItem, RelayItem, SessionItem } from '../messages.ts'

/** A stream that brings nothing for so long, at its start or later, is given up. */
export const STREAM_PATIENCE_MS = 10_000

/** What a cluster says in its status when it can relay; others get their sessions without. */
export const RELAY_FEATURE = 'relay'

export const isRelay = (item: SessionItem): item is RelayItem => 'kind' in item

/** What of a session is held before it is aired. */
export const filesOf = (items: readonly SessionItem[]): PlanItem[] =>
  items.flatMap((item) => (isRelay(item) ? [] : [item]))

/** A part of a session that runs on while it is interrupted: its end is fixed by the clock once it has begun. */
export interface LivePart {
  /** From the first sample of the session. */
  readonly fromMs: number
  readonly ms: number
}

/** The relays of a session, in order. */
export function livePartsOf(items: readonly { readonly ms: number; readonly kind?: string }[]): LivePart[] {
  let fromMs = 0
  return items.flatMap((item) => {
    const part = { fromMs, ms: item.ms }
    fromMs += item.ms
    return item.kind === 'relay' ? [part] : []
  })
}
