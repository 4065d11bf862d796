import mqtt, { type IClientOptions, type MqttClient } from 'mqtt'
import { clusterPassword } from '../../controller/mqtt/credentials.ts'
import { MASTER_SECRET } from './brokers.ts'

export interface Received {
  readonly topic: string
  readonly text: string
  readonly retain: boolean
}

/** A bare MQTT client that plays a cluster, well-behaved or not. */
export interface Device extends AsyncDisposable {
  readonly client: MqttClient
  readonly received: Received[]
  /** Resolves with the first message, past or future, that fits. */
  until(fits: (message: Received) => boolean): Promise<Received>
  publish(topic: string, payload: unknown, options?: { retain?: boolean; qos?: 0 | 1 }): Promise<void>
  subscribe(...filters: string[]): Promise<void>
  /** Drops the line without DISCONNECT. */
  die(): void
  readonly closed: Promise<void>
}

interface DeviceOptions extends IClientOptions {
  readonly generation?: number
}

/** Rejects when the broker does not let it in. */
export async function connectDevice(url: string, clusterId: string, options: DeviceOptions = {}): Promise<Device> {
  const { generation = 1, ...rest } = options
  const client = mqtt.connect(url, {
    username: clusterId,
    password: clusterPassword(MASTER_SECRET, clusterId, generation),
    clientId: clusterId,
    protocolVersion: 4,
    reconnectPeriod: 0,
    ...rest,
  })
  const received: Received[] = []
  const waiting = new Set<() => void>()
  client.on('error', () => {})
  client.on('message', (topic, payload, packet) => {
    received.push({ topic, text: payload.toString('utf8'), retain: packet.retain })
    for (const look of waiting) look()
  })
  const closed = new Promise<void>((resolve) => client.once('close', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    client.once('connect', () => resolve())
    client.once('error', reject)
    client.once('close', () => reject(new Error('closed before CONNACK')))
  })
  return {
    client,
    received,
    closed,
    until: (fits) =>
      new Promise((resolve) => {
        const look = () => {
          const found = received.find(fits)
          if (!found) return
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
      }),
    publish: async (topic, payload, { retain = false, qos = 1 } = {}) => {
      const bytes = typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload)
      // A broker may cut the line instead of acknowledging.
      await Promise.race([client.publishAsync(topic, bytes, { qos, retain }).catch(() => {}), closed])
    },
    subscribe: async (...filters) => {
      await client.subscribeAsync(filters, { qos: 1 })
    },
    die: () => client.stream.destroy(),
    [Symbol.asyncDispose]: async () => {
      await client.endAsync(true)
    },
  }
}
