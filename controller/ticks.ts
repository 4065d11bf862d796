import cron from 'node-cron'
import { collectGarbage } from './audio/collect-garbage.ts'
import { closeOverdue } from './broadcasts/close.ts'
import type { PlanPublisher } from './broadcasts/publish-plans.ts'
import { rollOn } from './broadcasts/replan.ts'
import { noticeSilence } from './clusters/presence.ts'
import type { Context } from './context.ts'
import * as eventStore from './db/events.store.ts'
import { transact } from './db/transact.ts'
import * as jobStore from './jobs/jobs.store.ts'
import { enqueueReviews } from './programmes/inbox/enqueue-reviews.ts'
import { trimSpeechCache } from './speech/trim-cache.ts'
import { DAY } from './units.ts'
import { expireUploads } from './uploads/expire.ts'

const KEEP_EVENTS_MS = 7 * DAY
const KEEP_JOBS_MS = 7 * DAY

/** Time alone brings back what was put off, and sessions near enough for what must air. */
export async function tickInbox(ctx: Context): Promise<void> {
  await transact(ctx, (tx) => enqueueReviews(ctx, tx, null))
}

/** Ledger rows whose time is over, clusters that have gone silent. */
export async function tickLedger(ctx: Context, startedAt: number): Promise<void> {
  await closeOverdue(ctx)
  await noticeSilence(ctx, startedAt)
}

export async function tickHousekeeping(ctx: Context): Promise<void> {
  const now = ctx.clock.now()
  await eventStore.forgetEvents(ctx.db, now - KEEP_EVENTS_MS)
  await jobStore.forgetFinished(ctx.db, now - KEEP_JOBS_MS)
  const garbage = await collectGarbage(ctx)
  const sentences = await trimSpeechCache(ctx.dataDir, { maxBytes: ctx.config.speechCacheBytes, now })
  ctx.log.info({ garbage, sentences }, 'audio tidied')
}

/** Runs the ticks by the wall clock until disposed; one that still runs is not started again. */
export function startTicks(ctx: Context, plans: PlanPublisher): AsyncDisposable {
  const startedAt = ctx.clock.now()
  const running = new Set<Promise<void>>()
  const every = (expression: string, name: string, tick: () => Promise<void>) =>
    cron.schedule(
      expression,
      async () => {
        const run = tick().catch((err: unknown) => ctx.log.error({ err, tick: name }, 'tick failed'))
        running.add(run)
        await run
        running.delete(run)
      },
      { noOverlap: true, name },
    )
  const tasks = [
    every('*/10 * * * *', 'planner', () => rollOn(ctx)),
    every('*/10 * * * *', 'inbox', () => tickInbox(ctx)),
    every('*/10 * * * * *', 'plans', async () => {
      if (ctx.devices.connected) await plans.publishPending()
    }),
    every('*/10 * * * * *', 'ledger', () => tickLedger(ctx, startedAt)),
    every('23 * * * *', 'uploads', () => expireUploads(ctx)),
    every('17 3 * * *', 'housekeeping', () => tickHousekeeping(ctx)),
  ]
  return {
    [Symbol.asyncDispose]: async () => {
      await Promise.all(tasks.map((task) => task.destroy()))
      await Promise.all(running)
    },
  }
}
