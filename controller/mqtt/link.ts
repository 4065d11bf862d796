import { MAX_MESSAGE_BYTES, type TopicName, topics } from '#protocol/topics.ts'
import type { Clock } from '../clock.ts'
import { DomainError } from '../errors.ts'
import type { Logger } from '../logger.ts'
import { createInbox, type Handler } from './inbox.ts'
import { createOutbox, type Outgoing } from './outbox.ts'
import { openSession, type Session, type SessionSettings } from './session.ts'
import { encode, type ParamsOf, type PayloadOf, pathOf } from './wire.ts'

export interface LinkSettings extends SessionSettings {
  /** How many outgoing messages may wait for the broker's acknowledgement before `publish` rejects. */
  readonly maxQueued: number
  /** Bytes that those may hold together; 64 MiB unless said. */
  readonly maxQueuedBytes?: number
  /** How long `start()` tries before it rejects; 15 s unless said. */
  readonly startTimeoutMs?: number
}

export interface LinkStats {
  readonly connected: boolean
  readonly received: number
  readonly dropped: number
  readonly published: number
  /** Waiting for a connection or an acknowledgement. */
  readonly queued: number
  /** Refused by `publish`, because the queue was full or the message too large. */
  readonly rejected: number
}

/** The controller's door to its clusters. It reconnects, re-subscribes and keeps what it has promised to send. */
export interface MqttLink extends AsyncDisposable {
  readonly connected: boolean
  /** Resolves when first connected and subscribed; rejects with `unavailable` after a bounded time. */
  start(): Promise<void>
  /** Called after each connect, once all subscriptions stand. */
  onConnect(handler: () => void | Promise<void>): void
  /**
   * Resolves when the broker has acknowledged the message. It may arrive twice after a broken connection. While a
   * retained message waits, a newer one on the same topic takes its place.
   */
  publish<N extends TopicName>(name: N, params: ParamsOf<N>, payload: PayloadOf<N>): Promise<void>
  /** Removes a retained message from the broker. */
  clear<N extends TopicName>(name: N, params: ParamsOf<N>): Promise<void>
  /** Handlers of one topic start in the order of arrival; those that wait may overlap. */
  on<N extends TopicName>(name: N, handler: Handler<N>): void
  stats(): LinkStats
}

const MIB = 1024 * 1024
const RETRY_FIRST_MS = 250
const RETRY_MAX_MS = 10_000
const DRAIN_TIMEOUT_MS = 5_000
const END_TIMEOUT_MS = 2_000

export function createMqttLink(settings: LinkSettings, ctx: { clock: Clock; log: Logger }): MqttLink {
  const { clock, log } = ctx
  const inbox = createInbox(log)
  const outbox = createOutbox({
    maxMessages: settings.maxQueued,
    maxBytes: settings.maxQueuedBytes ?? 64 * MIB,
    window: 500,
    maxAttempts: 5,
  })
  const connectHandlers: (() => void | Promise<void>)[] = []
  const stop = new AbortController()
  let session: Session | null = null
  let running: Promise<void> | null = null
  let published = 0
  let rejected = 0

  const subscriptions = (names: readonly TopicName[]) =>
    names.map((name) => ({ filter: topics[name].filter, qos: topics[name].qos }))

  const connectOnce = async (onReady: () => void): Promise<void> => {
    const opened = await openSession(
      settings,
      inbox.receive,
      (err) => log.warn({ err }, 'broker connection failed'),
      stop.signal,
    )
    try {
      await opened.subscribe(subscriptions(inbox.names()))
    } catch (error) {
      opened.destroy()
      throw error
    }
    if (stop.signal.aborted) return opened.destroy()
    session = opened
    outbox.attach(opened.send)
    onReady()
    log.info({ url: settings.url }, 'connected to broker')
    for (const handler of connectHandlers) void runHandler(handler)
    await opened.closed
    session = null
    outbox.detach()
    if (!stop.signal.aborted) log.warn({ url: settings.url, queued: outbox.size }, 'broker connection lost')
  }

  const keepConnected = async (onReady: () => void, onFailure: (error: unknown) => void): Promise<void> => {
    let failures = 0
    while (!stop.signal.aborted) {
      try {
        await connectOnce(() => {
          failures = 0
          onReady()
        })
      } catch (err) {
        onFailure(err)
        if (failures === 0) log.warn({ err, url: settings.url }, 'cannot connect to broker, trying on')
      }
      const delay = Math.min(RETRY_FIRST_MS * 2 ** failures, RETRY_MAX_MS)
      failures += 1
      await clock.sleep(delay, stop.signal).catch(() => {})
    }
  }

  const runHandler = async (handler: () => void | Promise<void>) => {
    try {
      await handler()
    } catch (err) {
      log.error({ err }, 'connect handler failed')
    }
  }

  const enqueue = async (message: Outgoing, maxBytes: number): Promise<void> => {
    const bytes = Buffer.byteLength(message.payload)
    try {
      if (bytes > maxBytes) throw tooLarge(message.topic, bytes, maxBytes)
      const delivered = outbox.add(message)
      await delivered
      published += 1
    } catch (error) {
      rejected += 1
      throw error
    }
  }

  return {
    get connected() {
      return session !== null
    },
    start: async () => {
      const timeoutMs = settings.startTimeoutMs ?? 15_000
      let lastError: unknown
      const timer = new AbortController()
      const ready = new Promise<true>((resolve) => {
        running = keepConnected(
          () => resolve(true),
          (error) => {
            lastError = error
          },
        )
      })
      const isReady = await Promise.race([ready, clock.sleep(timeoutMs, timer.signal).then(() => false)])
      timer.abort()
      if (isReady) return
      stop.abort()
      throw new DomainError(
        'unavailable',
        { field: '', key: 'mqtt.noBroker', values: { url: settings.url } },
        { cause: lastError },
      )
    },
    onConnect: (handler) => {
      connectHandlers.push(handler)
    },
    publish: (name, params, payload) => {
      const { qos, retain, maxBytes } = topics[name]
      const message = { topic: pathOf(name, params), payload: encode(name, payload), qos, retain }
      return enqueue(message, Math.min(maxBytes, MAX_MESSAGE_BYTES))
    },
    clear: (name, params) => enqueue({ topic: pathOf(name, params), payload: '', qos: 1, retain: true }, 0),
    on: (name, handler) => {
      const isNew = inbox.add(name, handler)
      const current = session
      if (isNew && current)
        current.subscribe(subscriptions([name])).catch((err: unknown) => {
          log.error({ err, name }, 'cannot subscribe')
          // The next connection subscribes again, or keeps saying why not.
          current.destroy()
        })
    },
    stats: () => ({
      connected: session !== null,
      received: inbox.received,
      dropped: inbox.dropped,
      published,
      queued: outbox.size,
      rejected,
    }),
    [Symbol.asyncDispose]: async () => {
      const drained = session ? Promise.all([outbox.drained(), inbox.settled()]) : inbox.settled()
      await within(clock, DRAIN_TIMEOUT_MS, drained)
      stop.abort()
      outbox.close()
      if (session) await within(clock, END_TIMEOUT_MS, session.end())
      session?.destroy()
      await running
    },
  }
}

const tooLarge = (topic: string, bytes: number, max: number): DomainError =>
  new DomainError('invalid', { field: '', key: 'mqtt.tooLarge', values: { topic, bytes, max } })

/** Waits for the work, but no longer than `ms`. */
async function within(clock: Clock, ms: number, work: Promise<unknown>): Promise<void> {
  const timer = new AbortController()
  await Promise.race([work, clock.sleep(ms, timer.signal)])
  timer.abort()
}
