import { z } from 'zod'
import { SourceReport } from '#protocol/http/sources.ts'
import { BroadcastId } from '#protocol/ids.ts'
import type { Context } from '../context.ts'
import type { SourceReportTable } from '../db/schema.ts'
import { transact } from '../db/transact.ts'
import { defineJob, exponential } from '../jobs/job.ts'
import { HOUR, MINUTE, SECOND } from '../units.ts'
import { buildReport } from './build-report.ts'
import * as reportStore from './reports.store.ts'

type Needs = Pick<Context, 'db' | 'bus' | 'clock' | 'source'>
interface Payload {
  readonly broadcastId: BroadcastId
  readonly revision: number
}

/** Delivers one report to the source, again and again with growing pauses: a source may be down for days. */
export const reportJob = defineJob<Payload, Needs>({
  kind: 'report-source',
  payload: z.object({ broadcastId: BroadcastId, revision: z.int().positive() }),
  timeoutMs: MINUTE,
  attempts: 200,
  backoff: exponential({ firstMs: 2 * SECOND, maxMs: HOUR }),
  run: async (job, ctx, signal) => {
    const { source } = ctx
    if (!source) return { kind: 'failed', reason: 'no source is configured' }
    const row = await writtenReport(ctx, job.payload, source.name)
    const key = `${job.payload.broadcastId}:${job.payload.revision}`
    const answer = await source.deliver(SourceReport.parse(JSON.parse(row.bodyJson)), key, signal)
    const at = ctx.clock.now()
    const commit = (set: Pick<SourceReportTable, 'state' | 'deliveredAt' | 'lastError'>) => ({
      commit: async (tx: Parameters<Parameters<typeof transact>[1]>[0]) => {
        await reportStore.updateReport(tx.db, job.payload, { ...set, attempts: job.attempt })
        await tx.event('source-report.changed', job.payload.broadcastId)
      },
    })
    switch (answer.kind) {
      case 'taken':
        return { kind: 'done', ...commit({ state: 'delivered', deliveredAt: at, lastError: null }) }
      case 'retry':
        return { ...answer, ...commit({ state: 'waiting', deliveredAt: null, lastError: answer.reason }) }
      case 'refused':
        return {
          kind: 'failed',
          reason: answer.reason,
          ...commit({ state: 'failed', deliveredAt: null, lastError: answer.reason }),
        }
    }
  },
  onGivenUp: async (tx, payload, reason) => {
    await reportStore.failReport(tx.db, payload, reason)
    await tx.event('source-report.changed', payload.broadcastId)
  },
})

/** The report as it was first written: every try sends the same words under the same key. */
async function writtenReport(ctx: Needs, payload: Payload, sourceName: string): Promise<SourceReportTable> {
  return transact(ctx, async (tx) => {
    const existing = await reportStore.findReport(tx.db, payload.broadcastId, payload.revision)
    if (existing) return existing
    const row: SourceReportTable = {
      ...payload,
      sourceName,
      bodyJson: JSON.stringify(await buildReport(tx.db, payload, ctx.clock.now())),
      state: 'waiting',
      attempts: 0,
      deliveredAt: null,
      lastError: null,
      createdAt: ctx.clock.now(),
    }
    await reportStore.insertReport(tx.db, row)
    return row
  })
}
