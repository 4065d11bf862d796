import type { Targets } from '#protocol/http/programmes.ts'
import type { Window } from '#protocol/rules/civil-time.ts'
import { breachesOf, type LimitKind } from '#protocol/rules/limits.ts'
import { occurrencesOf } from '#protocol/rules/occurrences.ts'
import { quietSearch } from '#protocol/rules/quiet-hours.ts'
import type { Problem } from '../../errors.ts'
import { dayMonthYear } from '../../iso.ts'
import { MINUTE } from '../../units.ts'
import type { ParsedFile, WrittenProgramme } from './parse.ts'

/** A session of a programme of a file, with all the air that it may take. */
export interface Slot {
  readonly written: WrittenProgramme
  readonly originalDate: string
  /** Local date on which it takes place. */
  readonly date: string
  readonly startAt: number
  readonly endAt: number
  /** What airs instead of the programme's rundown. */
  readonly replacement?: string | undefined
}

/** Something that keeps a slot from being as the file says, or might; by the field to blame. */
export interface Trouble extends Problem {
  readonly isCertain: boolean
}

/** In order of their starts, then of the programmes. */
export function slotsOf({ programmes, timeZone }: ParsedFile, window: Window): Slot[] {
  return programmes
    .flatMap((written) =>
      occurrencesOf(written.programme, window, timeZone).map(({ originalDate, date, startAt, replacement }) => ({
        written,
        originalDate,
        date,
        startAt,
        endAt: startAt + written.programme.maxMinutes * MINUTE,
        replacement,
      })),
    )
    .sort((a, b) => a.startAt - b.startAt || (a.written.key < b.written.key ? -1 : 1))
}

/** What is wrong with each of these slots, as far as the file alone can tell. */
export function troublesOf({ quietHours, limits, timeZone }: ParsedFile, slots: readonly Slot[]): Trouble[][] {
  const troubles: Trouble[][] = slots.map(() => [])
  const nextQuiet = quietSearch(quietHours, timeZone)
  for (const [i, { startAt, endAt }] of slots.entries()) {
    const quietAt = nextQuiet(startAt)
    if (quietAt >= endAt) continue
    const isCertain = quietAt === startAt
    const key = isCertain ? 'programme.quietHours' : 'file.mayReachQuiet'
    troubles[i]?.push({ field: isCertain ? 'startTime' : 'maxMinutes', key, values: { ...quietHours }, isCertain })
  }
  const airings = slots.map(({ startAt, endAt }, i) => ({ id: String(i), startAt, endAt }))
  const broken = Object.keys(limits).length === 0 ? [] : breachesOf(airings, limits, timeZone)
  for (const { id, kind } of broken) {
    const slot = slots[Number(id)]
    const minutes = slot?.written.programme.maxMinutes ?? 0
    const values = { date: dayMonthYear(slot?.date ?? ''), limit: String(limits[kind]), minutes }
    troubles[Number(id)]?.push({ field: BLAMED[kind], key: `file.limit.${kind}`, values, isCertain: true })
  }
  for (const [i, others] of overlapsOf(slots)) {
    const slot = slots[i]
    if (!slot) continue
    const values = { date: dayMonthYear(slot.date), others: listed(others.map(({ written }) => written.key)) }
    troubles[i]?.push({ field: 'startTime', key: 'file.overlaps', values, isCertain: true })
  }
  return troubles
}

const BLAMED: Record<LimitKind, string> = {
  sessionsPerDay: 'startTime',
  minutesPerSession: 'maxMinutes',
  minutesPerDay: 'maxMinutes',
  earliest: 'startTime',
  latest: 'startTime',
  days: 'repeat',
}

/** For each slot that begins while others last, which those are; slots come in order of their starts. */
function overlapsOf(slots: readonly Slot[]): Map<number, Slot[]> {
  const found = new Map<number, Slot[]>()
  let open: Slot[] = []
  for (const [i, slot] of slots.entries()) {
    open = open.filter(({ endAt }) => endAt > slot.startAt)
    const others = open.filter(
      ({ written }) => written !== slot.written && mayMeet(written.programme.targets, slot.written.programme.targets),
    )
    if (others.length > 0) found.set(i, others)
    open.push(slot)
  }
  return found
}

/** Whether two programmes may sound on the same cluster: those for single clusters only do if they share one. */
function mayMeet(a: Targets, b: Targets): boolean {
  if (a.areas.length > 0 && b.areas.length > 0) return true
  const [few, other] = a.areas.length > 0 ? [b, a] : [a, b]
  return few.clusters.some(
    (id) =>
      !few.exclude.includes(id) &&
      !other.exclude.includes(id) &&
      (other.areas.length > 0 || other.clusters.includes(id)),
  )
}

const SHOWN = 3

const listed = (names: readonly string[]): string =>
  names.length > SHOWN ? `${names.slice(0, SHOWN).join(', ')} +${names.length - SHOWN}` : names.join(', ')
