import { topics } from '#protocol/topics.ts'
import type { Clock } from './clock.ts'
import type { ClockHealth, ClusterParts } from './parts.ts'
import type { Random } from './random.ts'
import { type Disk, DiskFullError } from './storage/disk.ts'
import type { Transport } from './transport.ts'

/** Something that goes wrong with a cluster: takes its parts, gives back worse ones. */
export type Fault = (parts: ClusterParts) => ClusterParts

export const withFaults = (parts: ClusterParts, ...faults: readonly Fault[]): ClusterParts =>
  faults.reduce((worse, fault) => fault(worse), parts)

/** The next `times` acknowledgements of the journal are lost on the way. */
export function dropAcks(times: number): Fault {
  let left = times
  const isLost = (topic: string): boolean => topics.journalAck.match(topic) !== null && left-- > 0
  return onMessages((_parts, deliver) => (topic, payload) => {
    if (!isLost(topic)) deliver(topic, payload)
  })
}

/** Every message comes as often as this, as QoS 1 allows. */
export const duplicateMessages = (copies: number): Fault =>
  onMessages((_parts, deliver) => (topic, payload) => {
    for (let i = 0; i < copies; i++) deliver(topic, payload)
  })

/** Messages are kept back and come in random order, `batch` at a time. */
export const reorderMessages = (batch: number): Fault =>
  onMessages(({ random }, deliver) => {
    const waiting: [string, string][] = []
    return (topic, payload) => {
      waiting.push([topic, payload])
      if (waiting.length < batch) return
      for (const [t, p] of shuffled(waiting.splice(0), random)) deliver(t, p)
    }
  })

/** A mobile network that takes `ms` before anything comes. */
export const slowDownload =
  (ms: number): Fault =>
  ({ fetch, clock, ...parts }) => ({
    ...parts,
    clock,
    fetch: async (input, init) => {
      await clock.sleep(ms, init?.signal ?? undefined)
      return fetch(input, init)
    },
  })

/** The next `times` downloads end after `bytes`, as if that were all. */
export function truncatedDownload(times: number, bytes: number): Fault {
  let left = times
  return ({ fetch, ...parts }) => ({
    ...parts,
    fetch: async (input, init) => {
      const response = await fetch(input, init)
      if (left-- <= 0) return response
      const body = new Uint8Array(await response.arrayBuffer()).slice(0, bytes)
      return new Response(body, { status: response.status, headers: response.headers })
    },
  })
}

/** A clock that runs `ms` ahead; `isKnown`: it has noticed. */
export const skewedClock =
  (ms: number, isKnown: boolean): Fault =>
  ({ clock, ...parts }) => ({
    ...parts,
    clock: {
      now: () => clock.now() + ms,
      uptime: () => clock.uptime(),
      sleep: (pause, signal) => clock.sleep(pause, signal),
    } satisfies Clock,
    ...(isKnown ? { clockHealth: (): ClockHealth => ({ offsetMs: ms, synchronised: true }) } : {}),
  })

/** A clock that the test synchronises or loses; tell the cluster with `noticeClock`. */
export const clockOf =
  (health: () => ClockHealth): Fault =>
  (parts) => ({ ...parts, clockHealth: health })

/** Old software in the field. */
export const staleFirmware =
  (version: string): Fault =>
  (parts) => ({ ...parts, firmware: version })

/** A disk that can be filled, wholly or for anything larger than `roomFor` bytes. */
export function fillableDisk(): { fault: Fault; fill(roomFor: number): void; empty(): void } {
  let room = Number.POSITIVE_INFINITY
  const fillable = (disk: Disk): Disk => ({
    assertRoom: (bytes) => {
      if (bytes > room) throw new DiskFullError('no space left on the flash')
      disk.assertRoom(bytes)
    },
    freeBytes: async (dir) => Math.min(room, await disk.freeBytes(dir)),
  })
  return {
    fault: ({ disk, ...parts }) => ({ ...parts, disk: fillable(disk) }),
    fill: (roomFor) => {
      room = roomFor
    },
    empty: () => {
      room = Number.POSITIVE_INFINITY
    },
  }
}

/** Cuts the power the first time that the journal holds an entry of this kind; `cut` is the cluster's `cutPower`. */
export function powerCutAfter(kind: string, cut: () => Promise<void>): Fault {
  let isArmed = true
  return (parts) => ({
    ...parts,
    onJournal: (entry) => {
      parts.onJournal?.(entry)
      if (!isArmed || entry.kind !== kind) return
      isArmed = false
      cut().catch(() => {})
    },
  })
}

type Deliver = (topic: string, payload: string) => void

/** Puts something between the network and the cluster. */
function onMessages(between: (parts: ClusterParts, deliver: Deliver) => Deliver): Fault {
  return (parts) => ({
    ...parts,
    openTransport: () => {
      const transport: Transport = parts.openTransport()
      return { ...transport, onMessage: (handler) => transport.onMessage(between(parts, handler)) }
    },
  })
}

function shuffled<T>(things: readonly T[], random: Random): T[] {
  return things
    .map((thing) => ({ thing, order: random.next() }))
    .sort((a, b) => a.order - b.order)
    .map(({ thing }) => thing)
}
