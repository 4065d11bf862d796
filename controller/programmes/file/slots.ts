import type { ClusterId } from '#protocol/ids.ts'
import type { Window } from '#protocol/rules/civil-time.ts'
import { breachesOf, type LimitKind } from '#protocol/rules/limits.ts'
import { occurrencesOf } from '#protocol/rules/occurrences.ts'
import { quietSearch } from '#protocol/rules/quiet-hours.ts'
import type { Problem } from '../../errors.ts'
import { dayMonthYear } from '../../iso.ts'
import { MINUTE } from '../../units.ts'
import { type Hearers, slotCollisions } from '../slot-collisions.ts'
import { targetedClusters } from '../targets.ts'
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
  findOverlaps(file, slots, add)
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

/** Of two that get in each other's way, the one that begins later is told. A short wait is let through, as on the screen. */
function findOverlaps({ programmes, quietHours, timeZone }: ParsedFile, slots: readonly Slot[], add: Add): void {
  const air = slots.map(({ written, originalDate, date, startAt, endAt }, place) => ({
    id: String(place),
    programmeId: written.key,
    originalDate,
    date,
    startAt,
    endAt,
  }))
  const times = { quietHours, timeZone }
  const overlaps = new Map<number, { isCertain: boolean; others: Set<string> }>()
  for (const { own, other, effect } of slotCollisions(air, hearersIn(programmes), times)) {
    if (own.programmeId === other.programmeId) continue
    const [earlier, later] = Number(own.id) < Number(other.id) ? [own, other] : [other, own]
    const known = overlaps.get(Number(later.id)) ?? { isCertain: false, others: new Set() }
    known.isCertain ||= effect.kind !== 'waits'
    known.others.add(earlier.programmeId)
    overlaps.set(Number(later.id), known)
  }
  for (const [place, { isCertain, others }] of overlaps) {
    const values = { date: dayMonthYear(slots[place]?.date ?? ''), others: listed([...others]) }
    add(place, { field: 'startTime', key: isCertain ? 'file.overlaps' : 'file.waits', values, isCertain })
  }
}

/** Stands for all clusters that a file does not name. */
const UNNAMED: ClusterId = 'clu_'

function hearersIn(programmes: readonly WrittenProgramme[]): Hearers {
  const targets = programmes.map(({ programme }) => programme.targets)
  const all = [UNNAMED, ...new Set(targets.flatMap(({ clusters, exclude }) => [...clusters, ...exclude]))]
  return new Map(
    programmes.map(({ key, programme: { targets, areaCode } }) => [
      key,
      new Set(targetedClusters(targets, areaCode, all)),
    ]),
  )
}

const SHOWN = 3

const listed = (names: readonly string[]): string =>
  names.length > SHOWN ? `${names.slice(0, SHOWN).join(', ')} +${names.length - SHOWN}` : names.join(', ')
