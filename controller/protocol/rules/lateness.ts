/** A start later than this is journalled as late; within it, it counts as on time. */
export const ON_TIME_MS = 1_000

/** Timers wake so late at most; the lead-in makes up for it, and speech begins when planned. */
const JITTER_MS = 100

/** What a cluster does with a session whose start has passed (late boot, late audio, late plan). */
export type LateStart = 'on-time' | 'play-late' | 'skip'

/**
 * Decides by how far the start has passed. A session is played whole or not at all: joining in the middle would
 * broadcast half a legal text.
 */
export function lateStart(now: number, startAt: number, maxLateMs: number): LateStart {
  const late = now - startAt
  if (late <= ON_TIME_MS) return 'on-time'
  return late <= maxLateMs ? 'play-late' : 'skip'
}

/** From when the lead-in counts: anything later than a slow timer gets it whole, or the amplifier swallows a word. */
export const opensAt = (now: number, due: number): number => (now - due <= JITTER_MS ? due : now)
