/**
 * Works on up to `ahead` items at once and hands over what comes of them in order. After a failure nothing new is begun,
 * but what is under way is awaited and handed over too: it has been paid for. When the taker fails or `signal` is
 * aborted, everything under way is given up.
 */
export async function lookAhead<T, R>(
  items: readonly T[],
  ahead: number,
  work: (item: T, signal: AbortSignal) => Promise<R>,
  take: (index: number, result: R) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const giveUp = new AbortController()
  const either = AbortSignal.any([signal, giveUp.signal])
  const begun: Promise<Outcome<R>>[] = []
  let failure: { readonly error: unknown } | null = null
  const settle = async (item: T): Promise<Outcome<R>> => {
    try {
      return { result: await work(item, either) }
    } catch (error) {
      failure ??= { error }
      return null
    }
  }
  try {
    for (let index = 0; index < items.length; index++) {
      for (const item of failure ? [] : items.slice(begun.length, index + ahead)) begun.push(settle(item))
      const outcome = await begun[index]
      signal.throwIfAborted()
      if (outcome) await take(index, outcome.result)
    }
  } catch (error) {
    giveUp.abort(error)
    await Promise.all(begun)
    throw error
  }
  throwIfFailed(failure)
}

type Outcome<R> = { readonly result: R } | null

/** A function of its own, since the compiler does not see assignments in callbacks. */
function throwIfFailed(failure: { readonly error: unknown } | null): void {
  if (failure) throw failure.error
}
