const MINUTE = 60_000

/** Amplifiers wake up in a few hundred milliseconds; the speech starts when they are there. */
export const LEAD_IN_MS = 800

/** How long a session takes the loudspeakers: its lead-in belongs to it, also before the quiet hours and silences. */
export const airMsOf = (soundMs: number): number => (soundMs > 0 ? soundMs + LEAD_IN_MS : 0)

/** How much sound fits into the minutes of a programme, so that the next may begin on the minute. */
export const capacityOf = ({ maxMinutes }: { readonly maxMinutes: number }): number => maxMinutes * MINUTE - LEAD_IN_MS
