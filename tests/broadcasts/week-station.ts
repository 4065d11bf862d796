import { decodeJwt } from 'jose'
import { CreateProgramme } from '#protocol/http/programmes.ts'
import type { BroadcastId, ClusterId } from '#protocol/ids.ts'
import type { ClusterPlan, JournalEntry } from '#protocol/messages.ts'
import { OPERATOR } from '../../controller/accounts/actor.ts'
import * as airingRulesStore from '../../controller/areas/airing-rules.store.ts'
import { closeOverdue } from '../../controller/broadcasts/close.ts'
import { rollOn } from '../../controller/broadcasts/replan.ts'
import * as clusterStore from '../../controller/clusters/clusters.store.ts'
import { JournalRecorder } from '../../controller/clusters/journal-recorder.ts'
import { migrate, openDatabase } from '../../controller/db/open.ts'
import { createProgramme } from '../../controller/programmes/create.ts'
import * as relayStore from '../../controller/relays/relays.store.ts'
import { insertPlaces, PLACES } from '../db/rows.ts'
import { createPlanner, type Planner, planWaiting } from '../support/planner.ts'
import type { Deed } from './planning/deeds.ts'
import { openWorld, perform, type World } from './planning/world.ts'

const MINUTE = 60_000
/** Monday 23 November 2026, 08:15 in Việt Nam. */
const MORNING = Date.UTC(2026, 10, 23, 1, 15)
export const OWN_QUIET = { from: '16:30', to: '05:15' }

/** What a cluster makes of a session: all of it, its first minute, or nothing; or what it does is never told. */
export interface Story {
  readonly kind: 'whole' | 'cut' | 'skipped' | 'endless' | 'silent'
  readonly lateMs: number
  readonly pausedMs: number
}

/** What one cluster sounded, as far as it has told; `until` null: nobody has heard of its end. */
export interface Sounded {
  readonly clusterId: ClusterId
  readonly broadcastId: BroadcastId
  readonly from: number
  until: number | null
}

/** A station whose clusters differ, and whose time is let pass with what they journal of it. */
export interface WeekStation extends AsyncDisposable {
  readonly world: World
  readonly planner: Planner
  readonly sounded: readonly Sounded[]
  do(deed: Deed): Promise<void>
  passTo(at: number, stories: readonly Story[]): Promise<void>
  /** What the newest plan of a cluster holds. */
  planOf(clusterId: ClusterId): Promise<ReadonlySet<string>>
}

export async function openWeekStation(): Promise<WeekStation> {
  const database = openDatabase({ kind: 'sqlite', file: ':memory:' })
  const { db } = database
  await migrate(database)
  await insertPlaces(db)
  const planner = await createPlanner(db, { now: MORNING })
  const world = await openWorld(planner, PLACES.commune)
  await furnish(world)
  const recorder = new JournalRecorder({ ...planner, devices: { publish: async () => {} } })
  const waiting: { clusterId: ClusterId; entry: Omit<JournalEntry, 'seq'> }[] = []
  const seqs = new Map<ClusterId, number>()
  const sounded: Sounded[] = []
  let stories = 0

  async function plan(): Promise<void> {
    await rollOn(planner)
    await planWaiting(planner)
    const plans = await db.selectFrom('clusterPlan').select(['clusterId', 'version']).execute()
    for (const { clusterId, version: planHeld } of plans)
      await db.updateTable('cluster').set({ planHeld, presence: 'online' }).where('id', '=', clusterId).execute()
  }

  async function planOf(clusterId: ClusterId): Promise<Set<string>> {
    const row = await db.selectFrom('clusterPlan').select('jws').where('clusterId', '=', clusterId).executeTakeFirst()
    if (!row) return new Set()
    return new Set(decodeJwt<Pick<ClusterPlan, 'occurrences'>>(row.jws).occurrences.map(({ id }) => id))
  }

  async function begin(at: number, told: readonly Story[]): Promise<void> {
    const due = await db
      .selectFrom('broadcast')
      .innerJoin('delivery', 'delivery.broadcastId', 'broadcast.id')
      .select(['broadcast.id', 'broadcast.startAt', 'broadcast.endAt', 'delivery.clusterId'])
      .where('broadcast.startAt', '>', planner.clock.now())
      .where('broadcast.startAt', '<=', at)
      .where('broadcast.status', '=', 'planned')
      .where('delivery.state', '=', 'planned')
      .orderBy('broadcast.startAt')
      .orderBy('delivery.clusterId')
      .execute()
    for (const { clusterId, id, startAt, endAt } of due) {
      const story = told[stories++ % told.length]
      if (!story || !(await planOf(clusterId)).has(id)) continue
      for (const entry of entriesOf(story, { startAt, ms: endAt - startAt }))
        waiting.push({ clusterId, entry: { ...entry, bootId: 'boot-1', occurrenceId: id } })
    }
  }

  async function tell(at: number): Promise<void> {
    const now = waiting.filter(({ entry }) => entry.at <= at).sort((a, b) => a.entry.at - b.entry.at)
    for (const one of now) {
      waiting.splice(waiting.indexOf(one), 1)
      const { clusterId, entry } = one
      const seq = (seqs.get(clusterId) ?? 0) + 1
      seqs.set(clusterId, seq)
      recorder.record(clusterId, { logId: 'log00001', entries: [{ ...entry, seq }] })
      if (entry.occurrenceId === undefined) continue
      if (entry.kind === 'started')
        sounded.push({ clusterId, broadcastId: entry.occurrenceId, from: entry.at, until: null })
      const begun = sounded.find((two) => two.clusterId === clusterId && two.broadcastId === entry.occurrenceId)
      if (begun && (entry.kind === 'finished' || entry.kind === 'interrupted')) begun.until = entry.at
    }
    await recorder.settled()
  }

  await plan()
  return {
    world,
    planner,
    sounded,
    planOf,
    do: async (deed) => {
      await perform(world, deed)
      await plan()
    },
    passTo: async (at, told) => {
      await begin(at, told)
      await planner.clock.set(at)
      await tell(at)
      await closeOverdue(planner)
      await plan()
    },
    [Symbol.asyncDispose]: () => db.destroy(),
  }
}

