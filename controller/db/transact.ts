import type { Kysely, Transaction } from 'kysely'
import type { EventKind } from '#protocol/stream.ts'
import type { Bus, BusEvents } from '../bus.ts'
import type { Clock } from '../clock.ts'
import * as eventStore from './events.store.ts'
import type { Tables } from './schema.ts'

export interface Tx {
  readonly db: Transaction<Tables>
  /** Writes an event row for each of these now, and tells the bus after commit. */
  event(kind: EventKind, ...refs: readonly string[]): Promise<void>
  /** Tells the bus after commit; nothing is told when the transaction fails. */
  tell<K extends keyof BusEvents>(name: K, event: BusEvents[K]): void
}

interface Needs {
  readonly db: Kysely<Tables>
  readonly bus: Bus
  readonly clock: Clock
}

/** How often a transaction is begun before it is given up for others to go on. */
const ATTEMPTS = 4

/**
 * Runs `work` in one transaction. Only SQL belongs inside: SQLite has one connection, so whoever waits makes everyone
 * wait, and using `ctx.db` instead of `tx.db` inside would wait for itself. It may run more than once: of two that wait
 * for each other PostgreSQL gives one up, which then begins anew.
 */
export async function transact<T>(ctx: Needs, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transactOnce(ctx, work)
    } catch (error) {
      if (!isDeadlock(error) || attempt === ATTEMPTS) throw error
    }
  }
}

/** SQLSTATE 40P01, deadlock_detected: PostgreSQL, appendix A. */
const isDeadlock = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === '40P01'

async function transactOnce<T>(ctx: Needs, work: (tx: Tx) => Promise<T>): Promise<T> {
  const afterCommit: (() => void)[] = []
  const result = await ctx.db.transaction().execute((db) =>
    work({
      db,
      event: async (kind, ...refs) => {
        for (const written of await eventStore.appendEvents(db, kind, refs, ctx.clock.now()))
          afterCommit.push(() => ctx.bus.emit('event.appended', { kind, ...written }))
      },
      tell: (name, event) => {
        afterCommit.push(() => ctx.bus.emit(name, event))
      },
    }),
  )
  for (const tell of afterCommit) tell()
  return result
}
