import { civilTime, type Window } from '#protocol/rules/civil-time.ts'
import { airMsOf } from '#protocol/rules/lead-in.ts'
import { dayBegan } from '../broadcasts/planned-days.ts'
import { type AirSlot, exemptionsOf, exemptOn, type SlotProgramme, slotsIn } from './slots.ts'
import type { StationTimes } from './station-times.ts'

/**
 * The air that programmes are still to take in a window and, where its first day is not under way, before it on that day.
 * A session airs once, and not when a person has called it off. Of today's, one whose start has passed without it airs no
 * more; one that was moved to such a start stays where it was planned.
 */
export function comingSlots(
  programmes: readonly SlotProgramme[],
  times: StationTimes,
  { from, until }: Window,
): AirSlot[] {
  const { today, timeZone } = times
  const days = { from: dayBegan(from, timeZone), until }
  const slots = programmes.flatMap((programme) => slotsIn(programme, times, days))
  if (!today) return slots
  return slots.flatMap((slot) => {
    if (today.begun.has(slot.id) || today.calledOff.has(slot.id)) return []
    if (slot.startAt < today.from || slot.startAt > today.now) return [slot]
    const startAt = today.planned.get(slot.id)
    if (startAt === undefined) return []
    const { date } = civilTime(startAt, timeZone)
    return [{ ...slot, date, startAt, endAt: startAt + slot.endAt - slot.startAt }]
  })
}

/** The air that what has begun today takes, whatever has become of its programme since. */
export function begunSlots({ today, timeZone, exemptions = [] }: StationTimes): AirSlot[] {
  return [...(today?.begun ?? [])].map(([id, { programmeId, originalDate, startAt, endAt }]) => {
    const { date } = civilTime(startAt, timeZone)
    const exempt = exemptOn(date, exemptionsOf(programmeId, exemptions))
    return { id, programmeId, originalDate, date, startAt, endAt: startAt + airMsOf(endAt - startAt), exempt }
  })
}
