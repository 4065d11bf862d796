import type { Station } from '#protocol/http/areas.ts'
import type { DaySession } from '#protocol/http/days.ts'
import { LEVELS } from '#protocol/rules/ladder.ts'
import { LEAD_IN_MS } from '#protocol/rules/lead-in.ts'
import type { ClusterRow } from '../clusters/clusters.store.ts'
import { type CollisionEffect, collisionsOf } from '../programmes/collisions.ts'
import type { StoredProgramme } from '../programmes/programmes.store.ts'
import { keyOf } from '../programmes/session-key.ts'
import { targetedClusters } from '../programmes/targets.ts'

/** Of what is still to be heard: what becomes of sessions that meet on the same clusters. */
export function withCollisions(
  days: readonly DaySession[],
  programmes: readonly StoredProgramme[],
  clusters: readonly Pick<ClusterRow, 'id'>[],
  station: Station,
): DaySession[] {
  const targets = new Map(programmes.map(({ id, targets }) => [id, targets]))
  const ids = clusters.map(({ id }) => id)
  const byId = new Map(days.map((day) => [keyOf(day), day]))
  const airings = days.flatMap((day) => {
    const own = targets.get(day.programmeId)
    if (!own || (day.status !== 'planned' && day.status !== 'foreseen')) return []
    const { startPolicy, maxLateMs, onInterrupt } = LEVELS[day.level]
    const startAt = Date.parse(day.startAt)
    const air = { startAt, level: day.level, startPolicy, maxLateMs, onInterrupt, ms: Date.parse(day.endAt) - startAt }
    return [{ ...air, id: keyOf(day), clusters: new Set(targetedClusters(own, station.areaCode, ids)) }]
  })
  const settings = { leadInMs: LEAD_IN_MS, delayMs: 0, quietHours: station.quietHours, timeZone: station.timeZone }
  const found = collisionsOf(
    airings.filter(({ ms }) => ms > 0),
    settings,
  )
  return days.map((day) => ({
    ...day,
    collisions: (found.get(keyOf(day)) ?? []).flatMap((effect) => {
      const other = byId.get(effect.with)
      return other ? [collisionWith(other, effect)] : []
    }),
  }))
}

const collisionWith = (
  { programmeId, programmeName, startAt }: DaySession,
  effect: CollisionEffect,
): DaySession['collisions'][number] => ({
  programmeId,
  programmeName,
  startAt,
  kind: effect.kind,
  ms: 'ms' in effect ? effect.ms : null,
})
