import { Readable } from 'node:stream'

/** The part of a packet that matters here. */
export interface StoredPacket {
  readonly topic: string
  readonly payload: Uint8Array
  readonly retain: boolean
  readonly brokerId?: string
  readonly brokerCounter?: number
  messageId?: number
}
interface ClientRef {
  readonly id: string
}
interface SubscriberRef {
  readonly clientId: string
}

/** The methods of aedes' persistence that are replaced; the rest stays as aedes has it. */
export interface Persistence {
  storeRetained(packet: StoredPacket): Promise<void>
  createRetainedStreamCombi(filters: readonly string[]): Readable
  cleanSubscriptions(client: ClientRef): Promise<void>
  outgoingEnqueue(subscriber: SubscriberRef, packet: StoredPacket): Promise<void>
  outgoingEnqueueCombi(subscribers: readonly SubscriberRef[], packet: StoredPacket): Promise<void>
  outgoingUpdate(client: ClientRef, packet: StoredPacket): Promise<void>
  outgoingClearMessageId(client: ClientRef, packet: StoredPacket): Promise<StoredPacket | undefined>
  outgoingStream(client: ClientRef): Readable
  streamWill(): Readable
}

const NOTHING = new Uint8Array()

/**
 * Retained state that the controller keeps in its database anyway: the broker only remembers that it is there, and reads it
 * when somebody wants it. What it reads may be newer than what was published, never older.
 */
export interface Recall {
  keeps(topic: string): boolean
  /** Null: it is gone. */
  read(topic: string): Promise<string | null>
}

/**
 * What the embedded broker keeps for clusters that are away, bounded for each. aedes' own memory lets the queue of an
 * absent cluster grow without end, and walks over all retained messages at each subscription, which with thousands of
 * clusters that reconnect at once is minutes of work.
 */
export function boundMemory(
  base: Persistence,
  maxQueued: { messages: number; bytes: number },
  recall: Recall | null = null,
): void {
  const retained = new Map<string, StoredPacket>()
  const queues = new Map<string, StoredPacket[]>()
  const storeRetained = base.storeRetained.bind(base)
  const wildcardStream = base.createRetainedStreamCombi.bind(base)
  const cleanSubscriptions = base.cleanSubscriptions.bind(base)

  const isElsewhere = (packet: StoredPacket): boolean => packet.retain && (recall?.keeps(packet.topic) ?? false)
  const withoutCopy = (packet: StoredPacket): StoredPacket =>
    isElsewhere(packet) ? { ...packet, payload: NOTHING } : { ...packet }
  async function* whole(packets: Iterable<StoredPacket>): AsyncGenerator<StoredPacket> {
    for (const packet of packets) {
      if (!isElsewhere(packet)) yield packet
      const payload = isElsewhere(packet) ? await recall?.read(packet.topic) : null
      if (payload) yield { ...packet, payload: Buffer.from(payload) }
    }
  }

  const enqueue = (clientId: string, packet: StoredPacket) => {
    // Retained state that waits is superseded by the newer one. What has a messageId is under way: leave it alone.
    const queue = (queues.get(clientId) ?? []).filter(
      (waiting) => !(packet.retain && waiting.retain && waiting.topic === packet.topic && !waiting.messageId),
    )
    queue.push(withoutCopy(packet))
    let bytes = queue.reduce((sum, waiting) => sum + waiting.payload.length, 0)
    while (queue.length > 1 && (queue.length > maxQueued.messages || bytes > maxQueued.bytes))
      bytes -= queue.shift()?.payload.length ?? 0
    queues.set(clientId, queue)
  }

  const bounded: Persistence = {
    storeRetained: async (packet) => {
      if (packet.payload.length === 0) retained.delete(packet.topic)
      else retained.set(packet.topic, withoutCopy(packet))
      if (!isElsewhere(packet)) await storeRetained(packet)
    },
    createRetainedStreamCombi: (filters) => {
      if (filters.some((filter) => /[+#]/.test(filter))) return wildcardStream(filters)
      return Readable.from(whole(filters.flatMap((topic) => retained.get(topic) ?? [])))
    },
    cleanSubscriptions: async (client) => {
      queues.delete(client.id)
      await cleanSubscriptions(client)
    },
    outgoingEnqueue: async (subscriber, packet) => enqueue(subscriber.clientId, packet),
    outgoingEnqueueCombi: async (subscribers, packet) => {
      for (const { clientId } of subscribers) enqueue(clientId, packet)
    },
    outgoingUpdate: async (client, packet) => {
      const waiting = queues
        .get(client.id)
        ?.find((w) => w.brokerId === packet.brokerId && w.brokerCounter === packet.brokerCounter)
      // A message that the bound has pushed out is still delivered, only not kept for a second try.
      if (waiting && packet.messageId !== undefined) waiting.messageId = packet.messageId
    },
    outgoingClearMessageId: async (client, packet) => {
      const queue = queues.get(client.id)
      const at = queue?.findIndex((waiting) => waiting.messageId === packet.messageId) ?? -1
      if (!queue || at < 0) return undefined
      const [cleared] = queue.splice(at, 1)
      if (queue.length === 0) queues.delete(client.id)
      return cleared
    },
    outgoingStream: (client) => Readable.from(whole([...(queues.get(client.id) ?? [])])),
    // Meant for the wills of other brokers that died. After a pause of this process aedes takes itself for dead, and
    // would report every connected cluster as offline.
    streamWill: () => Readable.from([]),
  }
  Object.assign(base, bounded)
}
