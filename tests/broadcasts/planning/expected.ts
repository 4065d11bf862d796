import type { Programme } from '#protocol/http/programmes.ts'
import type { BulletinId, ClusterId } from '#protocol/ids.ts'
import { dateOf, dayOf } from '#protocol/rules/civil-date.ts'
import { civilTime } from '#protocol/rules/civil-time.ts'
import { slowOccurrences } from '../../rules/reference/calendar.ts'
import { firstShowing } from '../../rules/reference/civil.ts'
import { TIME_ZONE, type World } from './world.ts'

const MINUTE = 60_000
/** The amplifier's, before the first word: it belongs to the session. */
const LEAD_IN_MS = 800

/** A session as it should stand. */
export interface ExpectedSession {
  readonly startAt: number
  readonly bulletins: readonly BulletinId[]
  readonly clusters: readonly ClusterId[]
}

/** By `programme@date`. */
export type Expected = ReadonlyMap<string, ExpectedSession>

/**
 * What should be planned now, thought out afresh from what people have said, with `before`: what should have been planned
 * until now. What has begun stays, what a person has called off stays away, and shortly before its start nothing is added.
 */
export function expectedSessions(world: World, before: Expected): Expected {
  const now = world.planner.clock.now()
  const leadMs = world.planner.config.leadMs
  const expected = new Map([...before].filter(([, { startAt }]) => startAt <= now))
  for (const [key, wanted] of wantedSessions(world)) {
    const held = before.get(key)
    if (world.calledOff.has(key) || expected.has(key)) continue
    if (wanted.startAt >= now + leadMs) expected.set(key, sessionOf(wanted))
    else if (held) expected.set(key, shortened(held, wanted))
  }
  for (const [key, asked] of wantedSessions(world, midnightBefore(now))) {
    const held = before.get(key)
    // Its programme was moved to an hour that is over.
    if (held && held.startAt > now && asked.startAt <= now && !world.calledOff.has(key) && !expected.has(key))
      if (held.bulletins.every((id) => asked.bulletins.includes(id))) expected.set(key, stayed(world, held, asked))
  }
  return expected
}

/** It neither moves nor is added to, and is heard where it was to be heard, but where that is not wanted any more. */
function stayed(world: World, held: ExpectedSession, asked: Wanted): ExpectedSession {
  const clusters = clustersFor(world, asked.programme, held.startAt, endOf(world, held) + LEAD_IN_MS)
  return { ...held, clusters: held.clusters.filter((id) => clusters.includes(id)) }
}

const midnightBefore = (at: number): number =>
  firstShowing(civilTime(at, TIME_ZONE).date, '00:00', TIME_ZONE) ?? Number.NaN

/** It may lose what it must not say, but be neither moved nor filled, unless nothing of it would be left. */
function shortened(held: ExpectedSession, wanted: Wanted): ExpectedSession {
  const bulletins = held.bulletins.filter((id) => wanted.bulletins.includes(id))
  return bulletins.length === 0 ? sessionOf(wanted) : { ...held, bulletins, clusters: wanted.clusters }
}

const sessionOf = ({ programme: _programme, ...session }: Wanted): ExpectedSession => session

type Wanted = ExpectedSession & { readonly programme: Programme }

function wantedSessions(world: World, from = world.planner.clock.now() + 1): Map<string, Wanted> {
  const now = world.planner.clock.now()
  const lastDay = dateOf(dayOf(civilTime(now, TIME_ZONE).date) + 8)
  const window = { from, until: firstShowing(lastDay, '00:00', TIME_ZONE) ?? Number.NaN }
  const approved = new Set(world.bulletins.filter(({ isApproved }) => isApproved).map(({ id }) => id))
  const wanted = new Map<string, Wanted>()
  for (const programme of world.programmes) {
    if (programme.status !== 'active') continue
    for (const { originalDate, startAt, replacement } of slowOccurrences(programme, window, TIME_ZONE)) {
      const named = programme.rundown.flatMap((item) => (item.kind === 'bulletin' ? [item.bulletinId] : []))
      const bulletins = (replacement === undefined ? named : [replacement as BulletinId]).filter((id) =>
        approved.has(id),
      )
      const endAt = endOf(world, { startAt, bulletins }) + LEAD_IN_MS
      if (bulletins.length === 0 || isQuietBetween(world, startAt, endAt)) continue
      if (silencesIn(world, startAt, endAt).some(({ clusters }) => clusters === 'all')) continue
      const clusters = clustersFor(world, programme, startAt, endAt)
      wanted.set(`${programme.id}@${originalDate}`, { programme, startAt, bulletins, clusters })
    }
  }
  return wanted
}

const silencesIn = ({ silences }: World, startAt: number, endAt: number) =>
  silences.filter(({ from, until }) => from < endAt && until > startAt)

function clustersFor(world: World, { targets }: Programme, startAt: number, endAt: number): ClusterId[] {
  const silent = silencesIn(world, startAt, endAt)
  return world.clusters.filter(
    (id) => !targets.exclude.includes(id) && !silent.some(({ clusters }) => clusters.includes(id)),
  )
}

export function endOf({ bulletins }: World, session: Pick<ExpectedSession, 'startAt' | 'bulletins'>): number {
  const ms = session.bulletins.map((id) => bulletins.find((bulletin) => bulletin.id === id)?.ms ?? Number.NaN)
  return ms.reduce((sum, one) => sum + one, session.startAt)
}

/** Looked at minute by minute, since clocks may be anywhere. */
export function isQuietBetween({ quietHours: { from, to } }: World, startAt: number, endAt: number): boolean {
  for (let at = startAt; at < endAt; at += MINUTE) {
    const time = civilTime(at, TIME_ZONE).time.slice(0, 5)
    if (time >= from || time < to) return true
  }
  const last = civilTime(endAt - 1, TIME_ZONE).time.slice(0, 5)
  return last >= from || last < to
}
