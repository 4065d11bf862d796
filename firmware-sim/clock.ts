import { setTimeout as delay } from 'node:timers/promises'

/** Where a cluster reads the time and waits. Tests replace it. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number
  /** Milliseconds that have passed, whatever the hands were set to meanwhile. */
  uptime(): number
  /** Resolves after `ms`; rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

export const systemClock: Clock = {
  now: () => Date.now(),
  uptime: () => performance.now(),
  sleep: async (ms, signal) => {
    await delay(ms, undefined, signal ? { signal } : {})
  },
}

/** A clock may be corrected while we wait, so a long wait re-reads it at least this often. */
const LONGEST_STEP_MS = 60_000

/** How long to sleep next towards `at`: half of what is left, so that the last steps are short and exact. */
export function nextStep(remainingMs: number): number {
  return remainingMs <= 20 ? remainingMs : Math.min(LONGEST_STEP_MS, Math.ceil(remainingMs / 2))
}
