import type { ProgrammeCalendar } from '#protocol/calendar.ts'
import type { Station } from '#protocol/http/areas.ts'
import type { BulletinItem, CreateProgrammeInput } from '#protocol/http/programmes.ts'
import { occurrencesOf } from '#protocol/rules/occurrences.ts'
import { touchesQuiet } from '#protocol/rules/quiet-hours.ts'
import { mayAirAt } from '#protocol/rules/validity.ts'
import { DAY_MS, startOfDay } from '../../lib/format/time.ts'
import { type Repeat, repeatFields } from './repeat.ts'

export interface ScheduleValues {
  readonly areaCode: string
  readonly date: string
  readonly time: string
  readonly repeat: Repeat
  readonly until: string
  readonly excerptSeconds: number | string
}

export interface Scheduled {
  readonly id: BulletinItem['bulletinId']
  readonly title: string
  /** Length of the audio; null while it is produced. */
  readonly ms: number | null
  /** The last local day on which it may air; null: no end. */
  readonly expiresOn: string | null
}

/** How long the session will sound: the excerpt, else the whole bulletin; 0 when not known yet. */
export function airMs(bulletin: Scheduled, excerptSeconds: number | string): number {
  const excerpt = typeof excerptSeconds === 'number' ? excerptSeconds * 1000 : Number.POSITIVE_INFINITY
  return Math.min(bulletin.ms ?? 0, excerpt)
}

/** Bulletins are read a little longer or shorter when they are spoken again. */
const SLOT_STEP_MIN = 5

/** What to keep free for a session of such a length; left to the controller while the length is not known. */
export const slotMinutes = (lengthMs: number): number | undefined =>
  lengthMs > 0 ? Math.ceil(lengthMs / 60_000 / SLOT_STEP_MIN) * SLOT_STEP_MIN : undefined

/** The programme that the form describes. */
export function programmeOf(values: ScheduleValues, bulletin: Scheduled): CreateProgrammeInput {
  return {
    name: bulletin.title,
    areaCode: values.areaCode,
    startsOn: values.date,
    startTime: values.time,
    ...repeatFields(values.repeat, values.until),
    maxMinutes: slotMinutes(airMs(bulletin, values.excerptSeconds)),
    targets: { areas: [values.areaCode] },
    rundown: [
      {
        kind: 'bulletin',
        bulletinId: bulletin.id,
        ...(typeof values.excerptSeconds === 'number' ? { excerptMs: Math.round(values.excerptSeconds * 1000) } : {}),
      },
    ],
  }
}

export type Warning = 'past' | 'quiet' | 'expired'
export interface Preview {
  /** The first three starts. */
  readonly starts: readonly number[]
  readonly warning: Warning | null
  /** The series goes on after the bulletin's last day, without it. */
  readonly outlives: boolean
}

/** What will happen, by the same rules as the planner's; null while the form is not filled. */
export function previewOf(
  values: ScheduleValues,
  { lengthMs, expiresOn }: { lengthMs: number; expiresOn: string | null },
  station: Station,
  now: number,
): Preview | null {
  const from = startOfDay(values.date)
  if (Number.isNaN(from) || values.time === '') return null
  const calendar = {
    startsOn: values.date,
    startTime: values.time,
    ...repeatFields(values.repeat, values.until),
    holidays: 'as-usual',
    exceptions: [],
  } as const satisfies ProgrammeCalendar
  const outlives = values.repeat !== 'once' && expiresOn !== null && (values.until === '' || values.until > expiresOn)
  const window = { from, until: from + 14 * DAY_MS }
  const all = occurrencesOf(calendar, window, station.timeZone).map(({ startAt }) => startAt)
  const starts = all.filter((at) => mayAirAt(expiresOn, at, station.timeZone)).slice(0, 3)
  const [first] = starts
  if (first === undefined) return { starts, warning: all.length > 0 ? 'expired' : null, outlives: false }
  const isQuiet = touchesQuiet(first, Math.max(lengthMs, 1), station.quietHours, station.timeZone)
  return { starts, warning: isQuiet ? 'quiet' : first <= now && values.repeat === 'once' ? 'past' : null, outlives }
}
