import type { Collision, DaySession, StationDay } from '#protocol/http/days.ts'

/** One thing that is wrong with sessions of a programme, on every day of the week on which it is. */
export interface WeekWarning {
  readonly session: DaySession
  readonly collision: Collision
  readonly dates: readonly string[]
}

/** What gets in the way of sessions, said once however many days it happens on. */
export function weekWarnings(days: readonly StationDay[]): WeekWarning[] {
  const found = new Map<string, WeekWarning>()
  for (const { date, sessions } of days) {
    for (const session of sessions) {
      for (const collision of session.collisions) {
        const key = [session.programmeId, collision.programmeId, collision.kind, collision.ms].join(' ')
        const known = found.get(key)
        found.set(key, known ? { ...known, dates: [...known.dates, date] } : { session, collision, dates: [date] })
      }
    }
  }
  return [...found.values()]
}
