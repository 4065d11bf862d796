import type { CalendarException } from '#protocol/calendar.ts'
import type { Station } from '#protocol/http/areas.ts'
import { BulletinId, type ProgrammeId } from '#protocol/ids.ts'
import { civilTime, instantOf } from '#protocol/rules/civil-time.ts'
import { airMsOf, capacityOf } from '#protocol/rules/lead-in.ts'
import { touchesQuiet } from '#protocol/rules/quiet-hours.ts'
import { mayAirAt } from '#protocol/rules/validity.ts'
import * as broadcastStore from '../broadcasts/broadcasts.store.ts'
import { hasBegun } from '../broadcasts/decide-sessions.ts'
import type { Context } from '../context.ts'
import { invalid, type Problem } from '../errors.ts'
import { dayMonthYear } from '../iso.ts'
import { MINUTE, SECOND } from '../units.ts'
import type { ProgrammeContent } from './rundown.ts'
import { lengthOf } from './session/airing-item.ts'
import { approvedBulletins } from './session/approved.store.ts'
import { readyBulletins } from './session/ready-bulletins.store.ts'
import { itemsOf } from './session/session.ts'

type Needs = Pick<Context, 'db' | 'clock' | 'config'>
type Place = Pick<Station, 'timeZone' | 'quietHours'>
/** Without an id it is new, and none of its sessions has begun. */
type Judged = Pick<ProgrammeContent, 'startTime' | 'maxMinutes'> & { readonly id?: ProgrammeId }

/** Throws when what is to stand in cannot be the id of a bulletin: a calendar takes any name. */
export function requireReplacement(exception: CalendarException, at = 'exception'): void {
  if (exception.kind === 'replace' && !BulletinId.safeParse(exception.replacement).success)
    throw invalid(`${at}.replacement`, 'bulletin.notFound', { id: exception.replacement })
}

/** Why the session of one day cannot be as an exception wants it, in fields of the exception, which is called `at`. */
export async function exceptionProblems(
  ctx: Needs,
  programme: Judged,
  exception: CalendarException,
  station: Place,
  at = 'exception',
): Promise<Problem[]> {
  if (exception.kind === 'skip') return []
  const now = ctx.clock.now()
  const session = programme.id && (await broadcastStore.sessionOn(ctx.db, programme.id, exception.date))
  if (session && hasBegun(session, now)) return [{ field: `${at}.date`, key: 'inbox.begun' }]
  return exception.kind === 'move'
    ? moveProblems(programme, exception, station, { at, now, leadMs: ctx.config.leadMs })
    : replacementProblems(ctx, programme, exception, station, at)
}

/**
 * The same of all that are new among the exceptions of a programme. Those that stand were judged when they were new; days
 * that are over pass, as files go on naming them.
 */
export async function newExceptionProblems(
  ctx: Needs,
  programme: Judged & Pick<ProgrammeContent, 'exceptions'>,
  standing: readonly CalendarException[],
  station: Place,
): Promise<Problem[]> {
  const known = new Set(standing.map(({ date }) => date))
  const today = civilTime(ctx.clock.now(), station.timeZone).date
  const problems: Problem[] = []
  for (const [i, exception] of programme.exceptions.entries())
    if (!known.has(exception.date) && lastDayOf(exception) >= today)
      problems.push(...(await exceptionProblems(ctx, programme, exception, station, `exceptions.${i}`)))
  return problems
}

function lastDayOf(exception: CalendarException): string {
  const { date } = exception
  const movedTo = exception.kind === 'move' ? (exception.to.date ?? date) : date
  return movedTo > date ? movedTo : date
}

function moveProblems(
  { startTime }: Judged,
  { date, to }: Extract<CalendarException, { kind: 'move' }>,
  { timeZone }: Place,
  { at, now, leadMs }: { at: string; now: number; leadMs: number },
): Problem[] {
  const startAt = instantOf(to.date ?? date, to.time ?? startTime, timeZone)
  const field = to.time === undefined ? `${at}.to.date` : `${at}.to.time`
  if (startAt <= now) return [{ field, key: 'programme.inPast' }]
  if (startAt >= now + leadMs) return []
  return [{ field, key: 'programme.tooSoon', values: { seconds: Math.ceil(leadMs / SECOND) } }]
}

/** It airs on one day only, so it must be fit for that day. */
async function replacementProblems(
  { db }: Needs,
  programme: Judged,
  exception: Extract<CalendarException, { kind: 'replace' }>,
  { timeZone, quietHours }: Place,
  at: string,
): Promise<Problem[]> {
  const field = `${at}.replacement`
  const bulletinId = BulletinId.parse(exception.replacement)
  const startAt = instantOf(exception.date, programme.startTime, timeZone)
  const { expiresOn = null } = (await approvedBulletins(db, [bulletinId])).get(bulletinId) ?? {}
  if (expiresOn !== null && !mayAirAt(expiresOn, startAt, timeZone))
    return [{ field, key: 'bulletin.expiresBefore', values: { date: dayMonthYear(expiresOn) } }]
  const ms = lengthOf(itemsOf([{ kind: 'bulletin', bulletinId }], await readyBulletins(db, [bulletinId])))
  if (ms > capacityOf(programme)) {
    const values = { minutes: Math.ceil(airMsOf(ms) / MINUTE), limit: programme.maxMinutes }
    return [{ field, key: 'programme.tooLong', values }]
  }
  return touchesQuiet(startAt, airMsOf(ms), quietHours, timeZone)
    ? [{ field, key: 'programme.quietHours', values: { ...quietHours } }]
    : []
}
