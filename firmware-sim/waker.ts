import type { Clock } from './clock.ts'

/** Lets a loop sleep until a time, or until somebody has news for it. */
export class Waker {
  #news = false
  #wake: (() => void) | undefined

  /** Wakes the loop now, or makes its next wait return at once. */
  wake(): void {
    this.#news = true
    this.#wake?.()
  }

  /** Rejects with the signal's reason when it is aborted. */
  async wait(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    if (!this.#news) {
      const nap = new AbortController()
      const stop = (): void => nap.abort(signal.reason)
      signal.addEventListener('abort', stop, { once: true })
      this.#wake = () => nap.abort(NEWS)
      await clock.sleep(ms, nap.signal).catch(() => {})
      this.#wake = undefined
      signal.removeEventListener('abort', stop)
      signal.throwIfAborted()
    }
    this.#news = false
  }
}

const NEWS = 'news'
