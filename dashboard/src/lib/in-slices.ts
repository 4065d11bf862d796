/** Half a frame: a key that is pressed meanwhile is drawn in time. */
const SLICE_MS = 8

/** Runs something long a little at a time, so that keys are answered in between. Rejects when it is aborted. */
export async function inSlices<T>(work: Generator<unknown, T>, signal: AbortSignal): Promise<T> {
  let until = performance.now() + SLICE_MS
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
    if (performance.now() < until) continue
    await new Promise((resolve) => setTimeout(resolve))
    signal.throwIfAborted()
    until = performance.now() + SLICE_MS
  }
}
