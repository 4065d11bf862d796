import type { ClusterId } from '#protocol/ids.ts'
import { LEVELS } from '#protocol/rules/ladder.ts'
import { LEAD_IN_MS } from '#protocol/rules/lead-in.ts'
import { DAY } from '../units.ts'
import { type CollisionEffect, collisionsOf } from './collisions.ts'
import type { AirSlot } from './slots.ts'
import type { StationTimes } from './station-times.ts'

/** What a session has to put up with because of another that wants the same loudspeakers. */
export interface SlotCollision {
  readonly own: AirSlot
  readonly other: AirSlot
  readonly effect: CollisionEffect
}

/** The clusters on which each programme is heard. */
export type Hearers = ReadonlyMap<string, ReadonlySet<ClusterId>>

/**
 * Where sessions that fill their slots get in each other's way, in order of time. All are taken for ordinary ones: what a
 * priority bulletin may do to them is known when it comes. What collides in the same way every week is reckoned once.
 */
export function slotCollisions(slots: readonly AirSlot[], hearers: Hearers, times: StationTimes): SlotCollision[] {
  const { timeZone, quietHours } = times
  const settings = { timeZone, quietHours, leadInMs: LEAD_IN_MS, delayMs: 0 }
  const known = new Map<string, ReadonlyMap<string, readonly CollisionEffect[]>>()
  return crowdsOf(slots).flatMap((crowd) => {
    const shape = shapeOf(crowd)
    const found =
      known.get(shape) ??
      collisionsOf(
        crowd.map((slot, i) => airingOf(slot, String(i), hearers)),
        settings,
      )
    known.set(shape, found)
    return crowd.flatMap((own, i) =>
      (found.get(String(i)) ?? []).flatMap((effect) => {
        const other = crowd[Number(effect.with)]
        return other ? [{ own, other, effect }] : []
      }),
    )
  })
}

/** Sessions of which each begins before those before it can all have ended; who is alone is left out. */
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

function shapeOf(crowd: readonly AirSlot[]): string {
  const start = crowd[0]?.startAt ?? 0
  const parts = crowd.map(({ startAt, endAt, programmeId }) => `${programmeId} ${startAt - start} ${endAt - start}`)
  return `${start % DAY} ${parts.join()}`
}

/** The lead-in is part of the slot, so that sessions may follow each other on the minute. */
function airingOf({ programmeId, startAt, endAt }: AirSlot, id: string, hearers: Hearers) {
  const { startPolicy, maxLateMs, onInterrupt } = LEVELS.programme
  const air = {
    startAt,
    level: 'programme',
    startPolicy,
    maxLateMs,
    onInterrupt,
    ms: endAt - startAt - LEAD_IN_MS,
  } as const
  return { ...air, id, clusters: hearers.get(programmeId) ?? new Set<ClusterId>() }
}
