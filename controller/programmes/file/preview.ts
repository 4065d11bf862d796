import type { RundownItem } from '#protocol/http/programmes.ts'
import { DAY_MS, dateOf, dayOf } from '#protocol/rules/civil-date.ts'
import { instantOf, NO_SPAN, offsetSpan, type Window } from '#protocol/rules/civil-time.ts'
import type { Level } from '#protocol/rules/ladder.ts'
import { messageOf } from '../../messages.ts'
import { replacementRundown } from '../rundown.ts'
import type { ParsedFile } from './parse.ts'
import { slotsOf, troublesOf } from './slots.ts'

/**
 * One session as a file alone can foretell it. How long a bulletin is, and of which class, stands in no file: lengths are
 * null, the fill is `unknown`, the end is the latest that there may be, the level that of any programme.
 */
export interface FileSession {
  /** The programme's key. */
  readonly programme: string
  /** Local civil time with its offset. */
  readonly startsAt: string
  readonly endsAt: string
  readonly level: Level
  readonly items: readonly (RundownItem & { readonly ms: null })[]
  readonly fill: 'unknown'
  readonly warnings: readonly string[]
}

/** The sessions of a file from one local date to another, both included, in the order in which they air. */
export function previewFile(file: ParsedFile, from: string, to: string): FileSession[] {
  const slots = slotsOf(file, windowOf(from, to, file.timeZone))
  const troubles = troublesOf(file, slots)
  const local = localIso(file.timeZone)
  const usual = new Map(file.programmes.map(({ key, programme }) => [key, itemsOf(programme.rundown)]))
  return slots.map((slot, i) => ({
    programme: slot.written.key,
    startsAt: local(slot.startAt),
    endsAt: local(slot.endAt),
    level: 'programme',
    items:
      slot.replacement === undefined
        ? (usual.get(slot.written.key) ?? [])
        : itemsOf(replacementRundown(slot.replacement)),
    fill: 'unknown',
    warnings: troubles.get(i)?.map(({ key, values }) => messageOf(key, values)) ?? [],
  }))
}

export const windowOf = (from: string, to: string, timeZone: string): Window => ({
  from: instantOf(from, '00:00', timeZone),
  until: instantOf(dateOf(dayOf(to) + 1), '00:00', timeZone),
})

const itemsOf = (rundown: readonly RundownItem[]): FileSession['items'] =>
  rundown.map((item) => ({ ...item, ms: null }))

/** `2026-11-23T05:30:00+07:00`; of many instants in a row, each day and each clock time is written once. */
function localIso(timeZone: string): (at: number) => string {
  let span = NO_SPAN
  let suffix = ''
  let last = { day: Number.NaN, date: '' }
  const clocks = new Map<number, string>()
  return (at) => {
    if (at < span.from || at >= span.until) {
      span = offsetSpan(at, timeZone)
      suffix = `${span.offset < 0 ? '-' : '+'}${clockText(Math.abs(span.offset)).slice(0, 5)}`
    }
    const local = at + span.offset
    const day = Math.floor(local / DAY_MS)
    if (day !== last.day) last = { day, date: dateOf(day) }
    const ms = local - day * DAY_MS
    const clock = clocks.get(ms) ?? clockText(ms)
    clocks.set(ms, clock)
    return `${last.date}T${clock}${suffix}`
  }
}

/** `05:30:00`. */
const clockText = (ms: number): string => new Date(ms).toISOString().slice(11, 19)
