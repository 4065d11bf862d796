import { createServer } from 'node:net'
import { Aedes } from 'aedes'
import mqtt, { type MqttClient } from 'mqtt'
import { type ClusterPlan, PlanOccurrence } from '#protocol/messages.ts'
import { importSigningKey, newSigningJwk, signMessage } from '#protocol/signing.ts'
import { topics } from '#protocol/topics.ts'
import { systemClock as clock } from '../../controller/clock.ts'
import { randomId, randomSecret } from '../../controller/ids.ts'
import { createLogger } from '../../controller/logger.ts'
import type { Broker } from '../../controller/mqtt/broker.ts'
import { clusterPassword } from '../../controller/mqtt/credentials.ts'
import { createEmbeddedBroker } from '../../controller/mqtt/embedded-broker.ts'
import { createMqttLink } from '../../controller/mqtt/link.ts'
import { createMosquittoBroker } from '../../controller/mqtt/mosquitto-broker.ts'
import { startMosquitto, startOpenMosquitto } from '../support/mosquitto.ts'
import { requireProgram } from '../support/programs.ts'

interface Spread {
  readonly p50Ms: number
  readonly p99Ms: number
  /** From the first publish to the last arrival. */
  readonly totalMs: number
}
interface Comparison {
  readonly subscribers: number
  readonly ours: Spread
  readonly raw: Spread
  /** Total of ours to total of the raw broker: the median of the rounds. */
  readonly ratio: number
}
export interface FanoutFigures {
  /** Of one signed plan. */
  readonly bytes: number
  readonly embedded: Comparison
  /** Null where Mosquitto is not installed. */
  readonly mosquitto: Comparison | null
}

const SUBSCRIBERS = 2_000
/** Fewer: up to 2.0, granting takes Mosquitto time that grows with the square. */
const MOSQUITTO_SUBSCRIBERS = 500
const ROUNDS = 9
const OCCURRENCES = 14
const CONNECT_AT_ONCE = 50

const log = createLogger('error')
const planTopic = (clusterId: string): string => topics.plan.path({ clusterId })

/**
 * One signed plan of a week to each of n connected clusters, retained and acknowledged: through the link and a broker
 * with accounts and rights, against the same bytes sent by bare mqtt.js through the bare broker. Subscribers share the
 * process with both, so what they cost counts on both sides.
 */
export async function fanoutBench(options: { subscribers?: number } = {}): Promise<FanoutFigures> {
  const subscribers = options.subscribers ?? SUBSCRIBERS
  const clusterIds = Array.from({ length: subscribers }, (_, i) => `clu_${i}`)
  const jws = await signedPlan()
  const few = clusterIds.slice(0, MOSQUITTO_SUBSCRIBERS)
  return {
    bytes: jws.length,
    embedded: await compare(clusterIds, jws, { ours: embedded, raw: bareAedes }),
    mosquitto: requireProgram('mosquitto') ? await compare(few, jws, { ours: mosquitto, raw: bareMosquitto }) : null,
  }
}

/** A broker and a publisher on it, ready to be measured. */
interface Rig extends AsyncDisposable {
  readonly url: string
  readonly password: (clusterId: string) => string
  publish(clusterId: string, payload: string): Promise<unknown>
}
type StartRig = (clusterIds: readonly string[]) => Promise<Rig>

/** Rounds take turns, so that what else the machine does falls on both sides; the first one warms up. */
async function compare(
  clusterIds: readonly string[],
  jws: string,
  rigs: { ours: StartRig; raw: StartRig },
): Promise<Comparison> {
  await using raw = await openStation(clusterIds, rigs.raw)
  await using ours = await openStation(clusterIds, rigs.ours)
  const rounds: { raw: Spread; ours: Spread; ratio: number }[] = []
  for (let i = 0; i <= ROUNDS; i++) {
    const theirs = await raw.fanOut(jws)
    const own = await ours.fanOut(jws)
    if (i > 0) rounds.push({ raw: theirs, ours: own, ratio: round(own.totalMs / theirs.totalMs) })
  }
  return {
    subscribers: clusterIds.length,
    ours: median(rounds.map((r) => [r.ours.totalMs, r.ours])),
    raw: median(rounds.map((r) => [r.raw.totalMs, r.raw])),
    ratio: median(rounds.map((r) => [r.ratio, r.ratio])),
  }
}

interface Station extends AsyncDisposable {
  fanOut(jws: string): Promise<Spread>
}

/** A rig with all its clusters connected. */
async function openStation(clusterIds: readonly string[], start: StartRig): Promise<Station> {
  const rig = await start(clusterIds)
  const arrivals = createArrivals(clusterIds.length)
  const clients = await connectAll(clusterIds, rig, arrivals.arrived)
  return {
    fanOut: async (jws) => {
      const { sentAt, all } = arrivals.expect()
      const startedAt = performance.now()
      const published = clusterIds.map((clusterId) => {
        sentAt.set(clusterId, performance.now())
        return rig.publish(clusterId, jws)
      })
      const latencies = (await all).sort((a, b) => a - b)
      const totalMs = round(performance.now() - startedAt)
      await Promise.all(published)
      const at = (share: number) => round(latencies[Math.floor((latencies.length - 1) * share)] ?? 0)
      return { p50Ms: at(0.5), p99Ms: at(0.99), totalMs }
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(clients.map((client) => client.endAsync(true)))
      await rig[Symbol.asyncDispose]()
    },
  }
}

function median<T>(keyed: (readonly [key: number, value: T])[]): T {
  const middle = keyed.sort(([a], [b]) => a - b)[Math.floor(keyed.length / 2)]
  if (!middle) throw new Error('nothing was measured')
  return middle[1]
}

