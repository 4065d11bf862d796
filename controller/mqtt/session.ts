import mqtt, { type MqttClient } from 'mqtt'
import type { Outgoing } from './outbox.ts'

export interface SessionSettings {
  readonly url: string
  readonly username: string
  readonly password: string
  readonly clientId: string
  /** PEM of the authority that signed the broker's certificate, when it is not a public one. */
  readonly ca?: string
}

/** One connection from CONNECT to its end. It never reconnects by itself: the link opens another. */
export interface Session {
  /** Resolves when the connection is gone, for whatever reason. */
  readonly closed: Promise<void>
  /** Rejects when the broker refuses one of the filters. */
  subscribe(filters: readonly { filter: string; qos: 0 | 1 }[]): Promise<void>
  send(message: Outgoing, done: () => void): void
  /** Says DISCONNECT, so that the broker drops the session in order; may wait for a dead broker for long. */
  end(): Promise<void>
  destroy(): void
}

const KEEPALIVE_SECONDS = 30
const CONNECT_TIMEOUT_MS = 10_000

/**
 * Opens an MQTT 3.1.1 connection with a clean session. A persistent one would make the broker hoard messages for a
 * controller that is down, without gain: clusters re-send journals until they are acknowledged, presence is retained,
 * status repeats, and a reply to a command that the restarted controller no longer awaits is worth nothing.
 */
export async function openSession(
  settings: SessionSettings,
  onMessage: (topic: string, payload: Uint8Array) => void,
  onError: (error: Error) => void,
  signal: AbortSignal,
): Promise<Session> {
  const client = mqtt.connect(settings.url, {
    username: settings.username,
    password: settings.password,
    clientId: settings.clientId,
    ...(settings.ca === undefined ? {} : { ca: settings.ca }),
    protocolVersion: 4,
    clean: true,
    keepalive: KEEPALIVE_SECONDS,
    connectTimeout: CONNECT_TIMEOUT_MS,
    reconnectPeriod: 0,
    resubscribe: false,
    queueQoSZero: false,
  })
  client.on('message', (topic, payload) => onMessage(topic, payload))
  // An `error` event without a listener would end the process.
  client.on('error', () => {})
  const closed = new Promise<void>((resolve) => client.once('close', () => resolve()))
  const abort = () => client.end(true)
  signal.addEventListener('abort', abort, { once: true })
  try {
    await connected(client)
  } catch (error) {
    client.end(true)
    throw error
  } finally {
    signal.removeEventListener('abort', abort)
  }
  const fail = (error: Error) => {
    onError(error)
    client.end(true)
  }
  client.on('error', fail)
  return {
    closed,
    subscribe: async (filters) => {
      if (filters.length === 0) return
      const granted = await client.subscribeAsync(Object.fromEntries(filters.map((f) => [f.filter, { qos: f.qos }])))
      const refused = granted.filter((grant) => grant.qos > 2)
      if (refused.length > 0) throw new Error(`broker refused ${refused.map((grant) => grant.topic).join(', ')}`)
    },
    send: ({ topic, payload, qos, retain }, done) => {
      client.publish(topic, payload, { qos, retain }, (error) => {
        if (!error) done()
        // A message that cannot be sent on a living connection would wait for ever: end the connection instead.
        else if (client.connected && !client.disconnecting) fail(error)
      })
    },
    end: async () => {
      // mqtt.js would wait for what is not acknowledged before it says DISCONNECT.
      const isIdle = Object.keys(client.outgoing).length === 0
      await client.endAsync(!client.connected || !isIdle)
    },
    destroy: () => {
      client.end(true)
      client.stream.destroy()
    },
  }
}

/** Settles with the broker's answer to CONNECT. */
function connected(client: MqttClient): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      client.off('connect', onConnect)
      client.off('error', onError)
      client.off('close', onClose)
      act()
    }
    const onConnect = () => settle(resolve)
    const onError = (error: Error) => settle(() => reject(error))
    const onClose = () => settle(() => reject(new Error('connection closed before the broker answered')))
    client.once('connect', onConnect)
    client.once('error', onError)
    client.once('close', onClose)
  })
}
