import type { ProgrammeCalendar } from '#protocol/calendar.ts'
import type { CreateProgrammeInput, Programme, RundownItem } from '#protocol/http/programmes.ts'
import { ClusterId } from '#protocol/ids.ts'
import { isDate } from '#protocol/rules/civil-date.ts'
import { choiceOf, NO_CHOICE, type RepeatChoice, repeatFrom } from './repeat-choice.ts'

/** A programme as the editor's fields hold it. */
export interface EditorValues {
  readonly areaCode: string
  readonly name: string
  readonly startsOn: string
  readonly startTime: string
  readonly repeat: RepeatChoice
  /** Empty: no end. */
  readonly until: string
  readonly isSeasonal: boolean
  /** `15/05`. */
  readonly seasonFrom: string
  readonly seasonTo: string
  readonly holidays: ProgrammeCalendar['holidays']
  readonly maxMinutes: number | string
  readonly isWhole: boolean
  /** Those that hear it; where the whole commune does, those that do not. */
  readonly clusters: readonly string[]
  readonly rundown: readonly RundownItem[]
}

export const newValues = (areaCode: string, startsOn: string, startTime: string): EditorValues => ({
  areaCode,
  name: '',
  startsOn,
  startTime,
  repeat: { ...NO_CHOICE, kind: 'daily' },
  until: '',
  isSeasonal: false,
  seasonFrom: '',
  seasonTo: '',
  holidays: 'as-usual',
  maxMinutes: 30,
  isWhole: true,
  clusters: [],
  rundown: [],
})

export function valuesOf(programme: Programme): EditorValues {
  const { areaCode, name, startsOn, startTime, repeat, until, season, holidays, maxMinutes, targets, rundown } =
    programme
  const isWhole = targets.areas.includes(areaCode)
  return {
    areaCode,
    name,
    startsOn,
    startTime,
    repeat: choiceOf(repeat),
    until: until ?? '',
    isSeasonal: season !== undefined,
    seasonFrom: season ? dayMonth(season.from) : '',
    seasonTo: season ? dayMonth(season.to) : '',
    holidays,
    maxMinutes,
    isWhole,
    clusters: isWhole ? targets.exclude : targets.clusters.filter((id) => !targets.exclude.includes(id)),
    rundown,
  }
}

const dayMonth = (yearly: string): string => yearly.split('-').reverse().join('/')

/** `05-15` of `15/5`; null where that is no day of a year. */
export function yearlyDate(text: string): string | null {
  const [, day = '', month = ''] = /^\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*$/.exec(text) ?? []
  const yearly = `${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDate(`2000-${yearly}`) ? yearly : null
}

/** The calendar that the fields describe, with what is different on single days; null while something is missing. */
export function calendarOf(
  values: EditorValues,
  exceptions: ProgrammeCalendar['exceptions'] = [],
): ProgrammeCalendar | null {
  const repeat = repeatFrom(values.repeat)
  if (!repeat || !isDate(values.startsOn) || values.startTime === '') return null
  const season = seasonOf(values)
  if (season === null) return null
  return {
    startsOn: values.startsOn,
    startTime: values.startTime,
    repeat,
    ...(values.until === '' || repeat.kind === 'once' ? {} : { until: values.until }),
    ...(season && repeat.kind !== 'once' ? { season } : {}),
    holidays: repeat.kind === 'once' ? 'as-usual' : values.holidays,
    exceptions,
  }
}

function seasonOf({ isSeasonal, seasonFrom, seasonTo }: EditorValues): { from: string; to: string } | undefined | null {
  if (!isSeasonal) return undefined
  const [from, to] = [yearlyDate(seasonFrom), yearlyDate(seasonTo)]
  return from && to ? { from, to } : null
}

/** What is sent to make the programme, or, without its station, to change it; null while something is missing. */
export function programmeFrom(values: EditorValues): CreateProgrammeInput | null {
  const calendar = calendarOf(values)
  if (!calendar || typeof values.maxMinutes !== 'number') return null
  const { exceptions: _none, ...series } = calendar
  const clusters = values.clusters.map((id) => ClusterId.parse(id))
  return {
    areaCode: values.areaCode,
    name: values.name.trim(),
    ...series,
    maxMinutes: values.maxMinutes,
    targets: values.isWhole ? { areas: [values.areaCode], exclude: clusters } : { areas: [], clusters },
    rundown: [...values.rundown],
  }
}

/** What can be told of a change; a programme keeps its station. */
const FIELDS = [
  'name',
  'startsOn',
  'startTime',
  'repeat',
  'until',
  'isSeasonal',
  'seasonFrom',
  'seasonTo',
  'holidays',
  'maxMinutes',
  'isWhole',
  'clusters',
  'rundown',
] as const satisfies readonly (keyof EditorValues)[]

/**
 * What a form that started from `base` goes on from when a day of the programme has changed. Where somebody has changed its
 * fields meanwhile the revision stays: what is typed here is refused then and not put over theirs unseen.
 */
export const followed = (base: Programme, changed: Programme): Programme =>
  changedFields(valuesOf(base), valuesOf(changed)).length === 0 ? changed : { ...base, exceptions: changed.exceptions }

/** Which fields two states of a programme differ in. */
export const changedFields = (before: EditorValues, after: EditorValues): (typeof FIELDS)[number][] =>
  FIELDS.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
