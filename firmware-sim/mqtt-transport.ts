import mqtt, { type MqttClient } from 'mqtt'
import { MAX_MESSAGE_BYTES } from '#protocol/topics.ts'
import type { Random } from './random.ts'
import type { OutgoingMessage, Transport } from './transport.ts'

export interface MqttTransportOptions {
  readonly url: string
  /** Client id too, so that the broker's session and rights belong to one cluster. */
  readonly username: string
  readonly password: string
  readonly random: Random
  /** First reconnect delay; it doubles up to 30 times this. */
  readonly reconnectMs?: number
  /** Messages that wait for the broker; more are refused, the journal sends again later. */
  readonly maxPending?: number
}

/** MQTT 3.1.1 with a session that survives reconnects. */
export function mqttTransport(options: MqttTransportOptions): Transport {
  const { reconnectMs = 1_000, maxPending = 200 } = options
  const on = { message: [] as MessageHandler[], connect: [] as Handler[], close: [] as Handler[] }
  let client: MqttClient | undefined
  let pending = 0
  let failures = 0
  let ended = false

  const delayMs = (): number =>
    Math.max(1, Math.round(options.random.around(reconnectMs * Math.min(30, 2 ** failures), 0.5)))

  const publish = async (message: OutgoingMessage): Promise<void> => {
    if (!client || ended) throw new Error('transport is not connected')
    if (message.qos === 0 && !client.connected) return
    if (pending >= maxPending) throw new Error('outgoing buffer is full')
    pending++
    try {
      await client.publishAsync(message.topic, message.payload, { qos: message.qos, retain: message.retain })
    } finally {
      pending--
    }
  }

  return {
    connect(will) {
      const opened = mqtt.connect(options.url, {
        protocolVersion: 4,
        clientId: options.username,
        username: options.username,
        password: options.password,
        clean: false,
        keepalive: 30,
        connectTimeout: 10_000,
        reconnectPeriod: delayMs(),
        reconnectOnConnackError: true,
        resubscribe: false,
        queueQoSZero: false,
        will: { topic: will.topic, payload: Buffer.from(will.payload), qos: will.qos, retain: will.retain },
      })
      client = opened
      opened.on('connect', () => {
        failures = 0
        for (const handler of on.connect) handler()
      })
      // Before mqtt.js's own listener, which sets the timer of the next attempt.
      opened.prependListener('close', () => {
        opened.options.reconnectPeriod = delayMs()
        failures++
        for (const handler of on.close) handler()
      })
      opened.on('message', (topic, payload) => {
        if (payload.length > MAX_MESSAGE_BYTES) return
        for (const handler of on.message) handler(topic, payload.toString())
      })
      // A refused or broken connection is followed by `close` and another attempt.
      opened.on('error', () => {})
    },
    publish,
    async subscribe(filters) {
      if (!client) throw new Error('transport is not connected')
      await client.subscribeAsync([...filters], { qos: 1 })
    },
    onMessage: (handler) => void on.message.push(handler),
    onConnect: (handler) => void on.connect.push(handler),
    onClose: (handler) => void on.close.push(handler),
    async end(how) {
      ended = true
      if (!client) return
      // mqtt.js does not always call back after a forced end (mqttjs/MQTT.js#710), so that is not waited for.
      if (how === 'cut' || !client.connected) client.end(true)
      else
        await Promise.race([client.endAsync(), new Promise<void>((resolve) => client?.once('close', () => resolve()))])
    },
  }
}

type Handler = () => void
type MessageHandler = (topic: string, payload: string) => void
