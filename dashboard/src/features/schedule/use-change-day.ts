import type { CalendarException } from '#protocol/calendar.ts'
import type { DaySession } from '#protocol/http/days.ts'
import { notifyUndoable } from '../../components/ui/notify-undoable.tsx'
import { changeDay } from './apply-change.ts'
import { useRefresh } from './use-refresh.ts'

type Named = Pick<DaySession, 'programmeId' | 'originalDate'>

/** Makes one day of a series different, or like the others again, says so, and offers the way back. */
export function useChangeDay() {
  const refresh = useRefresh()
  return async ({ programmeId, originalDate }: Named, exception: CalendarException | null, done: string) => {
    const undo = await changeDay(programmeId, originalDate, exception)
    notifyUndoable(done, async () => {
      await undo()
      await refresh()
    })
    await refresh()
  }
}
