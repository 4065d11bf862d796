import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeJwt } from 'jose'
import { ClusterIdentity, type ClusterPlan, JournalEntry } from '#protocol/messages.ts'
import { filesOf } from '#protocol/rules/relay.ts'
import { systemClock as clock } from '../../controller/clock.ts'
import { createFleet } from '../../firmware-sim/fleet.ts'
import type { Answer, Session } from '../support/session.ts'
import { startTestController, type TestController } from '../support/start-controller.ts'
import { until } from '../support/until.ts'

export interface WithdrawalFigures {
  readonly communes: number
  readonly clusters: number
  /** From the press of the button to the answer: from then on nothing brings the bulletin back. */
  readonly answeredMs: number
  /** To a verified plan without it on the disk of half of the clusters, and of the last; promised is a minute. */
  readonly p50Ms: number
  readonly lastMs: number
  /** The baseline: every commune planned again for another volume, which withdraws nothing. */
  readonly replannedLastMs: number
}

const AREAS = ['00004', '00008', '00025', '00070', '00082', '00091', '00097', '00103']
/** Two a day; the planned week begins tomorrow. */
const SESSIONS = 12
const PATIENCE_MS = 5 * 60_000

/**
 * Several communes air a bulletin twice a day, each time beside another one; it is withdrawn. The clusters are simulated
 * ones over MQTT: each checks its new plan, writes it to its disk and journals when it has done so, by the same clock.
 */
export async function withdrawalBench(
  options: { communes?: number; clustersEach?: number } = {},
): Promise<WithdrawalFigures> {
  const areas = AREAS.slice(0, options.communes ?? 6)
  const stateDir = await mkdtemp(join(tmpdir(), 'loa-bench-'))
  try {
    await using t = await startTestController()
    const admin = await t.signIn()
    const identities = await enrol(admin, areas, options.clustersEach ?? 20)
    await using fleet = await createFleet({ identities, stateDir, decode: false })
    await fleet.start()
    await fleet.connected()
    const [wrong, right] = [await approved(admin, 'Mức phạt hai triệu đồng.'), await approved(admin, 'Giữ vệ sinh.')]
    for (const areaCode of areas) {
      for (const startTime of ['05:30', '17:00'])
        await airDaily(admin, { areaCode, startTime, rundown: [wrong, right] })
    }
    await until(
      'everybody to hold the week',
      async () => (await plansNaming(t, wrong.sha256, SESSIONS)) === identities.length,
      PATIENCE_MS,
    )
    const replanned = await spread(t, identities.length, async () => {
      for (const area of areas) await resetVolume(admin, area)
    })
    const withdrawn = await spread(t, identities.length, () =>
      ok(admin.post(`/api/bulletins/${wrong.id}/withdraw`, { reason: 'Nghị định đã được sửa đổi.' })),
    )
    await until(
      'everybody to hold the rest',
      async () => (await plansNaming(t, right.sha256, SESSIONS)) === identities.length,
    )
    if ((await plansNaming(t, wrong.sha256, 1)) > 0) throw new Error('what was withdrawn is still in a plan')
    const { answeredMs, latencies } = withdrawn
    return {
      communes: areas.length,
      clusters: identities.length,
      answeredMs,
      p50Ms: latencies[Math.floor(latencies.length / 2)] ?? 0,
      lastMs: latencies.at(-1) ?? 0,
      replannedLastMs: replanned.latencies.at(-1) ?? 0,
    }
  } finally {
    await rm(stateDir, { recursive: true, force: true })
  }
}

async function enrol(admin: Session, areas: readonly string[], clustersEach: number): Promise<ClusterIdentity[]> {
  const identities: ClusterIdentity[] = []
  for (const areaCode of areas) {
    for (let i = 1; i <= clustersEach; i++) {
      const { identity } = await ok(admin.post('/api/clusters', { name: `Cụm loa ${i}`, areaCode }))
      identities.push(ClusterIdentity.parse(identity))
    }
  }
  return identities
}

