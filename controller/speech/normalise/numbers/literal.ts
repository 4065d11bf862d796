import { matchAt } from '../chars.ts'
import { type Region, readCardinal, readDigits } from './cardinal.ts'

/** A number as it is written, and how it is read. */
export interface NumberLiteral {
  end: number
  kind: 'cardinal' | 'decimal' | 'section'
  /** Digits before the decimal sign, without separators. */
  whole: string
  /** Digits after the decimal sign; empty for whole numbers. */
  fraction: string
  reading: string
  alternatives: readonly string[]
  needsReview: boolean
}

const SECTION = /\d{1,3}(?:\.\d{1,3}){2,8}(?![\d])/y
const DOTTED = /([1-9]\d{0,2}(?:\.\d{3}){1,9})(?:,(\d+))?(?!\d|\.\d)/y
const COMMAED = /([1-9]\d{0,2}(?:,\d{3}){2,9})(?:\.(\d+))?(?!\d|,\d)/y
const SPACED = /([1-9]\d{0,2}(?: \d{3}){2,8}|[1-9]\d{0,2} 000)(?:,(\d+))?(?![\d.]|[,/]\d| \d{3}(?!\d))/y
const DECIMAL = /(\d+)([.,])(\d+)(?!\d|[.,]\d)/y
const WHOLE = /\d+/y

/** Reads the number that begins here; separators are Vietnamese (`1.234,5`) unless they cannot be. */
export function readNumber(text: string, at: number, region: Region): NumberLiteral | null {
  const dotted = matchAt(DOTTED, text, at) ?? matchAt(COMMAED, text, at) ?? matchAt(SPACED, text, at)
  if (dotted) return grouped(dotted, region)
  const section = matchAt(SECTION, text, at)
  if (section) return sectionNumber(section, region)
  const decimal = matchAt(DECIMAL, text, at)
  if (decimal && !continuesList(text, at)) return decimalNumber(decimal, region)
  const whole = matchAt(WHOLE, text, at)
  return whole ? plain(whole.index + whole[0].length, whole[0], region) : null
}

/** In `3,4,5` no comma is a decimal sign. */
const continuesList = (text: string, at: number): boolean => /\d,$/.test(text.slice(Math.max(0, at - 2), at))

export function plain(end: number, digits: string, region: Region): NumberLiteral {
  // Nobody pads an amount with two zeros: such a number is a code and is read digit by digit.
  const reading = /^00\d|^0\d{5}/.test(digits) ? readDigits(digits) : readCardinal(digits, { region })
  return { end, kind: 'cardinal', whole: digits, fraction: '', reading, alternatives: [], needsReview: false }
}

function grouped(match: RegExpExecArray, region: Region): NumberLiteral {
  const whole = (match[1] ?? '').replace(/\D/g, '')
  const fraction = match[2] ?? ''
  const head = readCardinal(whole, { region })
  return {
    end: match.index + match[0].length,
    kind: fraction ? 'decimal' : 'cardinal',
    whole,
    fraction,
    reading: fraction ? `${head} phẩy ${readDigits(fraction)}` : head,
    alternatives: [],
    needsReview: false,
  }
}

function sectionNumber(match: RegExpExecArray, region: Region): NumberLiteral {
  const parts = match[0].split('.').map((part) => readCardinal(part, { region }))
  return {
    end: match.index + match[0].length,
    kind: 'section',
    whole: match[0],
    fraction: '',
    reading: parts.join(' chấm '),
    alternatives: [],
    needsReview: false,
  }
}

function decimalNumber(match: RegExpExecArray, region: Region): NumberLiteral {
  const [all, whole = '', sign, fraction = ''] = match
  const end = match.index + all.length
  const head = readCardinal(whole, { region })
  const said = `${head} phẩy ${readDigits(fraction)}`
  const base = { end, kind: 'decimal', whole, fraction, alternatives: [], needsReview: false } as const
  if (sign === ',' && fraction === '000' && /^[1-9]\d{0,2}$/.test(whole)) {
    // `5,000` with three zeros is a thousand written the English way; nobody measures that finely in round numbers.
    return {
      ...base,
      kind: 'cardinal',
      whole: whole + fraction,
      fraction: '',
      reading: readCardinal(whole + fraction, { region }),
      alternatives: [said],
      needsReview: true,
    }
  }
  // `4.0` is a version, not an amount.
  if (sign === '.' && fraction === '0') return { ...base, reading: `${head} chấm không`, alternatives: [said] }
  return { ...base, reading: said }
}
