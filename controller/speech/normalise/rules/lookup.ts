import { DIGITAL_ABBREVIATIONS } from '../tables/abbreviations-digital.ts'
import { LAW_ABBREVIATIONS } from '../tables/abbreviations-law.ts'
import { LIFE_ABBREVIATIONS } from '../tables/abbreviations-life.ts'
import { STATE_ABBREVIATIONS } from '../tables/abbreviations-state.ts'
import { AMBIGUOUS, type ContextReading } from '../tables/ambiguous.ts'
import { LOCAL_ISSUERS, MINISTRIES, PARTY_ISSUERS, STATE_ISSUERS } from '../tables/issuers.ts'
import { SHORTHANDS } from '../tables/shorthands.ts'

/** Every abbreviation with one reading; what is listed later here wins. */
const TABLE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...PARTY_ISSUERS,
    ...LOCAL_ISSUERS,
    ...STATE_ISSUERS,
    ...MINISTRIES,
    ...LIFE_ABBREVIATIONS,
    ...DIGITAL_ABBREVIATIONS,
    ...LAW_ABBREVIATIONS,
    ...STATE_ABBREVIATIONS,
  }),
)
const CONTEXTUAL: ReadonlyMap<string, readonly ContextReading[]> = new Map(Object.entries(AMBIGUOUS))
const SHORT: ReadonlyMap<string, string> = new Map(Object.entries(SHORTHANDS))

/** How many abbreviations are built in. */
export const countAbbreviations = (): number => new Set([...TABLE.keys(), ...CONTEXTUAL.keys(), ...SHORT.keys()]).size

/** The reading of an abbreviation outside any context, or null. */
export const expand = (code: string): string | null =>
  CONTEXTUAL.get(code)?.at(-1)?.spoken ?? TABLE.get(code) ?? SHORT.get(code) ?? null

export const isAbbreviation = (code: string): boolean => TABLE.has(code) || CONTEXTUAL.has(code) || SHORT.has(code)

export const shorthand = (written: string): string | undefined => SHORT.get(written)

export interface Expansion {
  spoken: string
  alternatives: readonly string[]
  /** Nothing around it told which reading is meant. */
  isGuess: boolean
}

/** The reading of an abbreviation by what stands around it. */
export function expandInContext(code: string, before: () => string, after: () => string): Expansion | null {
  const readings = CONTEXTUAL.get(code)
  if (!readings) {
    const spoken = TABLE.get(code) ?? SHORT.get(code)
    return spoken === undefined ? null : { spoken, alternatives: [], isGuess: false }
  }
  const fits = ({ before: left, after: right }: ContextReading) =>
    (!left || left.test(before())) && (!right || right.test(after()))
  const chosen = readings.find(fits)
  if (!chosen) return null
  const others = [...new Set(readings.map((reading) => reading.spoken))].filter((spoken) => spoken !== chosen.spoken)
  const isGuess = !chosen.before && !chosen.after && others.length > 0
  return { spoken: chosen.spoken, alternatives: others, isGuess }
}
