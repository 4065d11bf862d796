import type { StreamEvent } from '#protocol/stream.ts'
import { EVENT_KINDS } from '#protocol/stream.ts'
import type { Db } from './open.ts'

const isKnown = (kind: string): kind is StreamEvent['kind'] => (EVENT_KINDS as readonly string[]).includes(kind)

/** Events after `seq`, ascending. */
export async function eventsAfter(db: Db, seq: number, limit: number): Promise<StreamEvent[]> {
  const rows = await db
    .selectFrom('event')
    .select(['seq', 'kind', 'ref', 'at'])
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(limit)
    .execute()
  return rows.flatMap(({ kind, ...rest }) => (isKnown(kind) ? [{ ...rest, kind }] : []))
}

/** Bounds of the log; zeros when it is empty. */
export async function eventBounds(db: Db): Promise<{ first: number; last: number }> {
  const row = await db
    .selectFrom('event')
    .select((eb) => [eb.fn.min<number | null>('seq').as('first'), eb.fn.max<number | null>('seq').as('last')])
    .executeTakeFirstOrThrow()
  return { first: row.first ?? 0, last: row.last ?? 0 }
}

export async function forgetEvents(db: Db, before: number): Promise<void> {
  await db.deleteFrom('event').where('at', '<', before).execute()
}
