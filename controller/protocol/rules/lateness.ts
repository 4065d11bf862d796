/** A start later than this is journalled as late; within it, it counts as on time. */
export const ON_TIME_MS = 1_000

/** Timers wake so late at most; the lead-in makes up for it, and speech begins when planned. */
const JITTER_MS = 100

/** From when the lead-in counts: anything later than a slow timer gets it whole, or the amplifier swallows a word. */
export const opensAt = (now: number, due: number): number => (now - due <= JITTER_MS ? due : now)
