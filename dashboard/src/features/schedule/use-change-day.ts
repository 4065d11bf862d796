import { useQueryClient } from '@tanstack/react-query'
import type { CalendarException } from '#protocol/calendar.ts'
import type { DaySession } from '#protocol/http/days.ts'
import { notifyUndoable } from '../../components/ui/notify-undoable.tsx'
import { keys } from '../../lib/query-keys.ts'
import { changeDay } from './apply-change.ts'

type Named = Pick<DaySession, 'programmeId' | 'originalDate'>

/** Makes one day of a series different, or like the others again, says so, and offers the way back. */
export function useChangeDay() {
  const client = useQueryClient()
  const refresh = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: keys.days }),
      client.invalidateQueries({ queryKey: keys.programmes }),
      client.invalidateQueries({ queryKey: keys.broadcasts }),
    ])
  return async ({ programmeId, originalDate }: Named, exception: CalendarException | null, done: string) => {
    const undo = await changeDay(programmeId, originalDate, exception)
    notifyUndoable(done, async () => {
      await undo()
      await refresh()
    })
    await refresh()
  }
}
