/** How a cluster reaches its broker; `mqtt-transport.ts` is the real one, faults wrap it. */
export interface Transport {
  /** Starts to connect and keeps reconnecting until `end`. */
  connect(will: OutgoingMessage): void
  /** Resolves when the broker has it (QoS 1); rejects when the outgoing buffer is full or the transport has ended. */
  publish(message: OutgoingMessage): Promise<void>
  subscribe(filters: readonly string[]): Promise<void>
  onMessage(handler: (topic: string, payload: string) => void): void
  onConnect(handler: () => void): void
  onClose(handler: () => void): void
  /** `graceful` says goodbye, so that the broker keeps the will to itself; `cut` vanishes like a power loss. */
  end(how: 'graceful' | 'cut'): Promise<void>
}

export interface OutgoingMessage {
  readonly topic: string
  readonly payload: string
  readonly qos: 0 | 1
  readonly retain: boolean
}

/** Makes a fresh transport for each boot. */
export type OpenTransport = () => Transport
