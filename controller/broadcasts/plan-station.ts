import { BroadcastId, type ClusterId } from '#protocol/ids.ts'
import { signMessage } from '#protocol/signing.ts'
import * as stationStore from '../areas/stations.store.ts'
import type { Context } from '../context.ts'
import { type Tx, transact } from '../db/transact.ts'
import { enqueueJob } from '../jobs/enqueue.ts'
import type { Unmade } from '../programmes/session/frame.ts'
import type { Session } from '../programmes/session/session.ts'
import { MINUTE } from '../units.ts'
import { type Abilities, abilitiesOf } from './abilities.ts'
import * as broadcastStore from './broadcasts.store.ts'
import { callOff } from './call-off.ts'
import { compilePlan, nextPlan, type PlanEdition, silencesOf } from './compile-plan.ts'
import { decideSessions, type PlannedSession, type SessionWrite } from './decide-sessions.ts'
import * as deliveryStore from './deliveries.store.ts'
import { encodingsFor } from './encodings-for.ts'
import { reckonAnew } from './ledger.ts'
import { LEAVES_PLAN_AFTER_MS, loadStation, type StationState } from './load-station.ts'
import * as planStore from './plans.store.ts'
import { enqueuePlan } from './replan.ts'
import { encodingKey, type MissingEncoding } from './suit-codec.ts'
import { suitTo } from './suit-to.ts'

export type PlanNeeds = Pick<Context, 'db' | 'bus' | 'clock' | 'newId' | 'signingKey' | 'publicUrl'> & {
  readonly ffmpeg: Pick<Context['ffmpeg'], 'encoders'>
  readonly config: Pick<Context['config'], 'leadMs'>
}

/** How often it starts over when somebody else was faster, before the job is tried later. */
const ATTEMPTS = 5

/**
 * Brings the sessions of one commune for the coming week, their ledger rows and the signed plans of its clusters in line
 * with its programmes, in one transaction. May run at any time, twice, or in two controllers at once: of two that have
 * read the same, one writes and the other starts over, as it does when a person has cancelled a session meanwhile.
 */
export async function planStation(ctx: PlanNeeds, input: { areaCode: string }): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const state = await loadStation(ctx.db, input.areaCode, ctx.clock.now())
    if (!state) return
    const { writes, planned } = decideSessions(state, {
      leadMs: ctx.config.leadMs,
      newId: () => BroadcastId.parse(ctx.newId('brd')),
    })
    const { plans, missing, roomAt } = await signPlans(ctx, state, planned)
    const unmade = unmadeIn(state.sessions)
    if (writes.length + plans.length + missing.length + unmade.length === 0 && roomAt === null) return
    const isMine = await transact(ctx, async (tx) => {
      if (!(await stationStore.advancePlanRevision(tx.db, input.areaCode, state.revision))) throw new Overtaken()
      for (const write of [...writes].sort((a, b) => (a.id < b.id ? -1 : 1)))
        await writeSession(ctx, tx, write, state.now)
      await writePlans(tx, plans)
      for (const payload of missing) {
        const key = encodingKey(payload.sha256, payload.codec)
        await enqueueJob(ctx, tx, { kind: 'encode', key, payload, once: true })
      }
      for (const lack of unmade) await enqueueUnmade(ctx, tx, lack)
      if (roomAt !== null) {
        const delayMs = Math.max(MINUTE, roomAt + LEAVES_PLAN_AFTER_MS - state.now)
        await enqueuePlan(ctx, tx, input.areaCode, delayMs)
      }
      return true
    }).catch((error: unknown) => {
      if (error instanceof Overtaken) return false
      throw error
    })
    if (isMine) return
  }
  throw new Error(`station ${input.areaCode} was changed by somebody else ${ATTEMPTS} times in a row`)
}

/** What was read is not so any more: somebody else has planned the station, or has cancelled or closed a session. */
class Overtaken extends Error {
  override name = 'Overtaken'
}

