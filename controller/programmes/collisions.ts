import type { ClusterId } from '#protocol/ids.ts'
import { LEVELS } from '#protocol/rules/ladder.ts'
import { type Effect, type Overlap, overlapsOf } from '#protocol/rules/overlaps.ts'
import { LEAD_IN_MS } from '../broadcasts/compile-plan.ts'
import type { StationTimes } from '../broadcasts/session.ts'
import { DAY } from '../units.ts'
import type { AirSlot } from './slots.ts'

/** Two sessions that want the same loudspeakers at once, and what becomes of each. */
export interface Collision {
  readonly slots: readonly [AirSlot, AirSlot]
  readonly effects: readonly Effect[]
}

/** Which programmes each of a station's clusters airs. */
export type Audience = ReadonlyMap<ClusterId, ReadonlySet<string>>

/**
 * Where sessions that fill their slots get in each other's way, somewhere in the commune. All are taken for ordinary ones:
 * what a priority bulletin may do to them is known when it comes.
 */
export function collisionsOf(slots: readonly AirSlot[], audience: Audience, times: StationTimes): Collision[] {
  const byKey = new Map(slots.map((slot) => [slot.id, slot]))
  const overlaps = overlapFinder(times)
  return crowdsOf(slots).flatMap((crowd) =>
    hearingsOf(crowd, audience).flatMap((heard) =>
      overlaps(heard).flatMap(({ ids: [first, second], effects }): Collision[] => {
        const [one, other] = [byKey.get(first), byKey.get(second)]
        return one && other ? [{ slots: [one, other], effects }] : []
      }),
    ),
  )
}

/** Sessions of which each begins before those before it can all have ended. */
function crowdsOf(slots: readonly AirSlot[]): AirSlot[][] {
  const crowds: AirSlot[][] = []
  let crowd: AirSlot[] = []
  let busyUntil = Number.NEGATIVE_INFINITY
  for (const slot of [...slots].sort((a, b) => a.startAt - b.startAt || (a.id < b.id ? -1 : 1))) {
    if (slot.startAt >= busyUntil) {
      if (crowd.length > 1) crowds.push(crowd)
      crowd = []
    }
    crowd.push(slot)
    busyUntil = Math.max(busyUntil, slot.startAt) + slot.endAt - slot.startAt
  }
  return crowd.length > 1 ? [...crowds, crowd] : crowds
}

/** What of a crowd is heard together somewhere, each mixture once. */
function hearingsOf(crowd: readonly AirSlot[], audience: Audience): AirSlot[][] {
  const hearings = new Map<string, AirSlot[]>()
  for (const programmes of new Set(audience.values())) {
    const heard = crowd.filter(({ programmeId }) => programmes.has(programmeId))
    if (heard.length > 1) hearings.set(heard.map(({ id }) => id).join(), heard)
  }
  return [...hearings.values()]
}

/** What collides in the same way every week is reckoned once. */
function overlapFinder({ timeZone, quietHours }: StationTimes): (heard: readonly AirSlot[]) => readonly Overlap[] {
  const settings = { timeZone, quietHours, leadInMs: LEAD_IN_MS, delayMs: 0 }
  const known = new Map<string, readonly Overlap[]>()
  return (heard) => {
    const start = heard[0]?.startAt ?? 0
    const shape = heard.map(({ startAt, endAt, programmeId }) => `${programmeId} ${startAt - start} ${endAt - start}`)
    const key = `${start % DAY} ${shape.join()}`
    const before = known.get(key)
    const names = heard.map((_, i) => String(i))
    const found =
      before ??
      overlapsOf(
        heard.map((slot, i) => toOccurrence(slot, names[i] ?? '')),
        settings,
      )
    known.set(key, found)
    const idOf = (name: string): string => heard[Number(name)]?.id ?? name
    return found.map(({ ids: [first, second], effects }) => ({
      ids: [idOf(first), idOf(second)],
      effects: effects.map((effect) => ({ ...effect, id: idOf(effect.id) })),
    }))
  }
}

/** The lead-in is part of the slot, so that sessions may follow each other on the minute. */
const toOccurrence = ({ startAt, endAt }: AirSlot, id: string) => {
  const { startPolicy, maxLateMs, onInterrupt } = LEVELS.programme
  return {
    id,
    startAt,
    level: 'programme' as const,
    startPolicy,
    maxLateMs,
    onInterrupt,
    ms: endAt - startAt - LEAD_IN_MS,
  }
}
