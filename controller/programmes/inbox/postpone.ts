import type { InboxItem } from '#protocol/http/inbox.ts'
import { civilTime, instantOf } from '#protocol/rules/civil-time.ts'
import type { Context } from '../../context.ts'
import { invalid } from '../../errors.ts'
import { dayMonthYear } from '../../iso.ts'
import { DAY } from '../../units.ts'
import { requireAirable } from './require-airable.ts'
import { type Asked, requireDecider } from './require-item.ts'
import { setAside } from './set-aside.ts'

type Needs = Pick<Context, 'db' | 'bus' | 'clock' | 'newId' | 'config'>

const MAX_DAYS = 90

/** Puts an ordinary bulletin off to a day on which it waits again, for a reason that the province reads. */
export async function postponeItem(ctx: Needs, input: Asked & { until: string; reason: string }): Promise<InboxItem> {
  await requireDecider(ctx, input)
  const { expiresOn } = await requireAirable(ctx, input)
  const { until, reason } = input
  return setAside(ctx, input, ({ times: { timeZone }, now }) => {
    const isTooFar = until > civilTime(now + MAX_DAYS * DAY, timeZone).date
    if (until <= civilTime(now, timeZone).date || isTooFar) throw invalid('until', 'inbox.until', { days: MAX_DAYS })
    if (expiresOn !== null && until > expiresOn)
      throw invalid('until', 'inbox.untilExpired', { date: dayMonthYear(expiresOn) })
    return { state: 'postponed', returnsOn: until, returnsAt: instantOf(until, '00:00', timeZone), reason }
  })
}
