import type { DaySession } from '#protocol/http/days.ts'
import { keyOf } from './day-lane.ts'

/** The keyboard goes to a session's handle, once it is drawn where it stands now. */
export const focusGrip = (session: Pick<DaySession, 'programmeId' | 'originalDate'>): void =>
  focusSoon(`[data-grip="${CSS.escape(keyOf(session))}"]`)

/** The keyboard goes to what brings a session back, once that is drawn in its place. */
export const focusBringBack = ({ programmeId }: Pick<DaySession, 'programmeId'>): void =>
  focusSoon(`[data-bring-back="${CSS.escape(programmeId)}"]`)

/** A slow phone may draw it some frames after what has come of the change is known. */
const FRAMES = 60

const focusSoon = (selector: string, frames = FRAMES): void =>
  void requestAnimationFrame(() => {
    const element = document.querySelector<HTMLElement>(selector)
    if (element) element.focus()
    else if (frames > 0) focusSoon(selector, frames - 1)
  })
