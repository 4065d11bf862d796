import type { CalendarException } from '#protocol/calendar.ts'
import { dayMonthYear } from '../../iso.ts'
import type { StoredProgramme } from '../programmes.store.ts'
import type { SeriesContent } from '../update.ts'
import type { WrittenProgramme } from './parse.ts'
import type { FileProblem } from './problem.ts'

const SERIES_FIELDS = [
  'name',
  'startsOn',
  'startTime',
  'until',
  'repeat',
  'season',
  'holidays',
  'maxMinutes',
  'targets',
  'rundown',
] as const satisfies readonly (keyof SeriesContent)[]

/** What becomes of one programme, so that the station is as its file says. */
export type Step =
  | { readonly action: 'create'; readonly key: string; readonly written: WrittenProgramme }
  | {
      readonly action: 'change'
      readonly key: string
      readonly written: WrittenProgramme
      readonly stored: StoredProgramme
      /** What differs, by the names of the file. */
      readonly fields: readonly string[]
      readonly exceptions: readonly CalendarException[]
      /** Nothing but days on which nothing airs any more. */
      readonly onlyTakesAway: boolean
    }
  /** `leave`: it is not in the file, but nobody has asked for it to be ended. */
  | { readonly action: 'end' | 'keep' | 'leave'; readonly key: string; readonly stored: StoredProgramme }

/** What a station has: programmes that files know, and when those have ended that they knew. */
export interface Known {
  readonly active: readonly StoredProgramme[]
  readonly endedAt: ReadonlyMap<string, number>
}

export interface Wishes {
  /** End what is no longer in the file. */
  readonly prune: boolean
  /** Begin again what somebody has ended. */
  readonly reopen: boolean
}

/**
 * Compares a file with its station. Programmes without a key are nobody's business here, and exceptions of the station
 * stay: where the file says something else about the same day, that is for a person to settle.
 */
export function decideSteps(
  written: readonly WrittenProgramme[],
  { active, endedAt }: Known,
  { prune, reopen }: Wishes,
  dateOf: (at: number) => string,
): { steps: Step[]; problems: FileProblem[] } {
  const known = new Map(active.flatMap((stored) => (stored.key === null ? [] : [[stored.key, stored] as const])))
  const named = new Set(written.map(({ key }) => key))
  const problems: FileProblem[] = []
  const steps: Step[] = []
  for (const [key, stored] of known) if (!named.has(key)) steps.push({ action: prune ? 'end' : 'leave', key, stored })
  for (const one of written) {
    const stored = known.get(one.key)
    const ended = endedAt.get(one.key)
    if (stored) {
      problems.push(...contradictions(one, stored))
      steps.push(stepFor(one, stored))
    } else if (ended !== undefined && !reopen) {
      const values = { key: one.key, date: dayMonthYear(dateOf(ended)) }
      problems.push({ ...one.locate(''), key: 'file.endedMeanwhile', values })
    } else steps.push({ action: 'create', key: one.key, written: one })
  }
  return { steps: steps.sort((a, b) => ORDER[a.action] - ORDER[b.action]), problems }
}

/** Room is made before it is taken. */
const ORDER: Record<Step['action'], number> = { end: 0, change: 1, create: 2, keep: 3, leave: 4 }

function stepFor(written: WrittenProgramme, stored: StoredProgramme): Step {
  const { key, programme } = written
  const fields: string[] = SERIES_FIELDS.filter((field) => !isSame(programme[field], stored[field]))
  const added = programme.exceptions.filter(({ date }) => !stored.exceptions.some((one) => one.date === date))
  if (added.length > 0) fields.push('exceptions')
  if (fields.length === 0) return { action: 'keep', key, stored }
  const ownDates = new Set(programme.exceptions.map(({ date }) => date))
  return {
    action: 'change',
    key,
    written,
    stored,
    fields,
    // Those of the file first: what is wrong with one is then found in the file by its number.
    exceptions: [...programme.exceptions, ...stored.exceptions.filter(({ date }) => !ownDates.has(date))],
    onlyTakesAway: fields.join() === 'exceptions' && added.every(({ kind }) => kind === 'skip'),
  }
}

function contradictions({ programme, locate }: WrittenProgramme, stored: StoredProgramme): FileProblem[] {
  return programme.exceptions.flatMap((exception, i) => {
    const other = stored.exceptions.find(({ date }) => date === exception.date)
    if (!other || isSame(exception, other)) return []
    const values = { date: dayMonthYear(exception.date), file: inWords(exception), station: inWords(other) }
    return [{ ...locate(`exceptions.${i}`), key: 'file.contradiction', values }]
  })
}

/** Both come out of the same schemas, so what is the same is written the same. */
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

function inWords(exception: CalendarException): string {
  switch (exception.kind) {
    case 'skip':
      return exception.reason === undefined ? 'skip' : `skip: ${exception.reason}`
    case 'move':
      return `move: ${[exception.to.date, exception.to.time].filter(Boolean).join(' ')}`
    case 'replace':
      return `replace: ${exception.replacement}`
  }
}
