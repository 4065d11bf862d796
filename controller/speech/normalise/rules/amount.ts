import { isFree, isLetterAt, matchAt } from '../chars.ts'
import { type Region, readCardinal } from '../numbers/cardinal.ts'
import { type NumberLiteral, readNumber } from '../numbers/literal.ts'
import { isSyllable } from '../syllable.ts'
import { TIME_WORDS } from '../tables/contexts.ts'
import { CURRENCIES, type Currency } from '../tables/currencies.ts'
import { UNITS, UNITS_ANY_CASE, type UnitName } from '../tables/units.ts'

/** A number with what it counts: scale, unit or currency, and what it is per. */
export interface Amount {
  end: number
  kind: 'cardinal' | 'decimal' | 'section' | 'fraction' | 'measure' | 'money' | 'percent'
  /** The number alone. */
  value: string
  /** What follows the number, with its spaces read away; empty when nothing does. */
  unit: string
  number: NumberLiteral
  alternatives: readonly string[]
  needsReview: boolean
}

const UNIT_RUN = / ?((?:[%‰°€£$¥₫₩][CcFfKk]?(?![\p{L}\p{M}])|US\$|[\p{L}µΩ]{1,8}[23]?(?:\.(?:đồng|đ))?))/uy
const SCALE = / ?(?:(?:trăm|nghìn|ngàn|triệu|vạn) )?(?:trăm|nghìn|ngàn|triệu|vạn|tỷ|tỉ)(?![\p{L}\p{M}\d])/uy
const SUFFIX = /(tr|k|K|tỷ|tỉ|t)(\d{1,3})?(?![\p{L}\p{M}\d])/uy
const PER = / ?\/ ?(?:(\d{1,4}) ?)?([\p{Ll}µ][\p{L}µ]{0,7}[23]?)(?![\p{L}\p{M}\d])/uy
const SIMPLE_FRACTION = /(\d{1,3})\/(\d{1,4})(?![\d/.,]{0,3}\d|[.,]?\d)/y
const MIXED_FRACTION = / (\d{1,2})\/(\d{1,2})(?![\d/]|[.,]\d)/y

/** Reads an amount: `1,5 tỷ`, `2tr5`, `50 m2`, `500.000đ/tháng`, `5%`. */
export function readAmount(text: string, at: number, region: Region): Amount | null {
  const number = readNumber(text, at, region)
  if (!number) return null
  const base: Amount = {
    end: number.end,
    kind: number.kind,
    value: number.reading,
    unit: '',
    number,
    alternatives: number.alternatives,
    needsReview: number.needsReview,
  }
  if (number.kind === 'section') return base
  const scaled = readSuffix(text, base, region) ?? readScale(text, base)
  return withUnit(text, scaled ?? withFraction(text, at, base, region), region)
}

/** `1,5 triệu`, `2 nghìn tỷ`: the words stay as they are. */
function readScale(text: string, amount: Amount): Amount | null {
  const match = matchAt(SCALE, text, amount.end)
  return match ? { ...amount, end: amount.end + match[0].length, value: `${amount.value} ${match[0].trim()}` } : null
}

/** `10k`, `10tr`, `2tr5`: the figures after the letters count the next scale down. */
function readSuffix(text: string, amount: Amount, region: Region): Amount | null {
  const match = matchAt(SUFFIX, text, amount.end)
  if (!match) return null
  const [all, letters = '', rest] = match
  const thousand = region === 'south' ? 'ngàn' : 'nghìn'
  const scale = letters.toLowerCase() === 'k' ? thousand : letters === 'tr' ? 'triệu' : 'tỷ'
  if (rest && scale === thousand) return null
  const lower = scale === 'tỷ' ? 'triệu' : thousand
  const tail = rest ? ` ${readCardinal(rest.padEnd(3, '0'), { region })} ${lower}` : ''
  const isTon = letters === 't' && !rest
  return {
    ...amount,
    end: amount.end + all.length,
    kind: 'money',
    value: `${amount.value} ${scale}${tail}`,
    alternatives: isTon ? [`${amount.value} tấn`] : amount.alternatives,
    needsReview: amount.needsReview || isTon,
  }
}

/** `1/2kg` and `5 2/3`; bare fractions belong to the fraction rule. */
function withFraction(text: string, at: number, amount: Amount, region: Region): Amount {
  const mixed = amount.number.fraction === '' ? matchAt(MIXED_FRACTION, text, amount.end) : null
  if (mixed && Number(mixed[1]) < Number(mixed[2])) {
    const value = `${amount.value} và ${fractionReading(mixed[1] ?? '', mixed[2] ?? '', region)}`
    return { ...amount, end: amount.end + mixed[0].length, kind: 'fraction', value }
  }
  const match = matchAt(SIMPLE_FRACTION, text, at)
  if (!match || !isLetterAt(text, at + match[0].length)) return amount
  const fraction = {
    ...amount,
    end: at + match[0].length,
    value: fractionReading(match[1] ?? '', match[2] ?? '', region),
  }
  return withUnit(text, fraction, region).unit ? fraction : amount
}

