import type { ClusterId, UploadId } from '#protocol/ids.ts'
import type { EventKind } from '#protocol/stream.ts'
import type { Logger } from './logger.ts'

/** What happened, in the past tense; ids, never objects. Handlers are registered in `context.ts` alone. */
export interface BusEvents {
  /** Rows of the event table that a transaction has just committed. */
  'event.appended': { readonly kind: EventKind; readonly ref: string; readonly areaCode: string | null }
  /** Whoever holds it is signed out; told of sessions that end in this process, by whatever way. */
  'session.ended': { readonly sessionId: string }
  'job.enqueued': { readonly kind: string }
  'plan.changed': { readonly clusterId: ClusterId }
  /** Nobody needs the file any more that was brought. */
  'upload.settled': { readonly uploadId: UploadId }
}

type Handler<K extends keyof BusEvents> = (event: BusEvents[K]) => void | Promise<void>

export interface Bus {
  emit<K extends keyof BusEvents>(name: K, event: BusEvents[K]): void
  /** Returns a function that ends the subscription. */
  on<K extends keyof BusEvents>(name: K, handler: Handler<K>): () => void
}

/** In-process and synchronous: a handler that throws is logged and does not stop the others. */
export function createBus(log: Logger): Bus {
  const handlers = new Map<keyof BusEvents, Set<Handler<never>>>()
  const report = (name: string) => (err: unknown) => log.error({ err, event: name }, 'bus handler failed')
  return {
    emit: (name, event) => {
      for (const handler of handlers.get(name) ?? []) {
        try {
          void Promise.resolve(handler(event as never)).catch(report(name))
        } catch (err) {
          report(name)(err)
        }
      }
    },
    on: (name, handler) => {
      const set = handlers.get(name) ?? new Set()
      handlers.set(name, set.add(handler as Handler<never>))
      return () => set.delete(handler as Handler<never>)
    },
  }
}
