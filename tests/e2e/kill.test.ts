import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { civilTime } from '#protocol/rules/civil-time.ts'
import { createSourceServer } from '../../firmware-sim/source-server.ts'
import { type ChildProgram, startChild } from '../support/child-program.ts'
import { AREA, AT_ANY_HOUR, enrolClusters } from '../support/commune.ts'
import { freePort } from '../support/ports.ts'
import { type Session, signUp } from '../support/session.ts'
import { until } from '../support/until.ts'

const CLUSTERS = 3
const SECOND = 1_000

/** Long enough that speaking and mixing can be caught in the act. */
const SCRIPT = Array.from(
  { length: 80 },
  (_, i) => `Đây là câu số ${i + 1} của bản tin dài dùng để thử, bà con nghe cho rõ từng câu một.`,
).join('\n')

test('the main job is done exactly once though the controller is killed at five points of it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'loa-kill-'))
  await using source = await createSourceServer({ token: 'token-for-this-test' })
  const dataDir = join(folder, 'data')
  const env = {
    LOA_DATA_DIR: dataDir,
    LOA_HTTP_PORT: String(await freePort()),
    LOA_MQTT_PORT: String(await freePort()),
    LOA_LOG_LEVEL: 'error',
    LOA_LEAD_SECONDS: '0',
    ...AT_ANY_HOUR,
    LOA_SOURCE_URL: source.url,
    LOA_SOURCE_TOKEN: 'token-for-this-test',
  }
  let controller: ChildProgram = startChild('controller/main.ts', [], env)
  const killAndRestart = async (): Promise<void> => {
    await controller.kill9()
    controller = startChild('controller/main.ts', [], env)
    await controller.line(/^Loa Xã: /)
  }
  let fleet: ChildProgram | null = null
  try {
    const link = /http\S+/.exec(await controller.line(/moi\?token=/))?.[0] ?? ''
    const admin = await signUp(new URL(link).origin, link, 'quan-tri')
    fleet = await startFleet(admin, folder)

    const { body: bulletin } = await admin.post('/api/bulletins', {
      title: 'Bản tin thử',
      class: 'ordinary',
      script: SCRIPT,
      targets: [AREA],
    })
    await reaches(admin, bulletin.id, 'speaking')
    await killAndRestart()
    await reaches(admin, bulletin.id, 'mixing')
    await killAndRestart()
    await reaches(admin, bulletin.id, 'ready')
    await admin.post(`/api/bulletins/${bulletin.id}/submit`)
    await admin.post(`/api/bulletins/${bulletin.id}/approve`)

    const startAt = Math.ceil(Date.now() / SECOND) * SECOND + 25 * SECOND
    const { date, time } = civilTime(startAt, 'Asia/Ho_Chi_Minh')
    const programme = await admin.post('/api/programmes', {
      name: 'Buổi thử',
      areaCode: AREA,
      startsOn: date,
      startTime: time,
      targets: { areas: [AREA] },
      rundown: [{ kind: 'bulletin', bulletinId: bulletin.id, excerptMs: 8_000 }],
    })
    expect(programme.status).toBe(201)
    await killAndRestart()

    const broadcast = await until(
      'the session to be on air',
      async () => {
        const { body } = await admin.get('/api/broadcasts')
        const [item] = body.items
        return item?.tally.playing === CLUSTERS && item
      },
      60_000,
    )
    source.hangNext(1, { storing: true })
    await killAndRestart()
    await until('the source to take the report without answering', async () => source.reports.length === 1)
    await killAndRestart()

    const closed = await until('the ledger to be closed and reported', async () => {
      const { body } = await admin.get(`/api/broadcasts/${broadcast.id}`)
      return body.reports?.[0]?.state === 'delivered' && body
    })
    expect(closed.tally).toEqual({ played: CLUSTERS })
    expect(closed.reports).toHaveLength(1)
    expect(source.reports.map((stored) => stored.report)).toMatchObject([
      { broadcastId: broadcast.id, revision: 1, clustersPlanned: CLUSTERS, clustersPlayed: CLUSTERS },
    ])
    // Two deliveries of one key: the one that was never answered, and its repetition.
    expect(source.attempts).toBeGreaterThanOrEqual(2)
    expect(await readdir(join(folder, 'wav'))).toHaveLength(CLUSTERS)
  } finally {
    await fleet?.[Symbol.asyncDispose]()
    await controller[Symbol.asyncDispose]()
  }
  const kept = whatIsKept(join(dataDir, 'loa.db'))
  expect(kept).toEqual({
    startedPerCluster: Array.from({ length: CLUSTERS }, () => 1),
    broadcasts: 1,
    audioAssets: 1,
    openJobs: 0,
  })
  await rm(folder, { recursive: true, force: true })
}, 240_000)

async function startFleet(admin: Session, folder: string): Promise<ChildProgram> {
  const identities = await enrolClusters(admin, CLUSTERS)
  const file = join(folder, 'identities.json')
  await writeFile(file, JSON.stringify(identities))
  const folders = ['--state', join(folder, 'state'), '--wav', join(folder, 'wav')]
  const fleet = startChild('firmware-sim/main.ts', ['--identities', file, ...folders])
  await fleet.line(/"ready":true/)
  return fleet
}

const reaches = (admin: Session, id: string, step: string): Promise<unknown> =>
  until(
    `production to reach ${step}`,
    async () => {
      const { body } = await admin.get(`/api/bulletins/${id}`)
      return body.rendition?.step === step
    },
    90_000,
  )

function whatIsKept(file: string): unknown {
  const db = new Sqlite(file, { readonly: true })
  const one = (sql: string): unknown => Object.values(db.prepare(sql).get() as object)[0]
  const started = db
    .prepare(`select count(*) n from "journalEntry" where kind = 'started' group by "clusterId"`)
    .all() as { n: number }[]
  const kept = {
    startedPerCluster: started.map((row) => row.n),
    broadcasts: one('select count(*) from broadcast'),
    audioAssets: one('select count(*) from "audioAsset"'),
    openJobs: one(`select count(*) from job where state = 'waiting'`),
  }
  db.close()
  return kept
}
