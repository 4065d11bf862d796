/** Instants are epoch milliseconds inside and ISO 8601 in UTC at the edge. */
export const isoOf = (at: number): string => new Date(at).toISOString()
export const isoOrNull = (at: number | null): string | null => (at === null ? null : isoOf(at))

/** A local date as people write it: `31/12/2026`. */
export const dayMonthYear = (date: string): string => date.split('-').reverse().join('/')
