import { DIGIT, LOWER, SPACE, SYMBOL, UPPER } from '../chars.ts'
import type { Rule } from '../scan.ts'
import { readAbbreviation, readDottedPlace, readInitials, readShorthand } from './abbreviation.ts'
import { readArticle } from './article.ts'
import { readDigitCode, readLetterCode, readLicence, readRoad, readShortDay } from './code.ts'
import { readBlankDate, readDate, readNumberInYear } from './date.ts'
import { readDocumentLabel, readDocumentNumber, readPaddedNumber } from './document-number.ts'
import { readForeign } from './foreign.ts'
import { readAroundTheClock, readFraction, readHouse, readRatio } from './fraction.ts'
import { readBracketMarker, readBullet, readLetterMarker, readNumberMarker } from './list-marker.ts'
import {
  readDash,
  readDefinition,
  readDots,
  readPreposed,
  readReference,
  readSign,
  readSigned,
  readSlash,
} from './marks.ts'
import { readAmounts, readOrdinal, readOrdinalRange } from './number.ts'
import { readIdentity, readPhone } from './phone.ts'
import { readRoman, readSmallRoman } from './roman.ts'
import { readTime, readTimeZone } from './time.ts'
import { readHandle, readWeb } from './web.ts'

const NUMBERS: readonly Rule[] = [
  readDocumentNumber,
  readNumberMarker,
  readAroundTheClock,
  readNumberInYear,
  readDate,
  readTime,
  readPhone,
  readIdentity,
  readArticle,
  readOrdinalRange,
  readOrdinal,
  readHouse,
  readFraction,
  readRatio,
  readDigitCode,
  readAmounts,
]

/** Numbers that nothing joins to what follows: no sign, no *và*, no *đến*. */
export const BARE_NUMBERS: readonly Rule[] = [
  readPaddedNumber,
  readNumberMarker,
  readTime,
  readPhone,
  readIdentity,
  readArticle,
  readOrdinal,
  readDigitCode,
  readAmounts,
]

/** Words in small letters: few begin anything to be read, so each rule here is tried only behind its own sign. */
const SMALL_WORDS: readonly Rule[] = [
  readShorthand,
  readLetterMarker,
  readSmallRoman,
  readTimeZone,
  readRoad,
  readForeign,
]

const CAPITAL_WORDS: readonly Rule[] = [
  readShorthand,
  readInitials,
  readLetterMarker,
  readDocumentLabel,
  readRoman,
  readLicence,
  readDottedPlace,
  readRoad,
  readShortDay,
  readTimeZone,
  readLetterCode,
  readAbbreviation,
  readForeign,
]

/** Which rules look at a place, by the class of the character there; the first that reads wins. */
export const RULES: Readonly<Record<number, readonly Rule[]>> = {
  [SPACE]: [],
  [DIGIT]: NUMBERS,
  [LOWER]: SMALL_WORDS,
  [UPPER]: CAPITAL_WORDS,
  [SYMBOL]: [],
}

/** Words that begin with a small letter and open a rule of their own. */
export const OPENERS: ReadonlyMap<string, readonly Rule[]> = new Map([
  ['số', [readDocumentLabel]],
  ['ngày', [readBlankDate]],
  ['Ngày', [readBlankDate]],
])

/** Rules for words that a full stop, an at-sign or a figure touches. */
export const TOUCHED: readonly Rule[] = [
  readWeb,
  readRoman,
  readSmallRoman,
  readLicence,
  readRoad,
  readShortDay,
  readLetterCode,
]

/** Rules for signs, by sign. */
export const SIGNS: ReadonlyMap<string, readonly Rule[]> = new Map<string, readonly Rule[]>([
  ['.', [readDots]],
  ['/', [readDots, readSlash]],
  ['(', [readDefinition, readBracketMarker, readPhone]],
  ['[', [readReference, readBracketMarker]],
  ['-', [readBullet, readSigned, readDash]],
  ['—', [readBullet, readDash]],
  ['+', [readPhone, readSigned, readBullet, readSign]],
  ['*', [readBullet]],
  ['±', [readSigned, readSign]],
  ['@', [readHandle, readSign]],
  ['$', [readPreposed, readSign]],
  ['€', [readPreposed, readSign]],
  ['£', [readPreposed, readSign]],
  ['¥', [readPreposed, readSign]],
  ['₫', [readPreposed, readSign]],
  ...[...'&%‰=≠≥≤×÷°₩<>~^'].map((sign) => [sign, [readSign]] as const),
])
