import type { BulletinClass } from '#protocol/http/bulletins.ts'
import type { BulletinId } from '#protocol/ids.ts'
import { civilTime } from '#protocol/rules/civil-time.ts'
import { importSigningKey, newSigningJwk } from '#protocol/signing.ts'
import { OPERATOR } from '../../../controller/accounts/actor.ts'
import { migrateAuth } from '../../../controller/accounts/auth.ts'
import * as areaStore from '../../../controller/areas/areas.store.ts'
import * as stationStore from '../../../controller/areas/stations.store.ts'
import { DEFAULT_STATION } from '../../../controller/areas/stations.ts'
import { findFfmpeg } from '../../../controller/audio/find-ffmpeg.ts'
import * as broadcastStore from '../../../controller/broadcasts/broadcasts.store.ts'
import { closeOverdue } from '../../../controller/broadcasts/close.ts'
import { planJob } from '../../../controller/broadcasts/plan-job.ts'
import { enqueuePlan } from '../../../controller/broadcasts/replan.ts'
import { approveBulletin } from '../../../controller/bulletins/approve.ts'
import * as renditionStore from '../../../controller/bulletins/renditions.store.ts'
import { submitBulletin } from '../../../controller/bulletins/submit.ts'
import { createBus } from '../../../controller/bus.ts'
import { parseConfig } from '../../../controller/config.ts'
import { migrate, openDatabase } from '../../../controller/db/open.ts'
import { transact } from '../../../controller/db/transact.ts'
import { type NewId, randomId } from '../../../controller/ids.ts'
import * as jobStore from '../../../controller/jobs/jobs.store.ts'
import { createLogger } from '../../../controller/logger.ts'
import * as inboxStore from '../../../controller/programmes/inbox/inbox.store.ts'
import { reviewJob } from '../../../controller/programmes/inbox/review-job.ts'
import * as programmeStore from '../../../controller/programmes/programmes.store.ts'
import { audioOf, insertBulletin, insertCluster } from '../../db/rows.ts'
import { FakeClock } from '../../support/fake-clock.ts'

/** Monday 23 November 2026, 08:00 in Việt Nam. */
export const MORNING = Date.UTC(2026, 10, 23, 1)
const LEASE_MS = 30_000
const PROVINCE = '96'

/** The parts of a controller that decide what airs when, with a queue that a test turns by hand. */
export async function openDesk() {
  const clock = new FakeClock(MORNING)
  const log = createLogger('silent')
  const database = openDatabase({ kind: 'sqlite', file: ':memory:' })
  await migrate(database)
  const { db } = database
  const bus = createBus(log)
  const publicUrl = 'http://127.0.0.1'
  await migrateAuth(database, { secret: 'a secret of thirty-two characters', publicUrl, log, bus })
  await areaStore.insertAreas(db, [area(PROVINCE, null)])
  const newId: NewId = randomId
  const ctx = {
    db,
    bus,
    clock,
    newId,
    log,
    source: null,
    config: parseConfig({ LOA_LEAD_SECONDS: '60' }),
    signingKey: await importSigningKey(await newSigningJwk()),
    publicUrl,
    ffmpeg: await findFfmpeg({ path: null }, { clock }),
  }
  let made = 0
  return {
    ctx,
    /** A commune with a station and two clusters. */
    async commune(): Promise<string> {
      const areaCode = String(10_000 + ++made)
      await areaStore.insertAreas(db, [area(areaCode, PROVINCE)])
      await stationStore.saveStation(db, { areaCode, name: 'Đài', ...DEFAULT_STATION }, 1)
      await insertCluster(db, areaCode)
      await insertCluster(db, areaCode)
      return areaCode
    },
    /** An approved bulletin whose sound is ready. */
    async bulletin(areaCode: string, kind: BulletinClass, ms: number): Promise<BulletinId> {
      const { id, versionId } = await insertBulletin(db, { targets: [areaCode], class: kind })
      await renditionStore.setReady(db, versionId, audioOf(id, ms), 1)
      await submitBulletin(ctx, { actor: OPERATOR, id })
      await approveBulletin(ctx, { actor: OPERATOR, id })
      return id
    },
    /**
     * Does all that is to be done. `dies` says of each job in turn whether its process is killed when the work is done and
     * before that is known; two processes share the queue.
     */
    async settle(areaCode: string, dies: readonly boolean[] = []): Promise<void> {
      await closeOverdue(ctx)
      await transact(ctx, (tx) => enqueuePlan(ctx, tx, areaCode))
      for (let round = 0; ; round++) {
        if (round > 200) throw new Error('it never comes to rest')
        const claimed = [await claim('one'), await claim('two')].flatMap((job) => job ?? [])
        if (claimed.length === 0) return
        await Promise.all(claimed.map((job) => run(job, dies[round % dies.length] ?? false)))
      }
    },
    async state(areaCode: string, bulletinId: BulletinId) {
      return inboxStore.findItem(db, { areaCode, bulletinId })
    },
    sessions: (areaCode: string) =>
      broadcastStore.sessionsOfArea(db, areaCode, { now: 0, endsAfter: 0, fromDate: '2000-01-01' }),
    programmes: (areaCode: string) => programmeStore.activeProgrammesOf(db, areaCode),
    localOf: (at: number) => civilTime(at, DEFAULT_STATION.timeZone),
    [Symbol.asyncDispose]: () => db.destroy(),
  }

  async function claim(owner: string) {
    const at = clock.now()
    const kinds = ['plan-station', 'review-inbox'] as const
    const job = await jobStore.claimNext(db, { kinds, at, leaseUntil: at + LEASE_MS, owner })
    return job && { ...job, owner }
  }

  type Claimed = jobStore.ClaimedJob & { readonly owner: string }
  async function run({ id, owner, kind, payloadJson, attempts }: Claimed, dies: boolean): Promise<void> {
    const definition = kind === 'plan-station' ? planJob : reviewJob
    const payload = definition.payload.parse(JSON.parse(payloadJson))
    const job = { id, payload: payload as never, attempt: attempts, isLastAttempt: false }
    const outcome = await definition.run(job, ctx, new AbortController().signal)
    if (dies && attempts === 1) return jobStore.releaseLeases(db, [owner])
    await transact(ctx, async (tx) => {
      const end = { state: 'done', at: clock.now(), error: null } as const
      if (await jobStore.finish(tx.db, { id, owner }, end)) await outcome.commit?.(tx)
    })
  }
}

export type Desk = Awaited<ReturnType<typeof openDesk>>

const area = (code: string, parentCode: string | null) => ({
  code,
  name: code,
  kind: parentCode ? ('commune' as const) : ('province' as const),
  parentCode,
  searchName: code,
  validFrom: '2025-07-01',
})
