import type { Kysely } from 'kysely'
import { importSigningKey, newSigningJwk, type SigningKey } from '#protocol/signing.ts'
import { planStation } from '../../controller/broadcasts/plan-station.ts'
import { type Bus, createBus } from '../../controller/bus.ts'
import { type Config, parseConfig } from '../../controller/config.ts'
import type { Tables } from '../../controller/db/schema.ts'
import type { NewId } from '../../controller/ids.ts'
import * as jobStore from '../../controller/jobs/jobs.store.ts'
import { createLogger, type Logger } from '../../controller/logger.ts'
import { FakeClock } from './fake-clock.ts'

/** As much of a controller as plans, cancels and keeps the ledger: no sockets, no timers. */
export interface Planner {
  readonly db: Kysely<Tables>
  readonly bus: Bus
  readonly clock: FakeClock
  readonly newId: NewId
  readonly log: Logger
  readonly signingKey: SigningKey
  readonly publicUrl: string
  readonly ffmpeg: { readonly encoders: ReadonlySet<string> }
  readonly config: Config
  readonly source: null
}

export async function createPlanner(
  db: Kysely<Tables>,
  set: { now: number; env?: Record<string, string>; clock?: FakeClock; name?: string },
): Promise<Planner> {
  const log = createLogger('silent')
  let made = 0
  return {
    db,
    bus: createBus(log),
    clock: set.clock ?? new FakeClock(set.now),
    newId: (prefix) => `${prefix}_${set.name ?? 'made'}${String(++made).padStart(8, '0')}`,
    log,
    signingKey: await importSigningKey(await newSigningJwk()),
    publicUrl: 'http://127.0.0.1:1',
    // Makes no codec but the default one.
    ffmpeg: { encoders: new Set(['libmp3lame']) },
    config: parseConfig({ LOA_LEAD_SECONDS: '60', ...set.env }),
    source: null,
  }
}

/** Plans every station that waits for it, as the job runner does; says how many. */
export async function planWaiting(planner: Planner): Promise<number> {
  for (let planned = 0; ; planned++) {
    const owner = planner.newId('boot')
    const at = planner.clock.now()
    const job = await jobStore.claimNext(planner.db, { kinds: ['plan-station'], at, leaseUntil: at + 1, owner })
    if (!job) return planned
    await planStation(planner, JSON.parse(job.payloadJson))
    await jobStore.finish(planner.db, { id: job.id, owner }, { state: 'done', at, error: null })
  }
}
