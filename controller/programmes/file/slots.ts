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

/** What is wrong with these slots, by their place among them, as far as the file alone can tell. */
export function troublesOf(file: ParsedFile, slots: readonly Slot[]): ReadonlyMap<number, readonly Trouble[]> {
  const troubles = new Map<number, Trouble[]>()
  const add = (place: number, trouble: Trouble): void => {
    const known = troubles.get(place)
    if (known) known.push(trouble)
    else troubles.set(place, [trouble])
  }
  findQuiet(file, slots, add)
  findBreaches(file, slots, add)
  findOverlaps(slots, add)
  return troubles
}

type Add = (place: number, trouble: Trouble) => void

function findQuiet({ quietHours, timeZone }: ParsedFile, slots: readonly Slot[], add: Add): void {
  const nextQuiet = quietSearch(quietHours, timeZone)
  for (const [place, { startAt, endAt }] of slots.entries()) {
    const quietAt = nextQuiet(startAt)
    if (quietAt >= endAt) continue
    const isCertain = quietAt === startAt
    const key = isCertain ? 'programme.quietHours' : 'file.mayReachQuiet'
    add(place, { field: isCertain ? 'startTime' : 'maxMinutes', key, values: { ...quietHours }, isCertain })
  }
}

function findBreaches({ limits, timeZone }: ParsedFile, slots: readonly Slot[], add: Add): void {
  if (Object.keys(limits).length === 0) return
  const airings = slots.map(({ startAt, endAt }, place) => ({ id: String(place), startAt, endAt }))
  for (const { id, kind } of breachesOf(airings, limits, timeZone)) {
    const slot = slots[Number(id)]
    const minutes = slot?.written.programme.maxMinutes ?? 0
    const values = { date: dayMonthYear(slot?.date ?? ''), limit: String(limits[kind]), minutes }
    add(Number(id), { field: BLAMED[kind], key: `file.limit.${kind}`, values, isCertain: true })
  }
}

const BLAMED: Record<LimitKind, string> = {
  sessionsPerDay: 'startTime',
  minutesPerSession: 'maxMinutes',
  minutesPerDay: 'maxMinutes',
  earliest: 'startTime',
  latest: 'startTime',
  days: 'repeat',
}

/** Of two that meet, the one that begins later is told; slots come in order of their starts. */
function findOverlaps(slots: readonly Slot[], add: Add): void {
  let open: Slot[] = []
  for (const [place, slot] of slots.entries()) {
    const { written, startAt, date } = slot
    open = open.filter(({ endAt }) => endAt > startAt)
    const others = open.filter(
      (other) => other.written !== written && mayMeet(other.written.programme.targets, written.programme.targets),
    )
    open.push(slot)
    if (others.length === 0) continue
    const values = { date: dayMonthYear(date), others: listed(others.map((other) => other.written.key)) }
    add(place, { field: 'startTime', key: 'file.overlaps', values, isCertain: true })
  }
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
