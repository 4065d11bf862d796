import { ProgrammeCalendar } from '#protocol/calendar.ts'
import { occurrencesOf, type ProgrammeOccurrence } from '#protocol/rules/occurrences.ts'
import { slowOccurrences } from '../rules/reference/calendar.ts'

const PROGRAMMES = 200
const TIME_ZONE = 'Asia/Ho_Chi_Minh'
const YEAR = { from: Date.parse('2027-01-01T00:00+07:00'), until: Date.parse('2028-01-01T00:00+07:00') }

const lunar = { kind: 'lunar', days: [1, 15], leapMonths: 'also' }
const weekly = { kind: 'rrule', rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR' }
const exceptions = [
  { date: '2027-03-08', kind: 'skip' },
  { date: '2027-05-19', kind: 'move', to: { date: '2027-05-20', time: '17:00' } },
]

/** What a commune's programmes are like. */
const KINDS = [
  { repeat: { kind: 'rrule', rrule: 'FREQ=DAILY' } },
  { repeat: weekly, holidays: 'skip', exceptions },
  { repeat: weekly, season: { from: '04-16', to: '10-15' } },
  { repeat: weekly, season: { from: '10-16', to: '04-15' }, exceptions },
  { repeat: { kind: 'rrule', rrule: 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1' } },
  { repeat: { kind: 'rrule', rrule: 'FREQ=DAILY;COUNT=900' }, holidays: 'skip' },
  { repeat: lunar },
  { repeat: { ...lunar, months: [1, 7, 8] }, holidays: 'only' },
]

export interface RecurrenceFigures {
  programmes: number
  sessions: number
  cpuMs: number
  /** The same if all of them kept to the moon. */
  lunarCpuMs: number
  naiveCpuMs: number
  timesFaster: number
}

/** The processor time that the sessions of a year of 200 programmes take, beside going through every day of each. */
export async function recurrenceBench(): Promise<RecurrenceFigures> {
  const programmes = Array.from({ length: PROGRAMMES }, (_, i) => calendarOf(i, KINDS))
  const moons = Array.from({ length: PROGRAMMES }, (_, i) => calendarOf(i, [{ repeat: lunar }]))
  for (const find of [occurrencesOf, slowOccurrences]) timed(programmes.slice(0, KINDS.length), find)
  const ours = timed(programmes, occurrencesOf)
  const lunarCpuMs = timed(moons, occurrencesOf).cpuMs
  const naive = timed(programmes, slowOccurrences)
  if (JSON.stringify(ours.found) !== JSON.stringify(naive.found)) throw new Error('the two disagree')
  return {
    programmes: PROGRAMMES,
    sessions: ours.found.flat().length,
    cpuMs: ours.cpuMs,
    lunarCpuMs,
    naiveCpuMs: naive.cpuMs,
    timesFaster: naive.cpuMs / ours.cpuMs,
  }
}

const calendarOf = (nth: number, kinds: readonly object[]): ProgrammeCalendar =>
  ProgrammeCalendar.parse({ startsOn: '2025-11-01', startTime: '05:30', ...kinds[nth % kinds.length] })

type Find = (calendar: ProgrammeCalendar, window: typeof YEAR, timeZone: string) => ProgrammeOccurrence[]

function timed(calendars: readonly ProgrammeCalendar[], find: Find): { cpuMs: number; found: ProgrammeOccurrence[][] } {
  const before = process.cpuUsage()
  const found = calendars.map((calendar) => find(calendar, YEAR, TIME_ZONE))
  const { user, system } = process.cpuUsage(before)
  return { cpuMs: (user + system) / 1_000, found }
}
