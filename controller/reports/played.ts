import type { PlayedFigures, PlayedQuery, PlayedReport, PlayedRow } from '#protocol/http/reports.ts'
import { dateOf, dayOf } from '#protocol/rules/civil-date.ts'
import { instantOf } from '#protocol/rules/civil-time.ts'
import { type Actor, requirePermission, scopeOf } from '../accounts/actor.ts'
import { requireCoverage } from '../accounts/coverage.ts'
import { DEFAULT_STATION } from '../areas/stations.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/open.ts'
import { invalid } from '../errors.ts'
import { dayMonthYear, isoOf } from '../iso.ts'
import { cutPage, decodeCursor } from '../page.ts'
import * as playedStore from './played.store.ts'

/** What one question may span: a year and a month. */
const MAX_DAYS = 400
/** Days are those of the country, whatever zone a station keeps. */
const { timeZone } = DEFAULT_STATION

/** Planned versus played, by the ledger as it stands: in all, and by session, commune or day. */
export async function playedReport(
  ctx: Pick<Context, 'db'>,
  input: { actor: Actor } & PlayedQuery,
): Promise<PlayedReport> {
  requirePermission(input.actor, 'programmes.read')
  const { from, to, areaCode } = input
  if (areaCode) await requireCoverage(ctx.db, input.actor, [areaCode], 'areaCode')
  const [first, last] = [dayOf(from), dayOf(to)]
  if (last < first) throw invalid('to', 'calendar.endsBeforeStart')
  if (last - first >= MAX_DAYS) throw invalid('to', 'calendar.tooManyDays', { limit: MAX_DAYS })
  const filter = {
    from: instantOf(from, '00:00', timeZone),
    until: instantOf(dateOf(last + 1), '00:00', timeZone),
    areaCode,
    scope: scopeOf(input.actor),
  }
  return {
    total: await playedStore.playedInAll(ctx.db, filter),
    bulletins: await playedStore.heardBulletins(ctx.db, filter),
    ...(await rowsOf(ctx.db, filter, input)),
  }
}

async function rowsOf(
  db: Db,
  filter: playedStore.PlayedFilter,
  { by, from, cursor, limit }: PlayedQuery,
): Promise<{ items: PlayedRow[]; next: string | null }> {
  switch (by) {
    case 'session': {
      const rows = await playedStore.playedBySession(db, filter, { after: decodeCursor(cursor), limit: limit + 1 })
      const { page, next } = cutPage(rows, limit, ({ startAt, id }) => ({ at: startAt, id }))
      return { items: page.map(sessionRow), next }
    }
    case 'commune': {
      const rows = await playedStore.playedByCommune(db, filter)
      return { items: rows.map(({ key, name, figures }) => row(key, name, figures)), next: null }
    }
    case 'day': {
      const rows = await playedStore.playedByDay(db, filter)
      const days = rows.map(({ day, figures }) => ({ date: dateOf(dayOf(from) + day), figures }))
      return { items: days.map(({ date, figures }) => row(date, dayMonthYear(date), figures)), next: null }
    }
  }
}

const row = (key: string, name: string, figures: PlayedFigures): PlayedRow => ({ key, name, session: null, ...figures })

const sessionRow = ({ id, areaCode, startAt, name, figures }: playedStore.PlayedSession): PlayedRow => ({
  ...row(id, name, figures),
  session: { id, areaCode, startAt: isoOf(startAt) },
})