function createArrivals(count: number) {
  let sentAt = new Map<string, number>()
  let latencies: number[] = []
  let finish: (latencies: number[]) => void = () => {}
  return {
    arrived: (clusterId: string) => {
      const at = sentAt.get(clusterId)
      if (at === undefined) return
      latencies.push(performance.now() - at)
      if (latencies.length === count) finish(latencies)
    },
    expect: () => {
      sentAt = new Map()
      latencies = []
      const all = new Promise<number[]>((resolve) => {
        finish = resolve
      })
      return { sentAt, all }
    },
  }
}

async function connectAll(
  clusterIds: readonly string[],
  rig: Rig,
  arrived: (clusterId: string) => void,
): Promise<MqttClient[]> {
  const clients: MqttClient[] = []
  for (let at = 0; at < clusterIds.length; at += CONNECT_AT_ONCE) {
    const some = clusterIds.slice(at, at + CONNECT_AT_ONCE).map(async (clusterId) => {
      const client = await mqtt.connectAsync(rig.url, {
        clientId: clusterId,
        username: clusterId,
        password: rig.password(clusterId),
        protocolVersion: 4,
        keepalive: 300,
        reconnectPeriod: 0,
      })
      client.on('message', () => arrived(clusterId))
      await client.subscribeAsync(planTopic(clusterId), { qos: 1 })
      return client
    })
    clients.push(...(await Promise.all(some)))
  }
  return clients
}

async function embedded(clusterIds: readonly string[]): Promise<Rig> {
  const masterSecret = randomSecret()
  const known = new Set(clusterIds)
  const broker = createEmbeddedBroker(
    { host: '127.0.0.1', port: 0, masterSecret },
    { log, lookup: async (clusterId) => (known.has(clusterId) ? { generation: 1, areaCodes: ['29641', '86'] } : null) },
  )
  await broker.start()
  return linked(broker, masterSecret, broker)
}

async function mosquitto(clusterIds: readonly string[]): Promise<Rig> {
  const masterSecret = randomSecret()
  const server = await startMosquitto()
  const settings = { url: server.url, admin: server.admin, masterSecret }
  const broker = createMosquittoBroker(settings, { clock, log, newId: randomId })
  await broker.start()
  await broker.sync(clusterIds.map((clusterId) => ({ clusterId, generation: 1, areaCodes: ['29641', '86'] })))
  return linked(broker, masterSecret, {
    [Symbol.asyncDispose]: async () => {
      await broker[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  })
}

/** Our own way: the link, over a broker with accounts. */
async function linked(broker: Broker, masterSecret: string, owned: AsyncDisposable): Promise<Rig> {
  const settings = { url: broker.url, ...broker.account, clientId: 'loa-bench', maxQueued: 20_000 }
  const link = createMqttLink(settings, { clock, log })
  await link.start()
  return {
    url: broker.url,
    password: (clusterId) => clusterPassword(masterSecret, clusterId, 1),
    publish: (clusterId, payload) => link.publish('plan', { clusterId }, payload),
    [Symbol.asyncDispose]: async () => {
      await link[Symbol.asyncDispose]()
      await owned[Symbol.asyncDispose]()
    },
  }
}

async function bareAedes(): Promise<Rig> {
  const aedes = await Aedes.createBroker()
  const server = createServer(aedes.handle)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('no port')
  return bare(`mqtt://127.0.0.1:${address.port}`, {
    [Symbol.asyncDispose]: async () => {
      await new Promise<void>((resolve) => aedes.close(resolve))
      await new Promise((resolve) => server.close(resolve))
    },
  })
}

async function bareMosquitto(): Promise<Rig> {
  const server = await startOpenMosquitto()
  return bare(server.url, server)
}

/** The baseline: mqtt.js alone, over a broker that asks nobody. */
async function bare(url: string, owned: AsyncDisposable): Promise<Rig> {
  const publisher = await mqtt.connectAsync(url, { protocolVersion: 4, clientId: 'raw', reconnectPeriod: 0 })
  return {
    url,
    password: () => '',
    publish: (clusterId, payload) => publisher.publishAsync(planTopic(clusterId), payload, { qos: 1, retain: true }),
    [Symbol.asyncDispose]: async () => {
      await publisher.endAsync(true)
      await owned[Symbol.asyncDispose]()
    },
  }
}

/** A plan as a commune with two sessions a day has it, for a week. */
async function signedPlan(): Promise<string> {
  const occurrences = Array.from({ length: OCCURRENCES }, (_, i) =>
    PlanOccurrence.parse({
      id: `brd_${i}`,
      startAt: 1_800_000_000_000 + i * 43_200_000,
      level: 'programme',
      startPolicy: { kind: 'immediate' },
      maxLateMs: 300_000,
      onInterrupt: 'resume',
      items: ['a', 'b', 'c'].map((c) => ({
        sha256: c.repeat(64),
        bytes: 1_800_000,
        url: `media/${c.repeat(64)}.mp3`,
        ms: 300_000,
        codec: 'mp3',
        gainDb: 0,
      })),
    }),
  )
  const plan: ClusterPlan = {
    clusterId: 'clu_0',
    version: 1,
    issuedAt: 1_800_000_000_000,
    validUntil: 1_800_604_800_000,
    settings: {
      timeZone: 'Asia/Ho_Chi_Minh',
      quietHours: { from: '22:00', to: '05:00' },
      volume: { day: 80, night: 40 },
      leadInMs: 500,
      delayMs: 0,
      mediaBaseUrl: 'https://loa.example.vn/',
      statusEveryMs: 60_000,
    },
    occurrences,
  }
  return signMessage('plan', plan, await importSigningKey(await newSigningJwk()))
}

const round = (value: number): number => Math.round(value * 100) / 100
