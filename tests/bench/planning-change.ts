import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import mqtt from 'mqtt'
import type { ClusterId } from '#protocol/ids.ts'
import { topics } from '#protocol/topics.ts'
import { connectDevice, type Device } from '../mqtt/device.ts'
import type { Session } from '../support/session.ts'
import type { TestController } from '../support/start-controller.ts'
import type { FilledStation } from '../support/stations.ts'

export interface ChangeFigures {
  readonly clusters: number
  /** From the request to the last cluster's message. */
  readonly p50Ms: number
  readonly maxMs: number
  /** Until the request was answered. */
  readonly answeredP50Ms: number
  /** The same bytes signed and published by a bare client of the same broker. */
  readonly bareP50Ms: number
  readonly ratio: number
}

const TIMES = 15

/** One programme is put to another time, over and over, while each cluster of its commune listens for its plan. */
export async function spreadChange(t: TestController, [station]: readonly FilledStation[]): Promise<ChangeFigures> {
  const programme = station?.programmes[0]
  if (!station || !programme) throw new Error('there is nothing to change')
  const admin = await t.signIn()
  const devices = await Promise.all(station.clusters.map((id) => listen(t, id)))
  const changes: { answeredMs: number; ms: number }[] = []
  for (let i = 0; i < TIMES; i++) {
    const startedAt = performance.now()
    let answeredMs = 0
    const everybody = newMessages(devices, async () => {
      await putStart(admin, programme.id, i % 2 === 0 ? '20:05' : '20:10')
      answeredMs = performance.now() - startedAt
    })
    changes.push({ ms: (await everybody) - startedAt, answeredMs })
  }
  const bytes = Buffer.byteLength(devices[0]?.received.at(-1)?.text ?? '')
  const bare = await publishBare(t, station.clusters, devices, bytes)
  for (const device of devices) await device[Symbol.asyncDispose]()
  const p50Ms = median(changes.map(({ ms }) => ms))
  return {
    clusters: devices.length,
    p50Ms,
    maxMs: Math.max(...changes.map(({ ms }) => ms)),
    answeredP50Ms: median(changes.map(({ answeredMs }) => answeredMs)),
    bareP50Ms: bare,
    ratio: p50Ms / bare,
  }
}

async function listen(t: TestController, clusterId: ClusterId): Promise<Device> {
  const { ctx } = t.controller
  const password = ctx.clusterPassword(clusterId, 1)
  const device = await connectDevice(ctx.mqttPublicUrl, clusterId, { username: clusterId, password })
  await device.subscribe(topics.plan.path({ clusterId }))
  await device.until(() => true)
  return device
}

/** When the last of them had another message than before the deed. */
async function newMessages(devices: readonly Device[], deed: () => Promise<void>): Promise<number> {
  const arrivals = devices.map(
    (device) => new Promise<number>((resolve) => device.client.once('message', () => resolve(performance.now()))),
  )
  await deed()
  return Math.max(...(await Promise.all(arrivals)))
}

async function putStart(admin: Session, id: string, startTime: string): Promise<void> {
  const { body } = await admin.get(`/api/programmes/${id}`)
  const answer = await admin.put(`/api/programmes/${id}`, { ...body, startTime })
  if (answer.status !== 200) throw new Error(`the change was refused: ${JSON.stringify(answer.body)}`)
}

async function publishBare(
  t: TestController,
  clusterIds: readonly ClusterId[],
  devices: readonly Device[],
  bytes: number,
): Promise<number> {
  const { broker } = t.controller.ctx
  const client = await mqtt.connectAsync(broker.url, { ...broker.account, clientId: 'bare', protocolVersion: 4 })
  const { privateKey } = generateKeyPairSync('ed25519')
  const payload = randomBytes(Math.floor((bytes * 3) / 4))
  const took: number[] = []
  for (let i = 0; i < TIMES; i++) {
    const startedAt = performance.now()
    const last = await newMessages(devices, async () => {
      for (const clusterId of clusterIds) {
        const text = payload.toString('base64url')
        const jws = `${text}.${sign(null, Buffer.from(text), privateKey).toString('base64url')}`
        client.publish(topics.plan.path({ clusterId }), jws, { qos: 1, retain: true })
      }
    })
    took.push(last - startedAt)
  }
  await client.endAsync()
  return median(took)
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
