import type { Db } from '../db/open.ts'
import { HOUR } from '../units.ts'
import type { JobKind } from './job.ts'

export interface ClaimedJob {
  readonly id: string
  readonly kind: JobKind
  readonly payloadJson: string
  readonly attempts: number
}

export interface NewJob {
  readonly id: string
  readonly kind: JobKind
  readonly dedupeKey: string
  readonly payloadJson: string
  readonly at: number
}

/**
 * Adds work that must happen after now, or later. A finished job of the same key starts over; one that waits stays, until the
 * earlier of both times; one that runs is told to run again, since it may have read what has just changed.
 */
export async function enqueue(db: Db, job: NewJob): Promise<void> {
  await insertJob(db, job)
    .onConflict((oc) =>
      oc.columns(['kind', 'dedupeKey']).doUpdateSet((eb) => ({
        id: eb.ref('excluded.id'),
        payloadJson: eb.ref('excluded.payloadJson'),
        state: 'waiting',
        attempts: 0,
        runAt: eb
          .case()
          .when(
            eb.and([
              eb('job.state', '=', 'waiting'),
              eb('job.leaseOwner', 'is', null),
              eb('job.runAt', '<', eb.ref('excluded.runAt')),
            ]),
          )
          .then(eb.ref('job.runAt'))
          .else(eb.ref('excluded.runAt'))
          .end(),
        leasedUntil: 0,
        leaseOwner: null,
        lastError: null,
        finishedAt: null,
      })),
    )
    .execute()
}

const TRY_FAILED_AGAIN_MS = 6 * HOUR

/**
 * Adds work whose result does not change: one that waits, runs or is done is left as it is; one that failed starts over
 * when some hours have passed.
 */
export async function enqueueOnce(db: Db, job: NewJob): Promise<void> {
  await insertJob(db, job)
    .onConflict((oc) =>
      oc
        .columns(['kind', 'dedupeKey'])
        .doUpdateSet({ state: 'waiting', attempts: 0, runAt: job.at, finishedAt: null })
        .where('job.state', '=', 'failed')
        .where('job.finishedAt', '<', job.at - TRY_FAILED_AGAIN_MS),
    )
    .execute()
}

const insertJob = (db: Db, job: NewJob) =>
  db.insertInto('job').values({
    id: job.id,
    kind: job.kind,
    dedupeKey: job.dedupeKey,
    payloadJson: job.payloadJson,
    state: 'waiting',
    attempts: 0,
    runAt: job.at,
    leasedUntil: 0,
    leaseOwner: null,
    lastError: null,
    createdAt: job.at,
    finishedAt: null,
  })

/** Takes the oldest due job of these kinds by one compare-and-swap; an expired lease is due again. */
export async function claimNext(
  db: Db,
  input: { kinds: readonly JobKind[]; at: number; leaseUntil: number; owner: string },
): Promise<ClaimedJob | null> {
  const claimed = await db
    .updateTable('job')
    .set((eb) => ({ leasedUntil: input.leaseUntil, leaseOwner: input.owner, attempts: eb('attempts', '+', 1) }))
    .where('id', '=', (eb) =>
      eb
        .selectFrom('job')
        .select('id')
        .where('state', '=', 'waiting')
        .where('kind', 'in', [...input.kinds])
        .where('runAt', '<=', input.at)
        .where('leasedUntil', '<=', input.at)
        .orderBy('runAt')
        .orderBy('id')
        .limit(1),
    )
    .where('state', '=', 'waiting')
    .where('leasedUntil', '<=', input.at)
    .returning(['id', 'kind', 'payloadJson', 'attempts'])
    .executeTakeFirst()
  return claimed ? { ...claimed, kind: claimed.kind as JobKind } : null
}

interface Held {
  readonly id: string
  readonly owner: string
}

/** False when the lease was lost in between: someone else has it, or it was enqueued anew. */
export async function renew(db: Db, { id, owner }: Held, leasedUntil: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('job')
    .set({ leasedUntil })
    .where('id', '=', id)
    .where('leaseOwner', '=', owner)
    .where('state', '=', 'waiting')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Ends a job; false when the lease was lost, and then nothing else of its transaction may stand. */
export async function finish(
  db: Db,
  { id, owner }: Held,
  end: { state: 'done' | 'failed'; at: number; error: string | null },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('job')
    .set({ state: end.state, finishedAt: end.at, lastError: end.error, leasedUntil: 0, leaseOwner: null })
    .where('id', '=', id)
    .where('leaseOwner', '=', owner)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function postpone(db: Db, { id, owner }: Held, retry: { runAt: number; error: string }): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('job')
    .set({ runAt: retry.runAt, lastError: retry.error, leasedUntil: 0, leaseOwner: null })
    .where('id', '=', id)
    .where('leaseOwner', '=', owner)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Frees at once what processes that are gone had claimed; the try counts, since it may be what killed them. */
export async function releaseLeases(db: Db, owners: readonly string[]): Promise<void> {
  if (owners.length === 0) return
  await db
    .updateTable('job')
    .set({ leasedUntil: 0, leaseOwner: null })
    .where('leaseOwner', 'in', [...owners])
    .execute()
}

/** Gives back what a stopping runner has claimed and not ended; the try does not count. */
export async function returnLeases(db: Db, owner: string): Promise<void> {
  await db
    .updateTable('job')
    .set((eb) => ({ leasedUntil: 0, leaseOwner: null, attempts: eb('attempts', '-', 1) }))
    .where('leaseOwner', '=', owner)
    .execute()
}

/** Takes work back that nobody wants any more; what runs notices that its lease is gone, and stops. */
export async function drop(
  db: Db,
  { kinds, dedupeKeys }: { kinds: readonly JobKind[]; dedupeKeys: readonly string[] },
): Promise<void> {
  await db
    .deleteFrom('job')
    .where('kind', 'in', [...kinds])
    .where('dedupeKey', 'in', [...dedupeKeys])
    .execute()
}

export async function leaseOwners(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('job').select('leaseOwner').distinct().where('leaseOwner', 'is not', null).execute()
  return rows.flatMap((row) => row.leaseOwner ?? [])
}

export async function forgetFinished(db: Db, before: number): Promise<void> {
  await db.deleteFrom('job').where('state', '=', 'done').where('finishedAt', '<', before).execute()
}

export async function countByState(db: Db): Promise<{ kind: string; state: string; n: number }[]> {
  const rows = await db
    .selectFrom('job')
    .select(['kind', 'state', (eb) => eb.fn.countAll<number>().as('n')])
    .groupBy(['kind', 'state'])
    .execute()
  return rows.map((row) => ({ ...row, n: Number(row.n) }))
}
