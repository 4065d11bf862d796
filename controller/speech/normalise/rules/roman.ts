import { matchAt } from '../chars.ts'
import { readCardinal } from '../numbers/cardinal.ts'
import { romanValue } from '../numbers/roman.ts'
import { type Rule, type Scan, startsLine, wordBefore } from '../scan.ts'
import { ROMAN_WORDS, SMALL_ROMAN_WORDS, WEAK_ROMAN_WORDS } from '../tables/contexts.ts'

const CAPITALS = /([IVXLCDM]{1,15})(?![\p{L}\p{M}])(?:\/((?:19|20)\d\d)(?![\d/]))?/uy
const SMALL = /([ivxlcdm]{1,15})(?![\p{L}\p{M}])/uy
/** Single letters that are far more often letters than numerals: `nhóm C`, `khu D`. */
const MOSTLY_LETTER = /^[LCDM]$/
const STRICT_WORDS = /^(?:chương|kỷ|kỉ|khóa|khoá|phần|mục|quý)$/

/** Roman numerals where something says that they are numerals: `Chương IV`, `khóa XIV, XV`, `Quý III/2025`. */
export const readRoman: Rule = (scan) => {
  const { text, pos, region } = scan
  const match = matchAt(CAPITALS, text, pos)
  const numeral = match?.[1] ?? ''
  const value = match ? romanValue(numeral) : null
  if (!match || value === null || !hasContext(scan, numeral, pos + match[0].length)) return null
  const number = readCardinal(String(value), { region, zeroHundred: value > 1000 })
  const before = wordBefore(text, pos)
  const said = before === 'thứ' ? ordinal(value, number) : number
  const year = match[2] ? ` năm ${readCardinal(match[2], { region, zeroHundred: true })}` : ''
  const isSlashed = startsLine(text, pos) && text.charAt(pos + match[0].length) === '/'
  return {
    end: pos + match[0].length + Number(isSlashed),
    kind: 'roman',
    rule: startsLine(text, pos) ? 'roman-heading' : 'roman',
    reading: said + year + (isSlashed ? ',' : ''),
    alternatives: value === 4 && before === 'quý' ? [`tư${year}`] : [],
    list: 'roman',
  }
}

const ordinal = (value: number, number: string): string => (value === 1 ? 'nhất' : value === 4 ? 'tư' : number)

/** A numeral at the start of a line heads it when a full stop, bracket, colon or dash follows. */
const HEADS = /^(?:(?:\[\d{1,3}\])?[^\p{L}\d]{0,3}[.)/:]|\.? ?-)/u

function hasContext({ text, pos, list }: Scan, numeral: string, end: number): boolean {
  if (startsLine(text, pos) && HEADS.test(text.slice(end, end + 8)) && !MOSTLY_LETTER.test(numeral)) return true
  if (list === 'roman') return !MOSTLY_LETTER.test(numeral)
  const before = wordBefore(text, pos)
  if (before === 'năm') return numeral.length > 1 && (romanValue(numeral) ?? 0) >= 1000
  if (MOSTLY_LETTER.test(numeral)) return STRICT_WORDS.test(before) && before !== 'mục'
  return ROMAN_WORDS.has(before) || (numeral.length > 1 && WEAK_ROMAN_WORDS.has(before))
}

/** `thế kỷ xix`, `chương ix`: small letters only after the clearest words, and never where they could be a word. */
export const readSmallRoman: Rule = ({ text, pos, region }) => {
  const match = matchAt(SMALL, text, pos)
  if (!match) return null
  const before = wordBefore(text, pos)
  const numeral = match[0].toUpperCase()
  const value = romanValue(numeral)
  if (value === null || !SMALL_ROMAN_WORDS.has(before)) return null
  if (numeral.length === 1 && !/^[IVX]$/.test(numeral)) return null
  const end = pos + match[0].length
  const next = /^ (\p{L}+)/u.exec(text.slice(end, end + 12))?.[1]
  // `phần vi phạm`, `mục di tích`: a numeral that is also a syllable stands before a pause or another part.
  const isWord = /^(?:vi|di|li|mi|xi|ci|i|dim|mix|lix|lim)$/.test(match[0])
  if (isWord && next && !SMALL_ROMAN_WORDS.has(next.toLowerCase()) && !/^(?:và|đến|của|có|là|phụ)$/.test(next))
    return null
  const number = readCardinal(String(value), { region, zeroHundred: value > 1000 })
  return {
    end,
    kind: 'roman',
    rule: 'small-roman',
    reading: before === 'thứ' ? ordinal(value, number) : number,
    list: 'roman',
  }
}
