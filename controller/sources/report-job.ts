import { z } from 'zod'
import { SourceReport } from '#protocol/http/sources.ts'
import { BroadcastId } from '#protocol/ids.ts'
import type { Context } from '../context.ts'
import type { SourceReportTable } from '../db/schema.ts'
import { transact } from '../db/transact.ts'
import { defineJob, exponential } from '../jobs/job.ts'
import { HOUR, MINUTE, SECOND } from '../units.ts'
import { buildReport } from './build-report.ts'
import type { SourceProblem } from './problem.ts'
import * as reportStore from './reports.store.ts'

type Needs = Pick<Context, 'db' | 'bus' | 'clock' | 'log' | 'source'>
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
    if (answer.kind !== 'taken') {
      const { broadcastId, revision } = job.payload
      ctx.log.warn({ broadcastId, revision, attempt: job.attempt, reason: answer.reason }, 'report not taken')
    }
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
        return {
          kind: 'retry',
          reason: answer.reason,
          ...commit({ state: 'waiting', deliveredAt: null, lastError: JSON.stringify(answer.problem) }),
        }
      case 'refused':
        return {
          kind: 'failed',
          reason: answer.reason,
          ...commit({ state: 'failed', deliveredAt: null, lastError: JSON.stringify(answer.problem) }),
        }
    }
  },
  onGivenUp: async (tx, payload) => {
    const problem: SourceProblem = { key: 'source.gaveUp', values: {} }
    await reportStore.failReport(tx.db, payload, JSON.stringify(problem))
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
