import { DomainError } from '../errors.ts'

export interface Outgoing {
  readonly topic: string
  readonly payload: string
  readonly qos: 0 | 1
  readonly retain: boolean
}

/** Hands one message to the connection; `done` is called when the broker has acknowledged it, or not at all. */
export type Send = (message: Outgoing, done: () => void) => void

export interface OutboxLimits {
  readonly maxMessages: number
  readonly maxBytes: number
  /** How many may await their acknowledgement at once. */
  readonly window: number
  /** A message that was under way in so many lost connections is given up: it may be what loses them. */
  readonly maxAttempts: number
}

export interface Outbox {
  readonly size: number
  /** Resolves when the broker has it; rejects with `unavailable` when the box is full, closed, or gives up. */
  add(message: Outgoing): Promise<void>
  attach(send: Send): void
  /** What was under way goes back to the front of the queue. */
  detach(): void
  /** Resolves when everything was acknowledged. */
  drained(): Promise<void>
  /** Rejects all that is left and all that comes. */
  close(): void
}

interface Entry {
  message: Outgoing
  attempts: number
  readonly waiters: { resolve: () => void; reject: (error: Error) => void }[]
}

/** Outgoing messages in order, bounded in number and bytes, kept until the broker acknowledges them. */
export function createOutbox(limits: OutboxLimits): Outbox {
  let queue: Entry[] = []
  const underWay = new Set<Entry>()
  /** Waiting retained messages: a newer one takes the older one's place, since nobody wants the older state. */
  const waitingState = new Map<string, Entry>()
  let bytes = 0
  let send: Send | null = null
  let isClosed = false
  let onDrained: (() => void)[] = []

  const pump = () => {
    while (send && underWay.size < limits.window) {
      const entry = queue.shift()
      if (!entry) return
      if (waitingState.get(entry.message.topic) === entry) waitingState.delete(entry.message.topic)
      underWay.add(entry)
      entry.attempts += 1
      send(entry.message, () => {
        // An acknowledgement of a connection that is gone finds its entry queued again.
        if (underWay.has(entry)) finish(entry)
      })
    }
  }
  const finish = (entry: Entry, error?: Error) => {
    underWay.delete(entry)
    bytes -= entry.message.payload.length
    for (const waiter of entry.waiters) error ? waiter.reject(error) : waiter.resolve()
    if (underWay.size + queue.length === 0) {
      for (const resolve of onDrained) resolve()
      onDrained = []
    }
    pump()
  }

  return {
    get size() {
      return queue.length + underWay.size
    },
    add: (message) =>
      new Promise((resolve, reject) => {
        if (isClosed) return reject(unavailable('mqtt.closed'))
        const older = message.retain ? waitingState.get(message.topic) : undefined
        const growth = message.payload.length - (older?.message.payload.length ?? 0)
        if (bytes + growth > limits.maxBytes || (!older && queue.length + underWay.size >= limits.maxMessages))
          return reject(unavailable('mqtt.queueFull'))
        bytes += growth
        if (older) {
          older.message = message
          older.waiters.push({ resolve, reject })
          return
        }
        const entry: Entry = { message, attempts: 0, waiters: [{ resolve, reject }] }
        queue.push(entry)
        if (message.retain) waitingState.set(message.topic, entry)
        pump()
      }),
    attach: (next) => {
      send = next
      pump()
    },
    detach: () => {
      send = null
      const returned = [...underWay]
      underWay.clear()
      queue = [...returned, ...queue]
      for (const entry of returned) {
        if (entry.attempts < limits.maxAttempts) continue
        queue.splice(queue.indexOf(entry), 1)
        finish(entry, unavailable('mqtt.notDelivered'))
      }
    },
    drained: () =>
      queue.length + underWay.size === 0 ? Promise.resolve() : new Promise((resolve) => onDrained.push(resolve)),
    close: () => {
      isClosed = true
      send = null
      const left = [...underWay, ...queue]
      queue = []
      underWay.clear()
      waitingState.clear()
      for (const entry of left) finish(entry, unavailable('mqtt.closed'))
    },
  }
}

const unavailable = (key: string): DomainError => new DomainError('unavailable', { field: '', key })
