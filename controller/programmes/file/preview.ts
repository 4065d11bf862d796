import type { RundownItem } from '#protocol/http/programmes.ts'
import { dateOf, dayOf } from '#protocol/rules/civil-date.ts'
import { instantOf, NO_SPAN, offsetSpan, type Window } from '#protocol/rules/civil-time.ts'
import type { Level } from '#protocol/rules/ladder.ts'
import { messageOf } from '../../messages.ts'
import { replacementRundown } from '../rundown.ts'
import type { ParsedFile } from './parse.ts'
import { type Slot, slotsOf, troublesOf } from './slots.ts'

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
  return slots.map((slot, i) => ({
    programme: slot.written.key,
    startsAt: local(slot.startAt),
    endsAt: local(slot.endAt),
    level: 'programme',
    items: rundownOf(slot).map((item) => ({ ...item, ms: null })),
    fill: 'unknown',
    warnings: troubles[i]?.map(({ key, values }) => messageOf(key, values)) ?? [],
  }))
}

export const windowOf = (from: string, to: string, timeZone: string): Window => ({
  from: instantOf(from, '00:00', timeZone),
  until: instantOf(dateOf(dayOf(to) + 1), '00:00', timeZone),
})

const rundownOf = ({ written, replacement }: Slot): readonly RundownItem[] =>
  replacement === undefined ? written.programme.rundown : replacementRundown(replacement)

/** `2026-11-23T05:30:00+07:00`; looks the offset up once for many instants. */
function localIso(timeZone: string): (at: number) => string {
  let span = NO_SPAN
  let suffix = ''
  return (at) => {
    if (at < span.from || at >= span.until) {
      span = offsetSpan(at, timeZone)
      const minutes = Math.abs(span.offset) / 60_000
      const [hours, rest] = [Math.floor(minutes / 60), Math.floor(minutes % 60)].map((n) => String(n).padStart(2, '0'))
      suffix = `${span.offset < 0 ? '-' : '+'}${hours}:${rest}`
    }
    return `${new Date(at + span.offset).toISOString().slice(0, 19)}${suffix}`
  }
}
