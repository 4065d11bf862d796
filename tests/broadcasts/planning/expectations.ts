import { expect } from 'vitest'
import { planEverything } from '../../../controller/broadcasts/replan.ts'
import { planWaiting } from '../../support/planner.ts'
import { type Expected, endOf, isQuietBetween } from './expected.ts'
import { type Found, findPlanned } from './found.ts'
import type { World } from './world.ts'

/** What has ended leaves the plans; nothing else comes of it. */
export async function plannedAgain(world: World): Promise<Found> {
  await planEverything(world.planner)
  await planWaiting(world.planner)
  return findPlanned(world)
}

/** Tables and signed plans say what was thought out, and nothing of it falls into the quiet hours. */
export function expectAsThoughtOut(world: World, found: Found, expected: Expected): void {
  expect(sorted(found.planned)).toEqual(sorted(expected))
  const now = world.planner.clock.now()
  for (const clusterId of world.clusters) {
    const told = [...expected]
      .filter(([, { startAt, clusters }]) => startAt > now && clusters.includes(clusterId))
      .map(([key, { startAt }]) => `${startAt} ${found.ids.get(key)}`)
    expect([...(found.told.get(clusterId) ?? [])].sort()).toEqual(told.sort())
  }
  for (const session of found.planned.values())
    if (session.startAt > now) expect(isQuietBetween(world, session.startAt, endOf(world, session))).toBe(false)
}

const sorted = (sessions: Expected) => [...sessions].sort(([a], [b]) => (a < b ? -1 : 1))

/** A session keeps its name and its place in the ledger, whatever becomes of it, and versions only grow. */
export function expectOneHistory(before: Found, after: Found): void {
  for (const [key, id] of before.ids) expect(after.ids.get(key)).toBe(id)
  for (const [clusterId, version] of before.versions) {
    const isNews = after.jws.get(clusterId) !== before.jws.get(clusterId)
    const grown = after.versions.get(clusterId) ?? 0
    expect(isNews ? grown > version : grown === version).toBe(true)
  }
}
