import type { Clock } from '../clock.ts'
import type { Tx } from '../db/transact.ts'
import type { NewId } from '../ids.ts'
import type { JobKind } from './job.ts'
import * as jobStore from './jobs.store.ts'

/** Adds a job in the transaction that needs it and wakes the runners after commit. */
export async function enqueueJob(
  ctx: { clock: Clock; newId: NewId },
  tx: Tx,
  job: { kind: JobKind; key: string; payload: unknown; delayMs?: number },
): Promise<void> {
  await jobStore.enqueue(tx.db, {
    id: ctx.newId('job'),
    kind: job.kind,
    dedupeKey: job.key,
    payloadJson: JSON.stringify(job.payload),
    at: ctx.clock.now() + (job.delayMs ?? 0),
  })
  tx.tell('job.enqueued', { kind: job.kind })
}
