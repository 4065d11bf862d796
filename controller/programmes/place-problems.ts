import type { ProgrammeCalendar } from '#protocol/calendar.ts'
import type { Targets } from '#protocol/http/programmes.ts'
import type { ClusterId } from '#protocol/ids.ts'
import { localTimes, type Window } from '#protocol/rules/civil-time.ts'
import { type Breach, breachesOf, type LimitKind, type Limits } from '#protocol/rules/limits.ts'
import { clockOf, valuesOf } from '#protocol/rules/said-rules.ts'
import { limitText, ruleAuthorName } from '../areas/rule-words.ts'
import type { Problem } from '../errors.ts'
import { groupBy } from '../group-by.ts'
import { dayMonthYear } from '../iso.ts'
import { begunSlots, comingSlots } from './counted-slots.ts'
import { type Hearers, slotCollisions } from './slot-collisions.ts'
import type { AirSlot, SlotProgramme } from './slots.ts'
import type { StationTimes } from './station-times.ts'
import { targetedClusters } from './targets.ts'

/** A programme as far as it takes up air. */
export interface PlacedProgramme extends SlotProgramme {
  readonly name: string
  readonly areaCode: string
  readonly targets: Targets
}

/** What a programme has to fit in with. */
export interface Neighbours {
  readonly others: readonly PlacedProgramme[]
  readonly clusters: readonly ClusterId[]
  readonly times: StationTimes
  readonly window: Window
}

/** Which limits the sessions of a programme would break together with all others, and which of those they run into. */
export function placeProblems(own: PlacedProgramme, given: Prepared): Problem[] {
  const slots = comingSlots([own], given.times, given.window)
  return [...limitProblems(own, slots, given), ...collisionProblems(own, slots, given)]
}

/** Neighbours whose slots have been reckoned, for looking at several starts. */
export interface Prepared extends Neighbours {
  /** Those to come, in order of time. */
  readonly slots: readonly AirSlot[]
  /** Those with what has begun today. */
  readonly counted: readonly AirSlot[]
  readonly limits: Limits
  /** What the neighbours break already. */
  readonly breaches: readonly Breach[]
}

export function prepare(neighbours: Neighbours): Prepared {
  const { others, times, window } = neighbours
  const slots = comingSlots(others, times, window).sort((a, b) => a.startAt - b.startAt || (a.id < b.id ? -1 : 1))
  const counted = [...begunSlots(times), ...slots]
  const limits = valuesOf(times.limits ?? {})
  const hasLimits = Object.keys(limits).length > 0
  const breaches = hasLimits ? breachesOf(counted, limits, times.timeZone) : []
  return { ...neighbours, slots, counted, limits, breaches }
}

/** Only what the programme itself brings about: others may have broken limits that were tightened after they were saved. */
function limitProblems(own: ProgrammeCalendar, slots: readonly AirSlot[], given: Prepared): Problem[] {
  const { times, limits } = given
  if (Object.keys(limits).length === 0) return []
  const dates = new Set(slots.map(({ date }) => date))
  const known = new Set(given.breaches.map(({ id, kind }) => `${id} ${kind}`))
  const ofDays = given.counted.filter(({ date }) => dates.has(date))
  const fresh = breachesOf([...ofDays, ...slots], limits, times.timeZone).filter(
    ({ id, kind }) => !known.has(`${id} ${kind}`),
  )
  const said = times.limits ?? {}
  return [...groupBy(fresh, ({ kind }) => kind)].map(([kind, breaches]) => {
    const [first] = breaches.sort((a, b) => (a.date < b.date ? -1 : 1))
    const by = ruleAuthorName(said[kind]?.by ?? 'default', times.authors ?? [])
    const values = { date: dayMonthYear(first?.date ?? ''), by, limit: limitText(first?.limit) }
    const isGranted = first?.limit !== limits[kind]
    return { field: fieldOf(kind, own), key: isGranted ? `limit.granted.${kind}` : `limit.${kind}`, values }
  })
}

/** What to change so that a limit is kept. */
function fieldOf(kind: LimitKind, { repeat }: ProgrammeCalendar): string {
  if (kind === 'earliest' || kind === 'latest') return 'startTime'
  if (kind === 'minutesPerSession' || kind === 'minutesPerDay') return 'maxMinutes'
  return repeat.kind === 'once' ? 'startsOn' : 'repeat'
}

/** As many as a person can take in. */
const MOST_NAMED = 3

function collisionProblems(own: PlacedProgramme, slots: readonly AirSlot[], given: Prepared): Problem[] {
  const hearers = hearersOf([own, ...given.others], given.clusters)
  const crowd = [...slots, ...nearTo(slots, given.slots)]
  const losses = slotCollisions(crowd, hearers, given.times).filter(({ effect }) => effect.kind !== 'waits')
  const localOf = localTimes(given.times.timeZone)
  const isOwn = ({ programmeId }: AirSlot): boolean => programmeId === own.id
  const inTheWay = losses.flatMap((loss) =>
    [loss.own, loss.other].filter(isOwn).length === 1 ? [isOwn(loss.own) ? loss.other : loss.own] : [],
  )
  const first = groupBy(inTheWay, ({ programmeId }) => programmeId)
  return [...first.values()].slice(0, MOST_NAMED).flatMap(([other]) => {
    if (!other) return []
    const name = given.others.find(({ id }) => id === other.programmeId)?.name ?? ''
    const [from = '', to = ''] = [other.startAt, other.endAt].map((at) => clockOf(localOf(at).minutes))
    return [
      { field: 'startTime', key: 'programme.collides', values: { name, from, to, date: dayMonthYear(other.date) } },
    ]
  })
}

/** Nothing waits longer for its turn than a day. */
function nearTo(slots: readonly AirSlot[], theirs: readonly AirSlot[]): AirSlot[] {
  const near = new Set(slots.flatMap(({ startAt }) => [-1, 0, 1].map((days) => dayOf(startAt) + days)))
  return theirs.filter(({ startAt }) => near.has(dayOf(startAt)))
}

const dayOf = (at: number): number => Math.floor(at / 86_400_000)

export const hearersOf = (programmes: readonly PlacedProgramme[], clusters: readonly ClusterId[]): Hearers =>
  new Map(programmes.map(({ id, targets, areaCode }) => [id, new Set(targetedClusters(targets, areaCode, clusters))]))
