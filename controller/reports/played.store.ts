import { sql } from 'kysely'
import type { HeardBulletins, PlayedFigures } from '#protocol/http/reports.ts'
import type { BroadcastId } from '#protocol/ids.ts'
import type { Window } from '#protocol/rules/civil-time.ts'
import type { Db } from '../db/open.ts'
import { DAY } from '../units.ts'
import { FIGURES, figureSums } from './figures.store.ts'

/** Which sessions are counted. */
export interface PlayedFilter extends Window {
  readonly areaCode: string | undefined
  readonly scope: readonly string[] | null
}

/** The communes that were asked for and that the account may see; a province stands for all of its own. */
function areasOf(db: Db, { areaCode, scope }: PlayedFilter) {
  let select = db.selectFrom('area').select('area.code')
  if (areaCode) select = select.where((eb) => eb.or([eb('code', '=', areaCode), eb('parentCode', '=', areaCode)]))
  if (scope) select = select.where((eb) => eb.or([eb('code', 'in', [...scope]), eb('parentCode', 'in', [...scope])]))
  return select
}

const broadcastsIn = (db: Db, filter: PlayedFilter) =>
  db
    .selectFrom('broadcast')
    .where('broadcast.startAt', '>=', filter.from)
    .where('broadcast.startAt', '<', filter.until)
    .where('broadcast.areaCode', 'in', areasOf(db, filter))

/** What a session is known by, and how long it was to sound. */
const SESSION = [
  'broadcast.id',
  'broadcast.programmeId',
  'broadcast.areaCode',
  'broadcast.startAt',
  sql<number>`${sql.ref('broadcast.endAt')} - ${sql.ref('broadcast.startAt')}`.as('ms'),
] as const

/** Sessions as they were counted when they ended, and those of now as they stand; without any that owed nothing. */
function sessionsIn(db: Db, filter: PlayedFilter) {
  const ended = broadcastsIn(db, filter)
    .innerJoin('sessionFigures', 'sessionFigures.broadcastId', 'broadcast.id')
    .where('broadcast.status', '!=', 'planned')
    .where('sessionFigures.planned', '>', 0)
    .select(SESSION)
    .select(FIGURES.map((figure) => `sessionFigures.${figure}` as const))
  // Apart from the sessions themselves: grouped with them, SQLite walks through all that there have ever been.
  const counted = db
    .selectFrom('delivery')
    .where('broadcastId', 'in', broadcastsIn(db, filter).where('status', '=', 'planned').select('broadcast.id'))
    .where('reason', 'is distinct from', 'cancelled-here')
    .groupBy('broadcastId')
    .select('broadcastId')
    .select(figureSums())
  const current = broadcastsIn(db, filter)
    .innerJoin(counted.as('counted'), 'counted.broadcastId', 'broadcast.id')
    .select(SESSION)
    .select(FIGURES.map((figure) => `counted.${figure}` as const))
  return ended.unionAll(current)
}

const totals = () => [
  sql<number>`count(*)`.as('sessions'),
  sql<number>`sum(${sql.ref('session.planned')} * ${sql.ref('session.ms')})`.as('plannedMs'),
  ...FIGURES.map((figure) => sql<number>`sum(${sql.ref(`session.${figure}`)})`.as(figure)),
]

/** PostgreSQL gives sums as text, and of nothing there is none. */
function figuresOf(row: Readonly<Record<string, unknown>>): PlayedFigures {
  const figure = (name: keyof PlayedFigures): number => Number(row[name] ?? 0)
  const ended = {
    heard: figure('heard'),
    partial: figure('partial'),
    interrupted: figure('interrupted'),
    missed: figure('missed'),
    refused: figure('refused'),
    unknown: figure('unknown'),
  }
  const planned = figure('planned')
  return {
    sessions: figure('sessions'),
    plannedMs: figure('plannedMs'),
    heardMs: figure('heardMs'),
    planned,
    late: figure('late'),
    ...ended,
    open: Object.values(ended).reduce((left, n) => left - n, planned),
  }
}

export async function playedInAll(db: Db, filter: PlayedFilter): Promise<PlayedFigures> {
  const row = await db.selectFrom(sessionsIn(db, filter).as('session')).select(totals()).executeTakeFirstOrThrow()
  return figuresOf(row)
}

