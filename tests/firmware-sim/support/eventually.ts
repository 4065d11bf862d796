const LIMIT_MS = 8_000

/** Resolves as soon as `probe` gives something; fails with what it waited for. */
export async function eventually<T>(probe: () => T | undefined | false | null, what = String(probe)): Promise<T> {
  const startedAt = performance.now()
  for (;;) {
    const found = probe()
    if (found) return found
    if (performance.now() - startedAt > LIMIT_MS) throw new Error(`waited in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}
