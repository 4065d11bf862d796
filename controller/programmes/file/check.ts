import { civilTime, instantOf } from '#protocol/rules/civil-time.ts'
import { occurrencesOf } from '#protocol/rules/occurrences.ts'
import { LOOK_AHEAD_MS } from '../check.ts'
import { strayDays } from '../stray-days.ts'
import type { ParsedFile, WrittenProgramme } from './parse.ts'
import { FileError, type FileProblem } from './problem.ts'
import { slotsOf, troublesOf } from './slots.ts'

/** Something that a file says of a programme and should not, or that is worth a thought. */
export interface Fault {
  readonly written: WrittenProgramme
  readonly problem: FileProblem
  readonly isCertain: boolean
}

/**
 * What can be said of a file without a database, of a year from `now` on: that each calendar yields something, and that
 * the sessions keep to the quiet hours and limits of the file and out of each other's way.
 */
export function findFaults(file: ParsedFile, now: number): Fault[] {
  const slots = slotsOf(file, { from: now, until: now + LOOK_AHEAD_MS })
  const troubles = troublesOf(file, slots)
  const faults = new Map<string, Fault>()
  for (const [i, { written }] of slots.entries())
    for (const { field, isCertain, ...trouble } of troubles.get(i) ?? []) {
      // Of the same thing on many days, the first says enough.
      const name = `${written.key} ${trouble.key}`
      if (!faults.has(name)) faults.set(name, { written, isCertain, problem: { ...trouble, ...written.locate(field) } })
    }
  const coming = new Set(slots.map(({ written }) => written.key))
  for (const written of file.programmes.filter(({ key }) => !coming.has(key))) {
    const isCertain = !hasAny(written, file.timeZone)
    const key = isCertain ? 'file.noSession' : 'file.noSessionAhead'
    faults.set(`${written.key} ${key}`, { written, isCertain, problem: { ...written.locate(''), key } })
  }
  return [...faults.values(), ...findStrayDays(file, now)]
}

/**
 * Exceptions on dates on which nothing airs anyway. A series may have changed since, so days that are over are told only
 * where the series had not begun: of a year too early, as of any other slip, the right day would be loud.
 */
export function findStrayDays({ programmes, timeZone }: ParsedFile, now: number): Fault[] {
  const today = civilTime(now, timeZone).date
  return programmes.flatMap((written) => {
    const { programme, locate } = written
    return strayDays(programme, timeZone)
      .filter(({ date }) => date >= today || date < programme.startsOn)
      .map(({ place, key, values }) => {
        const problem = { ...locate(`exceptions.${place}`), key, ...(values ? { values } : {}) }
        return { written, isCertain: false, problem }
      })
  })
}

/** Answers what is worth a thought; throws FileError with all that is wrong. */
export function checkFile(file: ParsedFile, now: number): FileProblem[] {
  const faults = findFaults(file, now)
  const errors = faults.filter(({ isCertain }) => isCertain)
  if (errors.length > 0) throw new FileError(errors.map(({ problem }) => problem))
  return faults.map(({ problem }) => problem)
}

function hasAny({ programme }: WrittenProgramme, timeZone: string): boolean {
  const from = instantOf(programme.startsOn, '00:00', timeZone)
  return occurrencesOf(programme, { from, until: from + LOOK_AHEAD_MS }, timeZone).length > 0
}
