import { useSyncExternalStore } from 'react'

/** A commune's phone may be minutes off; countdowns follow the controller's clock, not the phone's. */
let serverAheadMs = 0

/** The `Date` header is exact to a second, so a small difference says nothing. */
const TRUSTED_SKEW_MS = 5_000

export function noteServerTime(dateHeader: string | null): void {
  if (dateHeader === null) return
  const ahead = Date.parse(dateHeader) - Date.now()
  if (Number.isFinite(ahead)) serverAheadMs = Math.abs(ahead) > TRUSTED_SKEW_MS ? ahead : 0
}

export const serverNow = (): number => Date.now() + serverAheadMs

/** The controller's time, re-rendered every `everyMs`. */
export function useNow(everyMs: number): number {
  return useSyncExternalStore(
    (tick) => {
      const timer = setInterval(tick, everyMs)
      return () => clearInterval(timer)
    },
    () => Math.floor(serverNow() / everyMs) * everyMs,
  )
}
