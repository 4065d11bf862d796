import { EVENT_KINDS, type EventKind, type StreamEvent } from '#protocol/stream.ts'
import { AREA_OF } from './event-areas.store.ts'
import type { Db } from './open.ts'

const isKnown = (kind: string): kind is StreamEvent['kind'] => (EVENT_KINDS as readonly string[]).includes(kind)

/** An event, and whose it is; null: everybody's. */
export type LoggedEvent = StreamEvent & { readonly areaCode: string | null }

/** Rows a statement. */
const BATCH = 500

/** Writes an event for each of these, and answers whose they are. */
export async function appendEvents(
  db: Db,
  kind: EventKind,
  refs: readonly string[],
  at: number,
): Promise<{ ref: string; areaCode: string | null }[]> {
  const written = []
  for (let from = 0; from < refs.length; from += BATCH)
    written.push(
      ...(await db
        .insertInto('event')
        .values(refs.slice(from, from + BATCH).map((ref) => ({ kind, ref, at, areaCode: AREA_OF[kind](db, ref) })))
        .returning(['ref', 'areaCode'])
        .execute()),
    )
  return written
}

/** Events after `seq`, ascending. */
export async function eventsAfter(db: Db, seq: number, limit: number): Promise<LoggedEvent[]> {
  const rows = await db
    .selectFrom('event')
    .select(['seq', 'kind', 'ref', 'at', 'areaCode'])
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
