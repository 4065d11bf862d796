import type { Clock } from '../clock.ts'

/** A limit of how often each of many may ask within a while. */
export interface Allowance {
  /** False when somebody has asked too often. */
  take(name: string): boolean
}

/** Counts anew after each while; when more have asked than can be remembered, all others wait for the next. */
export function createAllowance(
  { times, withinMs, remember = 10_000 }: { times: number; withinMs: number; remember?: number },
  clock: Pick<Clock, 'now'>,
): Allowance {
  const taken = new Map<string, number>()
  let since = clock.now()
  return {
    take: (name) => {
      const now = clock.now()
      if (now < since || now - since >= withinMs) {
        taken.clear()
        since = now
      }
      const count = (taken.get(name) ?? 0) + 1
      if (count > times || (count === 1 && taken.size >= remember)) return false
      taken.set(name, count)
      return true
    },
  }
}