function entriesOf({ kind, lateMs, pausedMs }: Story, { startAt, ms }: { startAt: number; ms: number }) {
  const at = startAt + lateMs
  const started = { kind: 'started' as const, at, item: 0, offsetMs: lateMs }
  switch (kind) {
    case 'silent':
      return []
    case 'skipped':
      return [{ kind: 'skipped' as const, at, reason: 'audio-missing' }]
    case 'endless':
      return [started]
    case 'cut':
      return [started, { kind: 'interrupted' as const, at: at + MINUTE, ms: MINUTE, reason: 'stopped' }]
    case 'whole':
      return [started, { kind: 'finished' as const, at: at + ms + pausedMs, ms, audible: true }]
  }
}

/** Clusters that differ in what they can and when they may, and programmes that are not for all of them. */
async function furnish(world: World): Promise<void> {
  const { planner, areaCode, clusters, bulletins } = world
  const [first, second] = clusters
  const [bulletin] = bulletins
  if (!first || !second || !bulletin) throw new Error('there is nothing to begin with')
  await relayStore.saveRelay(planner.db, {
    name: 'thoi-su',
    title: 'Thời sự',
    url: 'https://radio.example.vn/',
    codec: 'mp3',
  })
  await clusterStore.recordAbilities(planner.db, first, { codecs: 'mp3', features: 'relay' })
  const rules = { quietHours: OWN_QUIET, limits: {}, silences: [], holidays: [], updatedByName: '', updatedAt: 1 }
  await airingRulesStore.saveAiringRules(planner.db, { scope: second, ...rules }, 0)
  const say = { kind: 'bulletin', bulletinId: bulletin.id }
  for (const [startTime, targets, item] of [
    ['05:45', { areas: [areaCode] }, say],
    ['12:00', { areas: [], clusters: [second] }, say],
    ['15:00', { areas: [areaCode] }, { kind: 'relay', relay: 'thoi-su', minutes: 5 }],
    ['18:00', { areas: [areaCode] }, say],
    ['19:00', { areas: [areaCode], exclude: [first] }, say],
  ] as const) {
    const programme = CreateProgramme.parse({
      name: `Lúc ${startTime}`,
      areaCode,
      startsOn: '2026-11-23',
      startTime,
      repeat: { kind: 'rrule', rrule: 'FREQ=DAILY' },
      maxMinutes: 30,
      targets,
      rundown: [item],
    })
    world.programmes.push(await createProgramme(planner, { actor: OPERATOR, programme }))
  }
}
