import { setTimeout as delay } from 'node:timers/promises'

const EVERY_MS = 100

/** Asks again and again until the answer is there; fails with `what` when it never comes. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | null | undefined | false>,
  limitMs = 30_000,
): Promise<T> {
  const deadline = performance.now() + limitMs
  for (;;) {
    const answer = await ask()
    if (answer) return answer
    if (performance.now() > deadline) throw new Error(`gave up waiting: ${what}`)
    await delay(EVERY_MS)
  }
}
