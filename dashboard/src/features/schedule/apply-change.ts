import type { CalendarException } from '#protocol/calendar.ts'
import type { Programme, PutProgrammeInput } from '#protocol/http/programmes.ts'
import { setException } from '../../components/programmes/exceptions.ts'
import { getProgramme } from '../../components/programmes/programme-query.ts'
import { putProgramme } from '../../components/programmes/put-programme.ts'
import { seriesOf } from './move.ts'

type Undo = () => Promise<void>

const exceptionOn = ({ exceptions }: Programme, date: string): CalendarException | null =>
  exceptions.find((exception) => exception.date === date) ?? null

/** Makes one day of a series different, or like the others again; answers how to take that back. */
export async function changeDay(id: string, date: string, exception: CalendarException | null): Promise<Undo> {
  const before = exceptionOn(await getProgramme(id), date)
  if (before !== null || exception !== null) await setException(id, date, exception)
  return async () => void (await setException(id, date, before))
}

/** Changes the whole series, and takes a difference of the given day away, which would hide the change there. */
export async function changeSeries(
  id: string,
  date: string,
  change: (programme: Programme) => PutProgrammeInput,
): Promise<Undo> {
  const before = await getProgramme(id)
  const exception = exceptionOn(before, date)
  let after = await putProgramme(id, change(before))
  if (exception) after = await setException(id, date, null)
  return async () => {
    await putProgramme(id, { ...seriesOf(before), revision: after.revision })
    if (exception) await setException(id, date, exception)
  }
}
