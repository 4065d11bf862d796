import { isDigitAt, isLetterAt, lettersEnd } from '../chars.ts'
import { spell } from '../letters.ts'
import type { Rule } from '../scan.ts'
import { isSyllable } from '../syllable.ts'
import { FOREIGN_WORDS } from '../tables/foreign-words.ts'
import { findUnit } from './amount.ts'
import { expand, isAbbreviation } from './lookup.ts'

const ASCII = /^[A-Za-z]+$/
const VOWEL = /[aeiouyAEIOUY]/
const OTHER_SCRIPT = /[^\p{Script=Latin}\p{M}]/u

/**
 * Words that are not spelled like Vietnamese. They stay as written, for the voice to say as it can; the respelling that
 * a voice without foreign words needs is the alternative.
 */
export const readForeign: Rule = ({ text, pos }) => {
  const end = lettersEnd(text, pos)
  const word = text.slice(pos, end)
  const lower = word.toLowerCase()
  if (!ASCII.test(word)) return readLowered(word, lower, end) ?? readOtherScript(word, end)
  const numbered = isDigitAt(text, end) ? readBareUnit(text, pos, end + 1) : null
  if (numbered) return numbered
  if (word !== lower && word !== word.toUpperCase() && isAbbreviation(word))
    return { end, kind: 'abbreviation', rule: 'abbreviation', reading: expand(word) ?? word }
  const respelled = FOREIGN_WORDS.get(lower)
  if (respelled !== undefined)
    return { end, kind: 'foreign', rule: 'foreign-word', reading: word, alternatives: [respelled] }
  if (isSyllable(lower) || word.length === 1) return null
  const lowered = readLowered(word, lower, end)
  if (lowered) return lowered
  const unit = readBareUnit(text, pos, end)
  if (unit) return unit
  if (!VOWEL.test(word)) return { end, kind: 'foreign', rule: 'no-vowel', reading: spell(word), needsReview: true }
  return { end, kind: 'foreign', rule: 'unknown-word', reading: word, alternatives: [spell(word)], needsReview: true }
}

/** Abbreviations typed in small letters: `ubnd`, `hđnd`. */
function readLowered(word: string, lower: string, end: number) {
  if (word !== lower || word.length < 3 || word.length > 8 || isSyllable(lower)) return null
  const code = word.toUpperCase()
  if (!/^[a-zđưô]+$/.test(word) || !isAbbreviation(code)) return null
  return { end, kind: 'abbreviation', rule: 'small-letters', reading: expand(code) ?? word, needsReview: true }
}

/** A unit without a number: `đồng/m2`, `tính theo kWh`. */
function readBareUnit(text: string, pos: number, end: number) {
  const written = text.slice(pos, end)
  const unit = written.length > 1 && !isLetterAt(text, end) ? findUnit(written) : undefined
  return unit ? { end, kind: 'measure', rule: 'bare-unit', reading: unit.spoken } : null
}

/** Khmer, Chinese or Cyrillic cannot be said by a Vietnamese voice; the station has to say how. */
const readOtherScript = (word: string, end: number) =>
  OTHER_SCRIPT.test(word) ? { end, kind: 'foreign', rule: 'other-script', reading: word, needsReview: true } : null
