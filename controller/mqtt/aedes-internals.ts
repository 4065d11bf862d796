import type { Aedes } from 'aedes'
import type { Persistence } from './broker-memory.ts'

interface Emitter {
  emit(packet: { readonly clientId?: string }, done: (error?: Error) => void): unknown
}

/** What aedes has on the instance, but not in its types. */
interface Internals {
  readonly persistence: Persistence
  readonly mq: Emitter
}
const internalsOf = (aedes: Aedes): Internals => aedes as unknown as Internals

/** Exists once aedes listens. */
export const persistenceOf = (aedes: Aedes): Persistence => internalsOf(aedes).persistence

/**
 * aedes reads on from a publisher when all receivers have taken its message, so that one receiver which stopped reading
 * would hold up every later message of the controller, alerts included. These publishers do not wait; receivers that
 * take nothing are cut off after the drain timeout. All others still wait: it slows them down when the controller is busy.
 */
export function publishWithoutWaiting(aedes: Aedes, isMeant: (clientId: string) => boolean): void {
  const { mq } = internalsOf(aedes)
  const emit = mq.emit.bind(mq)
  mq.emit = (packet, done) => {
    if (packet.clientId === undefined || !isMeant(packet.clientId)) return emit(packet, done)
    emit(packet, () => {})
    setImmediate(done)
    return mq
  }
}
