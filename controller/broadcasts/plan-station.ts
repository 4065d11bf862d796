import type { Station } from '#protocol/http/areas.ts'
import { BroadcastId, type ClusterId } from '#protocol/ids.ts'
import { DEFAULT_CODEC, knownCodecs } from '#protocol/rules/codec.ts'
import { signMessage } from '#protocol/signing.ts'
import * as stationStore from '../areas/stations.store.ts'
import * as encodingStore from '../audio/encodings.store.ts'
import { codecsMadeBy } from '../audio/profiles.ts'
import * as clusterStore from '../clusters/clusters.store.ts'
import type { Context } from '../context.ts'
import { type Tx, transact } from '../db/transact.ts'
import { enqueueJob } from '../jobs/enqueue.ts'
import * as programmeStore from '../programmes/programmes.store.ts'
import { targetedClusters } from '../programmes/targets.ts'
import { approvedBulletins } from './approved.store.ts'
import * as broadcastStore from './broadcasts.store.ts'
import { compilePlan, contentHash, HORIZON_MS, MAX_LATE_MS, nextPlan } from './compile-plan.ts'
import * as deliveryStore from './deliveries.store.ts'
import * as planStore from './plans.store.ts'
import { readyBulletins } from './ready-bulletins.store.ts'
import { type Session, sessionsIn } from './session.ts'
import { encodingKey, suitCodec } from './suit-codec.ts'
import type { Bar } from './validity.ts'

/** Lead-in, rounding of codecs and clocks that differ. */
const TAIL_MS = 5_000

type Needs = Pick<Context, 'db' | 'bus' | 'clock' | 'newId' | 'signingKey' | 'publicUrl' | 'ffmpeg'>

/**
 * Brings the sessions of one commune for the coming week, their ledger rows and the signed plans of its clusters in
 * line with its programmes. May run at any time, twice, or in two controllers at once: keys and versions decide.
 */
export async function planStation(ctx: Needs, input: { areaCode: string }): Promise<void> {
  const station = await stationStore.findStation(ctx.db, input.areaCode)
  if (!station) return
  const now = ctx.clock.now()
  const programmes = await programmeStore.activeProgrammesOf(ctx.db, input.areaCode)
  const named = programmes.flatMap((programme) => programme.rundown.map((item) => item.bulletinId))
  const bulletins = {
    approved: await approvedBulletins(ctx.db, named),
    ready: await readyBulletins(ctx.db, named),
  }
  const sessions = sessionsIn(programmes, bulletins, station, { from: now + 1, until: now + HORIZON_MS })
  const clusters = await clusterStore.clustersOfArea(ctx.db, input.areaCode)
  const ids = clusters.map(({ id }) => id)
  await transact(ctx, (tx) => writeSessions(ctx, tx, { areaCode: input.areaCode, now, sessions, clusters: ids }))
  for (const cluster of clusters) await planCluster(ctx, cluster, station, now)
}

async function writeSessions(
  ctx: Needs,
  tx: Tx,
  { areaCode, now, sessions, clusters }: { areaCode: string; now: number; sessions: Session[]; clusters: ClusterId[] },
): Promise<void> {
  const stored = await broadcastStore.startingAfter(tx.db, areaCode, now)
  const byKey = new Map(stored.map((broadcast) => [keyOf(broadcast.programmeId, broadcast.startAt), broadcast]))
  const bars = new Map<string, Bar>()
  for (const session of sessions) {
    const key = keyOf(session.programme.id, session.startAt)
    if (session.bar) {
      bars.set(key, session.bar)
      continue
    }
    await writeSession(
      ctx,
      tx,
      session,
      byKey.get(key) ?? null,
      targetedClusters(session.programme.targets, areaCode, clusters),
    )
    byKey.delete(key)
  }
  // What is left is no longer asked for by any programme, or has nothing that it may say.
  for (const [key, broadcast] of byKey) {
    if (!(await broadcastStore.cancelPlanned(tx.db, broadcast.id, bars.get(key) ?? 'planner', now))) continue
    await deliveryStore.withdraw(tx.db, broadcast.id, now)
    await tx.event('broadcast.changed', broadcast.id)
  }
}