async function writeSession(ctx: Pick<PlanNeeds, 'clock'>, tx: Tx, write: SessionWrite, now: number): Promise<void> {
  const { id, before, insert, content, cancel, add, reinstate, withdraw } = write
  if (before && !(await broadcastStore.holdSession(tx.db, before))) throw new Overtaken()
  if (cancel) await callOff(tx.db, id, { by: cancel, byName: null, at: now })
  if (insert) await broadcastStore.insertBroadcast(tx.db, insert)
  if (before && content) {
    await broadcastStore.replaceSession(tx.db, id, content, now)
    await reckonAnew(ctx, tx, { ...before, ...content })
  }
  if (add.length > 0) await deliveryStore.insertDeliveries(tx.db, id, add, now)
  if (reinstate.length > 0) await deliveryStore.reinstate(tx.db, id, reinstate, now)
  if (withdraw.length > 0) await deliveryStore.withdraw(tx.db, id, now, withdraw)
  await tx.event('broadcast.changed', id)
}

/** What sessions lack of their frames, each once. */
const unmadeIn = (sessions: readonly Session[]): Unmade[] => [
  ...new Map(sessions.flatMap(({ unmade }) => unmade.map((lack) => [unmadeKey(lack), lack] as const))).values(),
]

const unmadeKey = (lack: Unmade): string => (lack.kind === 'make-chime' ? lack.chime : lack.sha256)

function enqueueUnmade(ctx: Pick<Context, 'clock' | 'newId'>, tx: Tx, lack: Unmade): Promise<void> {
  const payload = lack.kind === 'make-chime' ? { kind: lack.chime } : { sha256: lack.sha256 }
  return enqueueJob(ctx, tx, { kind: lack.kind, key: unmadeKey(lack), payload, once: true })
}

interface SignedPlan {
  readonly clusterId: ClusterId
  readonly version: number
  readonly contentHash: string
  readonly jws: string
  readonly validUntil: number
}

async function writePlans(tx: Tx, plans: readonly SignedPlan[]): Promise<void> {
  if ((await planStore.savePlans(tx.db, plans)) < plans.length)
    throw new Error('a plan has changed without its station')
  const clusterIds = plans.map(({ clusterId }) => clusterId)
  await tx.event('cluster.changed', ...clusterIds)
  for (const clusterId of clusterIds) tx.tell('plan.changed', { clusterId })
}

/** The plans that say something new, or would soon run out, in the codecs that their clusters play. */
async function signPlans(
  ctx: PlanNeeds,
  { station, clusters, plans: current, times, now }: StationState,
  planned: readonly PlannedSession[],
): Promise<{ plans: SignedPlan[]; missing: MissingEncoding[]; roomAt: number | null }> {
  const choices = new Map(clusters.map((cluster) => [cluster.id, abilitiesOf(cluster, ctx.ffmpeg.encoders)]))
  const encodings = await encodingsFor(
    ctx.db,
    [...choices.values()],
    planned.map(({ broadcast }) => broadcast),
  )
  const missing = new Map<string, MissingEncoding>()
  const editions = new Map<string, PlanEdition>()
  const editionFor = (clusterId: ClusterId, choice: Abilities): PlanEdition => {
    const own = planned.filter((session) => session.clusters.has(clusterId)).map(({ broadcast }) => broadcast)
    const silences = silencesOf(clusterId, times.silences ?? [])
    const quietHours = times.quietClusters?.get(clusterId) ?? times.quietHours
    const key = [
      choice.plays,
      choice.canRelay,
      quietHours.from,
      quietHours.to,
      ...silences.map(({ from, until }) => [from, until]),
      ...own.map(({ id }) => id),
    ].join()
    const known = editions.get(key)
    if (known) return known
    const suited = suitTo(own, choice, encodings)
    for (const one of suited.missing) missing.set(encodingKey(one.sha256, one.codec), one)
    const edition = compilePlan({ ...station, quietHours }, `${ctx.publicUrl}/`, suited.broadcasts, silences)
    editions.set(key, edition)
    return edition
  }
  const signing = [...choices].flatMap(([clusterId, choice]) => {
    const edition = editionFor(clusterId, choice)
    const plan = nextPlan(clusterId, edition, current.get(clusterId) ?? null, now)
    if (!plan) return []
    const { version, validUntil } = plan
    const signed = signMessage('plan', plan, ctx.signingKey)
    return signed.then((jws) => ({ clusterId, version, contentHash: edition.hash, jws, validUntil }))
  })
  const cut = [...editions.values()].flatMap(({ roomAt }) => roomAt ?? [])
  return {
    plans: await Promise.all(signing),
    missing: [...missing.values()],
    roomAt: cut.length > 0 ? Math.min(...cut) : null,
  }
}
