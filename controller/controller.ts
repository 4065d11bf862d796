import { getRequestListener } from '@hono/node-server'
import { syncNight } from './areas/sync-night.ts'
import * as planStore from './broadcasts/plans.store.ts'
import { PlanPublisher } from './broadcasts/publish-plans.ts'
import { planEverything } from './broadcasts/replan.ts'
import * as clusterStore from './clusters/clusters.store.ts'
import { JournalRecorder } from './clusters/journal-recorder.ts'
import { StatusRecorder } from './clusters/status-recorder.ts'
import type { Config } from './config.ts'
import { type Context, createContext, type Overrides } from './context.ts'
import { createApp } from './http/app.ts'
import { jobLanes, jobRegistry } from './jobs/registry.ts'
import { JobRunner } from './jobs/runner.ts'
import { handleClusterMessages } from './mqtt/handlers.ts'
import { syncRelays } from './relays/sync.ts'
import { warmUp } from './speech/normalise/warm-up.ts'
import { Teardown } from './teardown.ts'
import { startTicks } from './ticks.ts'
import { finishWhole } from './uploads/finish.ts'
import { removeUploadFile } from './uploads/folder.ts'

/** A running controller; disposing drains it and stops it. */
export interface Controller extends AsyncDisposable {
  readonly ctx: Context
  readonly jobs: JobRunner<Context>
  readonly journal: JournalRecorder
}

/** Starts everything in the order in which it can be relied on, and wires who hears of what: the whole of it is here. */
export async function startController(config: Config, overrides: Overrides = {}): Promise<Controller> {
  await using stack = new Teardown()
  const ctx = stack.use(await createContext(config, overrides))
  const report = (what: string) => (err: unknown) => ctx.log.warn({ err }, what)

  const status = stack.use(new StatusRecorder(ctx))
  const journal = stack.use(new JournalRecorder(ctx))
  handleClusterMessages(ctx, { status, journal })

  const jobs = stack.use(new JobRunner(ctx, jobRegistry, jobLanes))
  ctx.bus.on('job.enqueued', () => jobs.wake())
  ctx.bus.on('upload.settled', ({ uploadId }) => removeUploadFile(ctx.dataDir, uploadId))
  const plans = new PlanPublisher(ctx)
  ctx.bus.on('plan.changed', ({ clusterId }) => plans.publish(clusterId))

  // An empty Mosquitto takes a while to learn thousands of accounts; those that it knows need not wait for it.
  const syncing = ctx.broker.sync(await clusterStore.allAccess(ctx.db)).catch(report('broker accounts not in order'))
  stack.defer(() => syncing)
  // The embedded broker has forgotten what it retained; for Mosquitto, publishing again changes nothing.
  await planStore.forgetPublished(ctx.db)
  await ctx.devices.start()
  ctx.devices.onConnect(() => plans.publishPending().catch(report('plans not published yet')))
  await plans.publishPending()

  await syncRelays(ctx)
  await syncNight(ctx)
  warmUp()
  // Settings and program may be others than when it was last planned.
  await planEverything(ctx)
  await finishWhole(ctx)
  await jobs.start()
  stack.use(startTicks(ctx, plans))
  ctx.listener.serve(getRequestListener(createApp(ctx).fetch))
  ctx.log.info({ url: ctx.publicUrl, mqtt: ctx.mqttPublicUrl }, 'controller ready')

  const owned = stack.move()
  return { ctx, jobs, journal, [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose]() }
}
