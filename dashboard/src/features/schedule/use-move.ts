import { useState } from 'react'
import type { DaySession } from '#protocol/http/days.ts'
import { notifyUndoable } from '../../components/ui/notify-undoable.tsx'
import { serverNow } from '../../lib/clock.ts'
import { startOfDay } from '../../lib/format/time.ts'
import { useTranslation } from '../../lib/i18n/index.ts'
import { changeDay, changeSeries } from './apply-change.ts'
import { clockOf, keyOf } from './day-lane.ts'
import { exceptionFor, type Scope, seriesFor, type Target } from './move.ts'
import { useRefresh } from './use-refresh.ts'

/** A session on its way to another time: nothing is saved yet. */
export interface Moving {
  readonly session: DaySession
  readonly target: Target
}

/** The planner follows within a second or two; until then a session stands where it was put. */
const SETTLE_MS = 15_000

interface Settling {
  readonly key: string
  readonly from: string
  readonly to: number
  readonly until: number
}

const SAID = { 'this-day': 'move.movedDay', 'all-days': 'move.movedAll', once: 'move.movedOnce' } as const

/** What is being moved on a day, how it is saved, and where a session stands meanwhile. */
export function useMove() {
  const { t } = useTranslation()
  const [moving, setMoving] = useState<Moving | null>(null)
  const [settling, setSettling] = useState<Settling | null>(null)
  const refresh = useRefresh()

  async function save({ session, target }: Moving, scope: Scope): Promise<void> {
    const { programmeId, originalDate, programmeName } = session
    const undo =
      scope === 'this-day'
        ? await changeDay(programmeId, originalDate, exceptionFor(session, target))
        : await changeSeries(programmeId, originalDate, (programme) => seriesFor(programme, target))
    const to = startOfDay(target.date) + target.minute * 60_000
    setSettling({ key: keyOf(session), from: session.startAt, to, until: serverNow() + SETTLE_MS })
    setMoving(null)
    const about = { name: programmeName, time: clockOf(target.minute) }
    notifyUndoable(t(SAID[scope], about), async () => {
      setSettling(null)
      await undo()
      await refresh()
    })
    await refresh()
  }

  /** The start that is shown, as long as the controller still says what was before. */
  const startOf = (session: DaySession): number =>
    settling?.key === keyOf(session) && settling.from === session.startAt && serverNow() < settling.until
      ? settling.to
      : Date.parse(session.startAt)

  return { moving, setMoving, save, startOf }
}
