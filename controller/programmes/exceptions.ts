import { type CalendarException, MAX_EXCEPTIONS } from '#protocol/calendar.ts'
import type { Programme } from '#protocol/http/programmes.ts'
import type { ProgrammeId } from '#protocol/ids.ts'
import { dateOf } from '#protocol/rules/civil-date.ts'
import { withException, withoutException } from '#protocol/rules/edit-calendar.ts'
import type { Actor } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import { invalid } from '../errors.ts'
import { DAY } from '../units.ts'
import { exceptionProblems, requireReplacement } from './exception-problems.ts'
import { changeProgramme } from './update.ts'

type Needs = Pick<Context, 'db' | 'bus' | 'clock' | 'newId' | 'config'>

/** Makes one day of a series different, in place of whatever was different about it before. */
export async function putException(
  ctx: Needs,
  input: { actor: Actor; id: ProgrammeId; date: string; exception: CalendarException },
): Promise<Programme> {
  const { date, exception } = input
  if (exception.date !== date) throw invalid('exception.date', 'programme.exceptionDate')
  requireReplacement(exception)
  return changeProgramme(
    ctx,
    input,
    (stored) => {
      const changed = withException(withoutException(stored, date), exception)
      const exceptions = withoutLongPast(changed?.exceptions ?? stored.exceptions, ctx.clock.now())
      if (exceptions.length > MAX_EXCEPTIONS)
        throw invalid('exception.date', 'programme.tooManyExceptions', { limit: MAX_EXCEPTIONS })
      return { ...stored, exceptions }
    },
    {
      onlyTakesAway: exception.kind === 'skip',
      kind: 'exception',
      date,
      problems: (programme, station) => exceptionProblems(ctx, programme, exception, station),
    },
  )
}

const REMEMBERED_DAYS = 366

/** What was different about days of more than a year ago stands in the record of changes. */
function withoutLongPast(exceptions: CalendarException[], now: number): CalendarException[] {
  const since = dateOf(Math.floor(now / DAY) - REMEMBERED_DAYS)
  return exceptions.filter(({ date }) => date >= since)
}

/** Makes a day of a series like the others again. */
export async function removeException(
  ctx: Needs,
  input: { actor: Actor; id: ProgrammeId; date: string },
): Promise<Programme> {
  return changeProgramme(
    ctx,
    input,
    (stored) => ({ ...stored, exceptions: withoutException(stored, input.date).exceptions }),
    { kind: 'no-exception', date: input.date },
  )
}
