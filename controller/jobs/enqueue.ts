import type { Clock } from '../clock.ts'
import type { Tx } from '../db/transact.ts'
import type { NewId } from '../ids.ts'
import type { JobKind } from './job.ts'
import * as jobStore from './jobs.store.ts'

interface JobRequest {
  readonly kind: JobKind
  readonly key: string
  readonly payload: unknown
  readonly delayMs?: number
  /** The same key always gives the same result: asking again while it waits, runs or is done changes nothing. */
  readonly once?: boolean
}

/** Adds a job in the transaction that needs it and wakes the runners after commit. */
export async function enqueueJob(ctx: { clock: Clock; newId: NewId }, tx: Tx, job: JobRequest): Promise<void> {
  const enqueue = job.once ? jobStore.enqueueOnce : jobStore.enqueue
  await enqueue(tx.db, {
    id: ctx.newId('job'),
    kind: job.kind,
    dedupeKey: job.key,
    payloadJson: JSON.stringify(job.payload),
    at: ctx.clock.now() + (job.delayMs ?? 0),
  })
  tx.tell('job.enqueued', { kind: job.kind })
}
