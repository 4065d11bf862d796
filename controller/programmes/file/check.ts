import { instantOf } from '#protocol/rules/civil-time.ts'
import { occurrencesOf } from '#protocol/rules/occurrences.ts'
import { LOOK_AHEAD_MS } from '../check.ts'
import type { ParsedFile, WrittenProgramme } from './parse.ts'
import { FileError, type FileProblem } from './problem.ts'
import { slotsOf, type Trouble, troublesOf } from './slots.ts'

/**
 * What can be said of a file without a database, of a year from `now` on: that each calendar yields something, and that
 * the sessions keep to the quiet hours and limits of the file and out of each other's way. Answers what is only worth a
 * thought; throws FileError with all that is wrong.
 */
export function checkFile(file: ParsedFile, now: number): FileProblem[] {
  const slots = slotsOf(file, { from: now, until: now + LOOK_AHEAD_MS })
  const troubles = troublesOf(file, slots)
  const firsts = new Map<string, FileProblem & Pick<Trouble, 'isCertain'>>()
  for (const [i, { written }] of slots.entries())
    for (const { field, ...trouble } of troubles[i] ?? []) {
      // Of the same thing on many days, the first says enough.
      const name = `${written.key} ${trouble.key}`
      if (!firsts.has(name)) firsts.set(name, { ...trouble, ...written.locate(field) })
    }
  const coming = new Set(slots.map(({ written }) => written.key))
  const found = [...firsts.values()]
  const errors: FileProblem[] = found.filter(({ isCertain }) => isCertain)
  const warnings: FileProblem[] = found.filter(({ isCertain }) => !isCertain)
  for (const written of file.programmes.filter(({ key }) => !coming.has(key))) {
    const isEmpty = !hasAny(written, file.timeZone)
    const problem = { ...written.locate(''), key: isEmpty ? 'file.noSession' : 'file.noSessionAhead' }
    if (isEmpty) errors.push(problem)
    else warnings.push(problem)
  }
  if (errors.length > 0) throw new FileError(errors)
  return warnings
}

function hasAny({ programme }: WrittenProgramme, timeZone: string): boolean {
  const from = instantOf(programme.startsOn, '00:00', timeZone)
  return occurrencesOf(programme, { from, until: from + LOOK_AHEAD_MS }, timeZone).length > 0
}
