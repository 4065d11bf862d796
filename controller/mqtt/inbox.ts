import { type TopicName, topics } from '#protocol/topics.ts'
import type { Logger } from '../logger.ts'
import { decode, type ParamsOf, type PayloadOf } from './wire.ts'

export type Handler<N extends TopicName> = (
  params: ParamsOf<N>,
  message: PayloadOf<N>,
  raw: string,
) => void | Promise<void>
type AnyHandler = (params: unknown, message: unknown, raw: string) => void | Promise<void>

export interface Inbox {
  readonly received: number
  readonly dropped: number
  /** True when the topic had no handler before, and so needs a subscription. */
  add<N extends TopicName>(name: N, handler: Handler<N>): boolean
  names(): TopicName[]
  /** Never throws, whatever comes. */
  receive(path: string, payload: Uint8Array): void
  /** Resolves when every handler under way has settled. */
  settled(): Promise<void>
}

/** What handlers may hold at once. Past it, messages are dropped that their senders repeat anyway. */
const MAX_PENDING_BYTES = 32 * 1024 * 1024
const REPEATED_BY_SENDER: ReadonlySet<TopicName> = new Set(['status', 'journal'])
const LOGGED_CHARS = 200

/** Parses what arrives and hands it to the handlers of its topic; bad input is counted, logged and dropped. */
export function createInbox(log: Logger): Inbox {
  const handlers = new Map<TopicName, AnyHandler[]>()
  const pending = new Set<Promise<void>>()
  let pendingBytes = 0
  let received = 0
  let dropped = 0

  const drop = (path: string, issue: string, raw: string) => {
    dropped += 1
    log.warn({ topic: path.slice(0, LOGGED_CHARS), issue, payload: raw.slice(0, LOGGED_CHARS) }, 'message dropped')
  }
  const run = async (handler: AnyHandler, path: string, params: unknown, message: unknown, raw: string) => {
    try {
      await handler(params, message, raw)
    } catch (err) {
      log.error({ err, topic: path }, 'message handler failed')
    }
  }

  return {
    get received() {
      return received
    },
    get dropped() {
      return dropped
    },
    add: (name, handler) => {
      const list = handlers.get(name)
      // The handler is only ever called with what the schema of its own topic has parsed.
      if (list) list.push(handler as AnyHandler)
      else handlers.set(name, [handler as AnyHandler])
      return !list
    },
    names: () => [...handlers.keys()],
    receive: (path, payload) => {
      received += 1
      for (const [name, list] of handlers) {
        const params = topics[name].match(path)
        if (!params) continue
        // An empty retained message is how retained state is cleared (MQTT 3.1.1 §3.3.1.3): it says nothing more.
        if (payload.byteLength === 0 && topics[name].retain) return
        if (pendingBytes > MAX_PENDING_BYTES && REPEATED_BY_SENDER.has(name)) return drop(path, 'too busy', '')
        const decoded = decode(name, payload)
        if (!decoded.ok) return drop(path, decoded.issue, decoded.raw)
        pendingBytes += payload.byteLength
        const work = Promise.all(list.map((handler) => run(handler, path, params, decoded.message, decoded.raw)))
        const settled = work.then(() => {
          pendingBytes -= payload.byteLength
          pending.delete(settled)
        })
        pending.add(settled)
        return
      }
      drop(path, 'unknown topic', '')
    },
    settled: async () => {
      while (pending.size > 0) await Promise.all(pending)
    },
  }
}
