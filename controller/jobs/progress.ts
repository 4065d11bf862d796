import type { Context } from '../context.ts'
import { type Tx, transact } from '../db/transact.ts'

const EVERY_MS = 500

/**
 * A function that stores how far some work is, at most twice a second and never two writes at once. Progress is for the
 * eye: a write that fails is logged and the work goes on.
 */
export function progressWriter(
  ctx: Pick<Context, 'db' | 'bus' | 'clock' | 'log'>,
  write: (tx: Tx, progress: number, at: number) => Promise<void>,
  of: Readonly<Record<string, string>>,
): (fraction: number) => void {
  let lastAt = Number.NEGATIVE_INFINITY
  let isWriting = false
  return (fraction) => {
    const at = ctx.clock.now()
    if (isWriting || at - lastAt < EVERY_MS) return
    lastAt = at
    isWriting = true
    const progress = Math.min(1, Math.max(0, fraction))
    transact(ctx, (tx) => write(tx, progress, at))
      .catch((err: unknown) => ctx.log.warn({ err, ...of }, 'progress not stored'))
      .finally(() => {
        isWriting = false
      })
  }
}
