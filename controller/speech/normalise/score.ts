import { normalise } from './normalise.ts'
import type { NormaliseOptions } from './types.ts'

/** One line of a scoring sheet: what is written, and every reading that counts as right. */
export interface ScoreCase {
  input: string
  accepted: readonly string[]
  /** What the figures are grouped by: the third column, else `all`. */
  group: string
}

export interface ScoreMiss extends ScoreCase {
  got: string
}

export interface GroupScore {
  group: string
  total: number
  exact: number
  lenient: number
}

export interface Score {
  groups: readonly GroupScore[]
  total: GroupScore
  misses: readonly ScoreMiss[]
}

/** Parses `input<TAB>accepted | accepted<TAB>group`; lines that start with `#` are comments. */
export function parseScoreSheet(text: string): ScoreCase[] {
  const cases: ScoreCase[] = []
  for (const line of text.split(/\r?\n/)) {
    const [input, accepted, group] = line.split('\t')
    if (line.startsWith('#') || !input || accepted === undefined) continue
    cases.push({ input, accepted: accepted.split(' | '), group: groupName(group) })
  }
  return cases
}

const groupName = (column: string | undefined): string =>
  column
    ?.split('/')
    .at(-1)
    ?.replace(/^test_cases_/, '')
    .replace(/\.\w+$/, '') || 'all'

/** Exact means equal but for case, Unicode form and punctuation. */
export function comparable(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\s]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Lenient further takes regional and free variants of one number for the same reading. */
export function lenient(text: string): string {
  return comparable(text)
    .replace(/(?<!\p{L})lẻ(?!\p{L})/gu, 'linh')
    .replace(/(?<!\p{L})ngàn(?!\p{L})/gu, 'nghìn')
    .replace(/(?<!\p{L})mươi bốn(?!\p{L})/gu, 'mươi tư')
    .replace(/(?<!\p{L})tháng bốn(?!\p{L})/gu, 'tháng tư')
    .replace(/(?<!\p{L})nghìn không trăm(?!\p{L})/gu, 'nghìn')
}

/** Reads every case and counts how many readings are accepted. */
export function score(cases: readonly ScoreCase[], options: NormaliseOptions = {}): Score {
  const groups = new Map<string, GroupScore>()
  const total: GroupScore = { group: 'total', total: 0, exact: 0, lenient: 0 }
  const misses: ScoreMiss[] = []
  for (const item of cases) {
    const group = groups.get(item.group) ?? { group: item.group, total: 0, exact: 0, lenient: 0 }
    groups.set(item.group, group)
    const got = normalise(item.input, options).spoken
    const exact = item.accepted.some((reading) => comparable(reading) === comparable(got))
    const near = exact || item.accepted.some((reading) => lenient(reading) === lenient(got))
    for (const count of [group, total]) {
      count.total += 1
      count.exact += exact ? 1 : 0
      count.lenient += near ? 1 : 0
    }
    if (!near) misses.push({ ...item, got })
  }
  return { groups: [...groups.values()], total, misses }
}
