import type { z } from 'zod'
import type { CalendarException, Repeat } from '#protocol/calendar.ts'
import type { CreateProgramme, CreateProgrammeInput, RundownItem, Targets } from '#protocol/http/programmes.ts'
import { BulletinId } from '#protocol/ids.ts'
import { WEEKDAYS } from '#protocol/rules/civil-date.ts'
import type { FileException, FileProgramme, FileRepeat, FileRundownItem } from './schema.ts'

/** What a programme of a file is in the words of the API. */
export function fromFile(areaCode: string, key: string, written: FileProgramme): CreateProgrammeInput {
  const { repeat, exceptions, targets, rundown, ...same } = written
  return {
    areaCode,
    key,
    ...same,
    repeat: repeatOf(repeat),
    exceptions: Object.entries(exceptions).map(([date, exception]) => exceptionOf(date, exception)),
    targets: targetsOf(areaCode, targets),
    rundown: rundown.map(itemOf),
  }
}

/** The inverse: the shortest form that says the same. */
export function toFile(programme: Omit<CreateProgramme, 'key'>): z.input<typeof FileProgramme> {
  const { areaCode, name, startsOn, startTime, until, repeat, season, holidays, exceptions } = programme
  const { maxMinutes, targets, rundown } = programme
  return {
    name,
    startsOn,
    startTime,
    ...(until === undefined ? {} : { until }),
    ...(repeat.kind === 'once' ? {} : { repeat: writtenRepeat(repeat) }),
    ...(season === undefined ? {} : { season }),
    ...(holidays === 'as-usual' ? {} : { holidays }),
    ...(exceptions.length === 0
      ? {}
      : { exceptions: Object.fromEntries(exceptions.map((one) => [one.date, writtenException(one)])) }),
    maxMinutes,
    ...writtenTargets(areaCode, targets),
    rundown: rundown.map(writtenItem),
  }
}

const DAILY = 'FREQ=DAILY'

const weeklyRule = (weekdays: readonly string[], everyWeeks: number | undefined): string =>
  `FREQ=WEEKLY;${everyWeeks === undefined ? '' : `INTERVAL=${everyWeeks};`}BYDAY=${weekdays.join(',')}`

function repeatOf(written: FileRepeat): Repeat {
  if (written === 'once') return { kind: 'once' }
  if (written === 'daily') return { kind: 'rrule', rrule: DAILY }
  if ('rrule' in written) return { kind: 'rrule', rrule: written.rrule }
  if ('weekdays' in written) return { kind: 'rrule', rrule: weeklyRule(written.weekdays, written.everyWeeks) }
  const { lunarDays, lunarMonths, leapMonths = 'also' } = written
  return { kind: 'lunar', days: lunarDays, ...(lunarMonths ? { months: lunarMonths } : {}), leapMonths }
}

function writtenRepeat(repeat: Repeat): FileRepeat {
  switch (repeat.kind) {
    case 'once':
      return 'once'
    case 'rrule':
      return repeat.rrule === DAILY ? 'daily' : (writtenWeekly(repeat.rrule) ?? { rrule: repeat.rrule })
    case 'lunar': {
      const { days, months, leapMonths } = repeat
      return {
        lunarDays: days,
        ...(months ? { lunarMonths: months } : {}),
        ...(leapMonths === 'also' ? {} : { leapMonths }),
      }
    }
  }
}

function writtenWeekly(rrule: string): FileRepeat | null {
  const [, interval, list = ''] = /^FREQ=WEEKLY;(?:INTERVAL=(\d+);)?BYDAY=([A-Z,]+)$/.exec(rrule) ?? []
  const named = list.split(',')
  const weekdays = named.flatMap((name) => WEEKDAYS.filter((weekday) => weekday === name))
  const everyWeeks = interval === undefined ? undefined : Number(interval)
  if (weekdays.length === 0 || weekdays.length > 7 || (everyWeeks ?? 1) > 52) return null
  if (weeklyRule(weekdays, everyWeeks) !== rrule) return null
  return { weekdays, ...(everyWeeks === undefined ? {} : { everyWeeks }) }
}

function exceptionOf(date: string, written: FileException): CalendarException {
  if (written === 'skip') return { date, kind: 'skip' }
  if ('skip' in written) return { date, kind: 'skip', reason: written.skip }
  if ('move' in written) return { date, kind: 'move', to: written.move }
  return { date, kind: 'replace', replacement: written.replace }
}

function writtenException(exception: CalendarException): FileException {
  switch (exception.kind) {
    case 'skip':
      return exception.reason === undefined ? 'skip' : { skip: exception.reason }
    case 'move':
      return { move: exception.to }
    case 'replace':
      return { replace: BulletinId.parse(exception.replacement) }
  }
}

function targetsOf(areaCode: string, written: FileProgramme['targets']): Targets {
  const { areas, clusters = [], exclude = [] } = written ?? {}
  return { areas: areas ?? (clusters.length === 0 ? [areaCode] : []), clusters, exclude }
}

function writtenTargets(areaCode: string, targets: Targets): Pick<FileProgramme, 'targets'> {
  const { areas, clusters, exclude } = targets
  const usual = targetsOf(areaCode, { clusters, exclude }).areas
  if (areas.join() !== usual.join()) return { targets }
  return clusters.length + exclude.length === 0 ? {} : { targets: { clusters, exclude } }
}

function itemOf(written: FileRundownItem): RundownItem {
  if (written === 'inbox') return { kind: 'inbox' }
  return typeof written === 'string' ? { kind: 'bulletin', bulletinId: written } : written
}

function writtenItem(item: RundownItem): FileRundownItem {
  if (item.kind === 'inbox') return 'inbox'
  return Object.keys(item).length === 2 && item.kind === 'bulletin' ? item.bulletinId : item
}