export interface Played {
  readonly key: string
  readonly name: string
  readonly figures: PlayedFigures
}

/** By commune, in order of their codes. */
export async function playedByCommune(db: Db, filter: PlayedFilter): Promise<Played[]> {
  const rows = await db
    .selectFrom(sessionsIn(db, filter).as('session'))
    .innerJoin('area', 'area.code', 'session.areaCode')
    .select(['area.code', 'area.name'])
    .select(totals())
    .groupBy(['area.code', 'area.name'])
    .orderBy('area.code')
    .execute()
  return rows.map((row) => ({ key: row.code, name: row.name, figures: figuresOf(row) }))
}

/** By days of 24 hours from the beginning of the window; days without a session are left out. */
export async function playedByDay(
  db: Db,
  filter: PlayedFilter,
): Promise<{ readonly day: number; readonly figures: PlayedFigures }[]> {
  // Written out, since a number that is bound would make this a division of fractions on SQLite.
  const day = sql<number>`(${sql.ref('session.startAt')} - ${sql.lit(filter.from)}) / ${sql.lit(DAY)}`
  const rows = await db
    .selectFrom(sessionsIn(db, filter).as('session'))
    .select(day.as('day'))
    .select(totals())
    .groupBy(day)
    .orderBy('day')
    .execute()
  return rows.map((row) => ({ day: Number(row.day), figures: figuresOf(row) }))
}

export interface PlayedSession {
  readonly id: BroadcastId
  readonly areaCode: string
  readonly startAt: number
  readonly name: string
  readonly figures: PlayedFigures
}

/** By session, in order of their starts. */
export async function playedBySession(
  db: Db,
  filter: PlayedFilter,
  { after, limit }: { after: { at: number; id: string } | null; limit: number },
): Promise<PlayedSession[]> {
  let select = db
    .selectFrom(sessionsIn(db, filter).as('session'))
    .innerJoin('programme', 'programme.id', 'session.programmeId')
    .selectAll('session')
    .select('programme.name')
  if (after) {
    select = select.where((eb) =>
      eb.or([
        eb('session.startAt', '>', after.at),
        eb.and([eb('session.startAt', '=', after.at), eb('session.id', '>', after.id as BroadcastId)]),
      ]),
    )
  }
  const rows = await select.orderBy('session.startAt').orderBy('session.id').limit(limit).execute()
  return rows.map(({ id, areaCode, startAt, name, ms, ...row }) => ({
    id,
    areaCode,
    startAt,
    name,
    figures: figuresOf({ ...row, sessions: 1, plannedMs: Number(row.planned) * ms }),
  }))
}

/** Bulletins that were heard in sessions that have ended. */
export async function heardBulletins(db: Db, filter: PlayedFilter): Promise<HeardBulletins> {
  const aired = db
    .selectFrom('airedBulletin')
    .innerJoin('broadcast', 'broadcast.id', 'airedBulletin.broadcastId')
    .innerJoin('bulletinVersion', 'bulletinVersion.id', 'airedBulletin.versionId')
    .where('broadcast.startAt', '>=', filter.from)
    .where('broadcast.startAt', '<', filter.until)
    .where('broadcast.areaCode', 'in', areasOf(db, filter))
  const rows = await aired
    .select(['bulletinVersion.class', 'airedBulletin.language', (eb) => eb.fn.countAll<number>().as('n')])
    .groupBy(['bulletinVersion.class', 'airedBulletin.language'])
    .execute()
  const { n } = await aired
    .select((eb) => eb.fn.count<number>('bulletinVersion.bulletinId').distinct().as('n'))
    .executeTakeFirstOrThrow()
  const byClass: HeardBulletins['byClass'] = {}
  const byLanguage: HeardBulletins['byLanguage'] = {}
  for (const { class: kind, language, n: count } of rows) {
    byClass[kind] = (byClass[kind] ?? 0) + Number(count)
    byLanguage[language] = (byLanguage[language] ?? 0) + Number(count)
  }
  return { airings: rows.reduce((sum, row) => sum + Number(row.n), 0), bulletins: Number(n), byClass, byLanguage }
}