async function writeSession(
  ctx: Needs,
  tx: Tx,
  session: Session,
  stored: broadcastStore.StoredBroadcast | null,
  targets: readonly ClusterId[],
): Promise<void> {
  // A session that a person has cancelled stays cancelled, whatever happens to its series.
  if (stored?.cancelledBy === 'person') return
  const now = ctx.clock.now()
  const id = stored?.id ?? BroadcastId.parse(ctx.newId('brd'))
  if (!stored) await broadcastStore.insertBroadcast(tx.db, newBroadcast(id, session, now))
  const differs =
    stored && (stored.status !== 'planned' || JSON.stringify(stored.items) !== JSON.stringify(session.items))
  if (differs) await broadcastStore.replaceItems(tx.db, id, session)
  await deliveryStore.insertDeliveries(tx.db, id, targets, now)
  await deliveryStore.reinstate(tx.db, id, targets, now)
  await deliveryStore.withdraw(tx.db, id, now, targets)
  if (!stored || differs) await tx.event('broadcast.changed', id)
}

const keyOf = (programmeId: string, startAt: number): string => `${programmeId}@${startAt}`

const newBroadcast = (id: BroadcastId, session: Session, now: number): broadcastStore.StoredBroadcast => ({
  id,
  programmeId: session.programme.id,
  areaCode: session.programme.areaCode,
  startAt: session.startAt,
  endAt: session.endAt,
  level: session.level,
  status: 'planned',
  items: session.items,
  cancelledBy: null,
  createdAt: now,
  closedAt: null,
  reportRevision: 0,
})

/** Signs and stores a cluster's next plan if what it should hold has changed; publication follows the commit. */
async function planCluster(
  ctx: Needs,
  { id: clusterId, codecs }: Pick<clusterStore.ClusterRow, 'id' | 'codecs'>,
  station: Station,
  now: number,
): Promise<void> {
  // A cluster that was late may still be playing, or be about to: its session leaves the plan when that is over.
  const upcoming = await broadcastStore.upcomingOf(ctx.db, clusterId, now - MAX_LATE_MS - TAIL_MS)
  const broadcasts = await inCodecOf(ctx, codecs, upcoming)
  const current = await planStore.findPlan(ctx.db, clusterId)
  const content = compilePlan(clusterId, station, `${ctx.publicUrl}/`, broadcasts)
  const plan = nextPlan(content, current, now)
  if (!plan) return
  const jws = await signMessage('plan', plan, ctx.signingKey)
  await transact(ctx, async (tx) => {
    const row = {
      clusterId,
      version: plan.version,
      contentHash: contentHash(content),
      jws,
      validUntil: plan.validUntil,
    }
    // Another controller that was faster has read the same programmes, or will be asked again.
    if (!(await planStore.savePlan(tx.db, row, current?.version ?? 0))) return
    await tx.event('cluster.changed', clusterId)
    tx.tell('plan.changed', { clusterId })
  })
}

/** Sessions with the files that a cluster plays; what is missing is set going. */
async function inCodecOf(
  ctx: Needs,
  codecs: string,
  broadcasts: broadcastStore.StoredBroadcast[],
): Promise<broadcastStore.StoredBroadcast[]> {
  const plays = knownCodecs(codecs.split(','))
  const sources = broadcasts.flatMap(({ items }) => items.map(({ sha256 }) => sha256))
  const encodings = plays.join() === DEFAULT_CODEC ? [] : await encodingStore.encodingsOf(ctx.db, sources)
  const made = new Map(encodings.map((one) => [encodingKey(one.source, one.codec), one]))
  const suited = suitCodec(broadcasts, { plays, made: codecsMadeBy(ctx.ffmpeg.encoders) }, made)
  if (suited.missing.length > 0) {
    await transact(ctx, async (tx) => {
      for (const payload of suited.missing) {
        const key = encodingKey(payload.sha256, payload.codec)
        await enqueueJob(ctx, tx, { kind: 'encode', key, payload, once: true })
      }
    })
  }
  return suited.broadcasts
}