/** `3/4` → *ba phần tư*: a denominator of four is *tư*. */
export function fractionReading(top: string, bottom: string, region: Region): string {
  const denominator = bottom === '4' ? 'tư' : readCardinal(bottom, { region })
  return `${readCardinal(top, { region })} phần ${denominator}`
}

function withUnit(text: string, amount: Amount, region: Region): Amount {
  const match = matchAt(UNIT_RUN, text, amount.end)
  const written = match?.[1] ?? ''
  if (!match || !isFree(text, amount.end + match[0].length)) return amount
  const isLoose = match[0].startsWith(' ')
  const end = amount.end + match[0].length
  const currency = findCurrency(written)
  if (currency && (currency.loose || !isLoose)) return withPer(text, money(amount, currency, end, region), region)
  const unit = findUnit(written)
  if (!unit || (isLoose && !unit.loose)) return amount
  const kind = written === '%' || written === '‰' ? 'percent' : 'measure'
  return withPer(text, { ...amount, end, kind, unit: unit.spoken }, region)
}

/** The unit as written, else in any case; a single letter means what it means only as written. */
export const findUnit = (written: string): UnitName | undefined =>
  Object.hasOwn(UNITS, written) ? UNITS[written] : UNITS_ANY_CASE.get(written.toLowerCase())

const findCurrency = (written: string): Currency | undefined =>
  Object.hasOwn(CURRENCIES, written) ? CURRENCIES[written] : undefined

/** Cents are said only for prices written with two decimals at most: `5,99$`, `0,5$`. */
function money(amount: Amount, currency: Currency, end: number, region: Region): Amount {
  const { whole, fraction, kind } = amount.number
  const cents = currency.hundredth && kind === 'decimal' && fraction.length <= 2 && amount.kind === 'decimal'
  if (!cents) return { ...amount, end, kind: 'money', unit: currency.spoken }
  const hundredths = readCardinal(fraction.padEnd(2, '0'), { region })
  const minor = Number(fraction) === 0 ? '' : `${hundredths} ${currency.hundredth}`
  const major = Number(whole) === 0 && minor ? '' : `${readCardinal(whole, { region })} ${currency.spoken}`
  return { ...amount, end, kind: 'money', value: [major, minor].filter(Boolean).join(' '), unit: '' }
}

/**
 * `/kg`, `/100 ml`, `/người/tháng`. Prices per thing and counts per anything are *một* each (`đồng một người`, `15 phút
 * một lần`); measures, and prices over time alone, are *trên*.
 */
function withPer(text: string, amount: Amount, region: Region): Amount {
  let { end } = amount
  const parts: { counted: string; isTime: boolean; isUnit: boolean }[] = []
  for (let match = matchAt(PER, text, end); match && parts.length < 3; match = matchAt(PER, text, end)) {
    const written = match[2] ?? ''
    const found = findUnit(written)
    if (!found && !isSyllable(written)) break
    const count = match[1] ? `${readCardinal(match[1], { region })} ` : ''
    parts.push({
      counted: count + (found?.spoken ?? written),
      isTime: found?.time === true || TIME_WORDS.has(written),
      isUnit: found !== undefined,
    })
    end += match[0].length
  }
  const isOverTimeOnly = amount.kind === 'money' && parts.every((part) => part.isTime)
  const isMeasure =
    amount.kind === 'measure' && !TIME_WORDS.has(amount.unit) && parts.every((part) => part.isUnit || part.isTime)
  const word = isOverTimeOnly || isMeasure ? 'trên' : 'một'
  const rates = parts.map(
    ({ counted }) => `${/^\p{L}+ /u.test(counted) && isCounted(counted) ? 'trên' : word} ${counted}`,
  )
  return { ...amount, end, unit: [amount.unit, ...rates].filter(Boolean).join(' ') }
}

/** A rate per a number of units (`mg/100 ml`) always takes *trên*. */
const isCounted = (counted: string): boolean => /^(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) /.test(counted)

/** The amount in words. */
export const say = (amount: Amount): string => (amount.unit ? `${amount.value} ${amount.unit}` : amount.value)

const RANGE = / ?- ?(?=[\d$])/y
const TIMES = / ?[x×] ?(?=\d)| ?\* ?(?=\d)/y

/** Where the second end of a range begins: after `-`, or null when no digit follows. */
export function rangeStart(text: string, end: number): number | null {
  const match = matchAt(RANGE, text, end)
  return match ? end + match[0].length : null
}

/** Where the next factor of `3m x 4m` begins, or null. */
export function timesStart(text: string, end: number): number | null {
  const match = matchAt(TIMES, text, end)
  return match ? end + match[0].length : null
}