async function approved(admin: Session, script: string): Promise<{ id: string; sha256: string }> {
  const { id } = await ok(admin.post('/api/bulletins', { title: script, class: 'ordinary', script, targets: ['01'] }))
  for (const step of ['submit', 'approve']) await ok(admin.post(`/api/bulletins/${id}/${step}`))
  return until('the sound', async () => {
    const { audio } = (await ok(admin.get(`/api/bulletins/${id}`))).rendition
    return audio && { id, sha256: audio.sha256 }
  })
}

async function airDaily(
  admin: Session,
  { areaCode, startTime, rundown }: { areaCode: string; startTime: string; rundown: readonly { id: string }[] },
): Promise<void> {
  await ok(
    admin.post('/api/programmes', {
      name: 'Bản tin',
      areaCode,
      startsOn: new Date(clock.now() + 31 * 3_600_000).toISOString().slice(0, 10),
      startTime,
      repeat: { kind: 'rrule', rrule: 'FREQ=DAILY' },
      targets: { areas: [areaCode] },
      rundown: rundown.map(({ id }) => ({ kind: 'bulletin', bulletinId: id })),
    }),
  )
}

async function resetVolume(admin: Session, areaCode: string): Promise<void> {
  const station = await ok(admin.get(`/api/stations/${areaCode}`))
  await ok(admin.put(`/api/stations/${areaCode}`, { ...station, volume: { day: 70, night: 40 } }))
}

/** How many clusters hold their newest plan, and in it a sound in so many sessions. */
async function plansNaming(t: TestController, sha256: string, atLeast: number): Promise<number> {
  const held = new Set((await acceptances(t, 0)).map(({ clusterId, entry }) => `${clusterId} ${entry.planVersion}`))
  const plans = await t.controller.ctx.db.selectFrom('clusterPlan').select(['clusterId', 'version', 'jws']).execute()
  return plans.filter(({ clusterId, version, jws }) => {
    const { occurrences } = decodeJwt<Pick<ClusterPlan, 'occurrences'>>(jws)
    const naming = occurrences.filter(({ items }) => filesOf(items).some((item) => item.sha256 === sha256))
    return held.has(`${clusterId} ${version}`) && naming.length >= atLeast
  }).length
}

/** What clusters have journalled of plans that they have taken since an instant. */
async function acceptances(t: TestController, since: number): Promise<{ clusterId: string; entry: JournalEntry }[]> {
  const rows = await t.controller.ctx.db
    .selectFrom('journalEntry')
    .select(['clusterId', 'entryJson'])
    .where('kind', '=', 'plan-accepted')
    .where('at', '>=', since)
    .execute()
  return rows.map(({ clusterId, entryJson }) => ({ clusterId, entry: JournalEntry.parse(JSON.parse(entryJson)) }))
}

/** How long after a deed each of so many clusters holds another plan, in ascending order. */
async function spread(
  t: TestController,
  clusters: number,
  deed: () => Promise<unknown>,
): Promise<{ answeredMs: number; latencies: number[] }> {
  const startedAt = clock.now()
  await deed()
  const answeredMs = clock.now() - startedAt
  const first = await until(
    'everybody to hold another plan',
    async () => {
      const firsts = new Map<string, number>()
      for (const { clusterId, entry } of await acceptances(t, startedAt)) {
        firsts.set(clusterId, Math.min(firsts.get(clusterId) ?? Number.POSITIVE_INFINITY, entry.at))
      }
      return firsts.size === clusters && firsts
    },
    PATIENCE_MS,
  )
  return { answeredMs, latencies: [...first.values()].map((at) => at - startedAt).sort((a, b) => a - b) }
}

async function ok(answer: Promise<Answer>): Promise<Answer['body']> {
  const { status, body } = await answer
  if (status >= 300) throw new Error(`refused: ${status} ${JSON.stringify(body)}`)
  return body
}
