import { Hono } from 'hono'
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import * as assetStore from '../audio/assets.store.ts'
import * as clusterStore from '../clusters/clusters.store.ts'
import type { Context } from '../context.ts'
import * as jobStore from '../jobs/jobs.store.ts'
import * as budgetStore from '../speech/budget.store.ts'
import { billingMonth } from '../speech/budget.ts'
import type { AppEnv } from './env.ts'

type Needs = Pick<Context, 'db' | 'devices' | 'config' | 'clock'>

/** `/healthz`: the process answers. `/readyz`: it can do its work. `/metrics`: for Prometheus. */
export const healthRoutes = (ctx: Needs) => {
  const registry = createRegistry(ctx)
  return new Hono<AppEnv>()
    .get('/healthz', (c) => c.text('ok'))
    .get('/readyz', async (c) => {
      await clusterStore.countByPresence(ctx.db)
      return ctx.devices.connected ? c.text('ready') : c.text('broker not connected', 503)
    })
    .get('/metrics', async (c) => c.text(await registry.metrics(), 200, { 'content-type': registry.contentType }))
}

function createRegistry(ctx: Needs): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read())
      },
    })
  gauge('loa_broker_connected', '1 while the controller is connected to the broker', () =>
    Number(ctx.devices.connected),
  )
  gauge('loa_mqtt_queued', 'Messages that wait for the broker', () => ctx.devices.stats().queued)
  const counter = (name: string, help: string, read: () => number) =>
    new Counter({
      name,
      help,
      registers: [registry],
      collect() {
        this.reset()
        this.inc(read())
      },
    })
  counter('loa_mqtt_received_total', 'Messages received from clusters', () => ctx.devices.stats().received)
  counter('loa_mqtt_dropped_total', 'Messages from clusters that no schema accepts', () => ctx.devices.stats().dropped)
  counter('loa_mqtt_published_total', 'Messages that the broker has taken', () => ctx.devices.stats().published)
  new Gauge({
    name: 'loa_clusters',
    help: 'Clusters by presence',
    labelNames: ['presence'],
    registers: [registry],
    async collect() {
      this.reset()
      for (const { presence, n } of await clusterStore.countByPresence(ctx.db)) this.set({ presence }, n)
    },
  })
  new Gauge({
    name: 'loa_jobs',
    help: 'Jobs by kind and state',
    labelNames: ['kind', 'state'],
    registers: [registry],
    async collect() {
      this.reset()
      for (const { kind, state, n } of await jobStore.countByState(ctx.db)) this.set({ kind, state }, n)
    },
  })
  measureSpeechBudget(ctx, registry)
  measureAudio(ctx, registry)
  return registry
}

function measureAudio({ db }: Needs, registry: Registry): void {
  const gauge = (name: string, help: string, read: (kept: assetStore.KeptAudio) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ['origin', 'used'],
      registers: [registry],
      async collect() {
        this.reset()
        for (const kept of await assetStore.countKept(db)) {
          this.set({ origin: kept.origin, used: String(kept.isUsed) }, read(kept))
        }
      },
    })
  gauge('loa_audio_files', 'Audio files by how they came to be and whether anything names them', ({ files }) => files)
  gauge('loa_audio_bytes', 'Bytes of audio by how it came to be and whether anything names it', ({ bytes }) => bytes)
}

function measureSpeechBudget({ db, config, clock }: Needs, registry: Registry): void {
  const limits = Object.entries(config.speech.google?.limits ?? {})
  const gauge = (name: string, help: string, read: (family: string, limit: number) => Promise<number>) =>
    new Gauge({
      name,
      help,
      labelNames: ['family'],
      registers: [registry],
      async collect() {
        for (const [family, limit] of limits) this.set({ family }, await read(family, limit))
      },
    })
  gauge(
    'loa_speech_budget_characters',
    'Characters that may be sent to speech services this month',
    async (_, limit) => limit,
  )
  gauge('loa_speech_used_characters', 'Characters sent to speech services this month', (family) =>
    budgetStore.usedIn(db, { month: billingMonth(clock.now()), family }),
  )
}
