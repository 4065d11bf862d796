type Key = readonly unknown[]

interface Parts {
  readonly invalidate: (key: Key) => void
  /** Whether a request for this key is under way. */
  readonly isFetching: (key: Key) => boolean
  /** Calls back later, e.g. `setTimeout`. */
  readonly later: (run: () => void) => void
}

export interface Invalidator {
  mark(keys: readonly Key[]): void
}

/**
 * Collects stale keys and refetches each at most once per beat, however many events name it. A key whose request is
 * still under way waits for a later beat: invalidating now would cancel that request, and on a slow line a busy
 * broadcast would then never show anything.
 */
export function createInvalidator({ invalidate, isFetching, later }: Parts): Invalidator {
  const stale = new Map<string, Key>()
  let waiting = false

  const beat = (): void => {
    waiting = false
    for (const [name, key] of [...stale]) {
      if (isFetching(key)) continue
      stale.delete(name)
      invalidate(key)
    }
    if (stale.size > 0) schedule()
  }
  const schedule = (): void => {
    if (waiting) return
    waiting = true
    later(beat)
  }

  return {
    mark(keys) {
      for (const key of keys) stale.set(JSON.stringify(key), key)
      if (stale.size > 0) schedule()
    },
  }
}
