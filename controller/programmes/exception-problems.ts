import type { CalendarException } from '#protocol/calendar.ts'
import type { Station } from '#protocol/http/areas.ts'
import { BulletinId } from '#protocol/ids.ts'
import { instantOf } from '#protocol/rules/civil-time.ts'
import { touchesQuiet } from '#protocol/rules/quiet-hours.ts'
import { mayAirAt } from '#protocol/rules/validity.ts'
import * as broadcastStore from '../broadcasts/broadcasts.store.ts'
import { hasBegun } from '../broadcasts/decide-sessions.ts'
import type { Context } from '../context.ts'
import type { Problem } from '../errors.ts'
import { dayMonthYear } from '../iso.ts'
import { MINUTE, SECOND } from '../units.ts'
import { airMsOf, capacityOf } from './lead-in.ts'
import type { StoredProgramme } from './programmes.store.ts'
import { lengthOf } from './session/airing-item.ts'
import { approvedBulletins } from './session/approved.store.ts'
import { readyBulletins } from './session/ready-bulletins.store.ts'
import { itemsOf } from './session/session.ts'

type Needs = Pick<Context, 'db' | 'clock' | 'config'>
type Place = Pick<Station, 'timeZone' | 'quietHours'>

/** Why the session of one day cannot be as an exception wants it, in fields of the exception. */
export async function exceptionProblems(
  ctx: Needs,
  programme: StoredProgramme,
  exception: CalendarException,
  station: Place,
): Promise<Problem[]> {
  if (exception.kind === 'skip') return []
  const now = ctx.clock.now()
  const session = await broadcastStore.sessionOn(ctx.db, programme.id, exception.date)
  if (session && hasBegun(session, now)) return [{ field: 'exception.date', key: 'inbox.begun' }]
  return exception.kind === 'move'
    ? moveProblems(programme, exception, station, { now, leadMs: ctx.config.leadMs })
    : replacementProblems(ctx, programme, exception, station)
}

function moveProblems(
  { startTime }: StoredProgramme,
  { date, to }: Extract<CalendarException, { kind: 'move' }>,
  { timeZone }: Place,
  { now, leadMs }: { now: number; leadMs: number },
): Problem[] {
  const startAt = instantOf(to.date ?? date, to.time ?? startTime, timeZone)
  const field = to.time === undefined ? 'exception.to.date' : 'exception.to.time'
  if (startAt <= now) return [{ field, key: 'programme.inPast' }]
  if (startAt >= now + leadMs) return []
  return [{ field, key: 'programme.tooSoon', values: { seconds: Math.ceil(leadMs / SECOND) } }]
}

/** It airs on one day only, so it must be fit for that day. */
async function replacementProblems(
  { db }: Needs,
  programme: StoredProgramme,
  exception: Extract<CalendarException, { kind: 'replace' }>,
  { timeZone, quietHours }: Place,
): Promise<Problem[]> {
  const field = 'exception.replacement'
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
