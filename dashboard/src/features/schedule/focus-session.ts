import type { DaySession } from '#protocol/http/days.ts'
import { keyOf } from './day-lane.ts'

/** The keyboard goes to a session's handle, once it is drawn where it stands now. */
export const focusGrip = (session: Pick<DaySession, 'programmeId' | 'originalDate'>): void =>
  focusSoon(`[data-grip="${CSS.escape(keyOf(session))}"]`)

/** The keyboard goes to what brings a session back, once that is drawn in its place. */
export const focusBringBack = ({ programmeId }: Pick<DaySession, 'programmeId'>): void =>
  focusSoon(`[data-bring-back="${CSS.escape(programmeId)}"]`)

const focusSoon = (selector: string): void =>
  void requestAnimationFrame(() => document.querySelector<HTMLElement>(selector)?.focus())
