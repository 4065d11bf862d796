import { matchAt } from '../chars.ts'
import { type Region, readCardinal } from '../numbers/cardinal.ts'
import { type Reading, type Rule, type Scan, textBefore, wordBefore } from '../scan.ts'
import { COUNTED_NOUNS, DATE_WORDS, FRACTION_NOUNS, MAYBE_DATE_WORDS, YEAR_PART_WORDS } from '../tables/contexts.ts'

/** A day, month and year as far as they are written; `0` stands for what is not. */
interface CivilDate {
  day: number
  month: number
  year: number
}

const FULL = /(\d{1,2}) ?([/.-]) ?(\d{1,2}) ?\2 ?((?:1[5-9]|20|21)\d\d)(?![\d]|\/\d|-\p{Lu})/uy
const SHORT_YEAR = /(\d{1,2})\/(\d{1,2})\/(\d\d)(?![\d/]|[.,]\d|-\p{Lu})/uy
const ISO = /((?:19|20)\d\d)-(\d\d)-(\d\d)(?![\d-])/y
const MONTH_YEAR = /(\d{1,2}) ?[/-] ?((?:1[5-9]|20|21)\d\d)(?![\d]|\/ ?\p{Lu}|\/\d|-\p{Lu})/uy
const DAY_MONTH = /(\d{1,2}) ?([/-]) ?(\d{1,2})(?![\d/]|[.,]\d|%|-\p{Lu})/uy
const FROM_DAY = /(\d{1,2}) ?(?:-|—) ?(?=\d{1,2} ?[/.] ?\d)/y
const THROUGH = / ?(?:-|—) ?(?=\d)/y
const AND_DAYS = /(\d{1,2})((?:, ?\d{1,2}){0,8}) ?(?:,|và|&) ?(?=\d{1,2}\/\d)/y
const MONTHS = /(\d{1,2}) ?- ?(\d{1,2})\/((?:19|20)\d\d)(?![\d/]|-\p{Lu})/uy
const DAY = /\d{1,2}/y
const NUMBER_IN_YEAR = /(\d{1,3}) ?\/ ?((?:19|20)\d\d)(?![\d/]|\/ ?\p{Lu}|-\p{Lu})/uy
const NEXT_WORD = / ?(\p{L}+)/uy
/** Days of the year that everybody writes so. */
const KNOWN_DAYS = new Set(
  '3/2 8/3 26/3 30/4 1/5 19/5 1/6 28/6 27/7 19/8 2/9 10/10 20/10 9/11 18/11 20/11 22/12'.split(' '),
)
const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Dates in figures: `15/4/2025`, `27.8.2025`, `9/2025`, `ngày 30/4`, `2025-08-27`, and ranges of them. */
export const readDate: Rule = (scan) => {
  const { text, pos } = scan
  const months = readMonths(scan)
  if (months) return months
  const days = matchAt(FROM_DAY, text, pos)
  if (days) {
    const rest = parse({ ...scan, pos: pos + days[0].length }, true)
    if (
      rest &&
      rest.date.day > Number(days[1]) &&
      Number(days[1]) > 0 &&
      (rest.date.year > 0 || isDateContext(scan, 0))
    ) {
      return dayRange(scan, days[1] ?? '', rest)
    }
  }
  const several = matchAt(AND_DAYS, text, pos)
  if (several && (wordBefore(text, pos) === 'ngày' || scan.list === 'date')) return plainDay(scan)
  const first = parse(scan, false)
  if (!first) return null
  const dash = matchAt(THROUGH, text, first.end)
  const second = dash ? parse({ ...scan, pos: first.end + dash[0].length, list: 'date' }, true) : null
  if (!second) return reading(first, sayDate(scan, first.date))
  const span = `${sayDate(scan, first.date)} đến ${sayDate({ ...scan, pos: 0 }, second.date)}`
  return { ...reading(first, span), end: second.end, rule: 'date-range' }
}

/** `tháng 7-9/2025`. */
function readMonths({ text, pos, region }: Scan): Reading | null {
  const match = matchAt(MONTHS, text, pos)
  if (!match || !isMonth(match[2]) || !isMonth(match[1]) || Number(match[1]) >= Number(match[2])) return null
  const part = wordBefore(text, pos)
  const isNamed = part === 'tháng' || YEAR_PART_WORDS.has(part)
  const name = isNamed ? part : 'tháng'
  const said = (digits: string | undefined) =>
    name === 'tháng' && Number(digits) === 4 ? 'tư' : number(Number(digits), region)
  const year = readCardinal(match[3] ?? '', { region, zeroHundred: true })
  return {
    end: pos + match[0].length,
    kind: 'date',
    rule: 'month-range',
    reading: `${isNamed ? '' : 'tháng '}${said(match[1])} đến ${name} ${said(match[2])} năm ${year}`,
    list: 'date',
  }
}

interface Parsed {
  end: number
  date: CivilDate
  /** Guessed from little. */
  isGuess: boolean
}

function parse(scan: Scan, isSurelyDate: boolean): Parsed | null {
  const { text, pos } = scan
  const full = matchAt(FULL, text, pos)
  if (full && isMonth(full[3])) return parsed(pos, full, full[1], full[3], full[4])
  const iso = matchAt(ISO, text, pos)
  if (iso && isMonth(iso[2])) return parsed(pos, iso, iso[3], iso[2], iso[1])
  const short = matchAt(SHORT_YEAR, text, pos)
  if (short && isMonth(short[2]) && isDay(short[1])) {
    return { ...parsed(pos, short, short[1], short[2], `20${short[3]}`), isGuess: true }
  }
  const monthYear = matchAt(MONTH_YEAR, text, pos)
  if (monthYear && isMonth(monthYear[1]) && !isNumbered(scan))
    return parsed(pos, monthYear, '0', monthYear[1], monthYear[2])
  const dayMonth = matchAt(DAY_MONTH, text, pos)
  if (!dayMonth || !isDay(dayMonth[1]) || !isMonth(dayMonth[3])) return null
  const end = pos + dayMonth[0].length
  // `ngày 20-11` is a date, `ngày 5-7 tháng 9` a range of days.
  if (dayMonth[2] === '-' && (wordBefore(text, pos) !== 'ngày' || /^ ?(?:tháng|,? ?\d)/.test(text.slice(end, end + 8))))
    return null
  if (!isSurelyDate && !isDateContext(scan, end)) return null
  return { ...parsed(pos, dayMonth, dayMonth[1], dayMonth[3], '0'), isGuess: dayMonth[2] === '-' }
}

const parsed = (pos: number, match: RegExpExecArray, day?: string, month?: string, year?: string): Parsed => ({
  end: pos + match[0].length,
  date: { day: Number(day), month: Number(month), year: Number(year) },
  isGuess: false,
})

const isMonth = (digits: string | undefined): boolean => Number(digits) >= 1 && Number(digits) <= 12
const isDay = (digits: string | undefined): boolean => Number(digits) >= 1 && Number(digits) <= 31

/** `số 5/2025` and `quý 3/2025` are numbers in a year, `tỷ lệ 1/2000` is a scale: no months. */
function isNumbered({ text, pos }: Scan): boolean {
  const word = wordBefore(text, pos)
  return (word !== 'tháng' && YEAR_PART_WORDS.has(word)) || /(?:tỷ lệ|tỉ lệ|bản đồ) $/.test(textBefore(text, pos, 8))
}

/** Whether `d/m` without a year is a date here: by the word before, unless the word after speaks for a fraction. */
function isDateContext({ text, pos, list }: Scan, end: number): boolean {
  const before = wordBefore(text, pos)
  if (before === 'ngày' || before === 'hôm' || list === 'date') return true
  const after = end > 0 ? (matchAt(NEXT_WORD, text, end)?.[1]?.toLowerCase() ?? '') : ''
  if (FRACTION_NOUNS.has(after) || COUNTED_NOUNS.has(after)) return false
  if (DATE_WORDS.has(before) || /^(?:đường|phố|viên|trường)$/.test(before)) return true
  const isKnown = KNOWN_DAYS.has(text.slice(pos, end).replace(/(?<!\d)0/g, '')) && !(pos === 0 && end === text.length)
  return isKnown || MAYBE_DATE_WORDS.has(before) || /(?:ngày|dịp|lễ)[^.;]{1,24}$/.test(textBefore(text, pos, 28))
}

function sayDate({ text, pos, region }: Scan, { day, month, year }: CivilDate): string {
  const before = pos > 0 ? wordBefore(text, pos) : ''
  const parts: string[] = []
  if (day > 0)
    parts.push(/^(?:ngày|mùng|mồng|rằm|đường|phố|viên|trường)$/.test(before) ? '' : 'ngày', number(day, region))
  if (day > 0 || before !== 'tháng') parts.push('tháng')
  parts.push(month === 4 ? 'tư' : number(month, region))
  if (year > 0) parts.push('năm', readCardinal(String(year), { region, zeroHundred: true }))
  return parts.filter(Boolean).join(' ')
}

const number = (value: number, region: Region): string => readCardinal(String(value), { region })

function reading({ end, date, isGuess }: Parsed, said: string): Reading {
  const isImpossible = date.day > (DAYS_IN_MONTH[date.month - 1] ?? 31)
  const isEarly = date.day >= 1 && date.day <= 10
  return {
    end,
    kind: 'date',
    rule: isImpossible ? 'impossible-date' : date.day === 0 ? 'month-year' : 'date',
    reading: said,
    alternatives: isEarly && said.startsWith('ngày ') ? [said.replace('ngày ', 'ngày mùng ')] : [],
    needsReview: isGuess || isImpossible,
    list: 'date',
  }
}

/** `15-20/8/2025`. */
function dayRange(scan: Scan, from: string, to: Parsed): Reading {
  const opening = /^(?:ngày|mùng|mồng)$/.test(wordBefore(scan.text, scan.pos)) ? '' : 'ngày '
  const last = sayDate({ ...scan, pos: 0 }, to.date)
  const head = `${opening}${number(Number(from), scan.region)} đến `
  return {
    ...reading(to, `${head}${last}`),
    rule: 'day-range',
    alternatives: [`${head}${last.replace(/^ngày /, '')}`],
  }
}

/** The first of `5 và 6/9`: the month comes with the last. */
function plainDay({ text, pos, region }: Scan): Reading {
  const digits = matchAt(DAY, text, pos)?.[0] ?? ''
  return { end: pos + digits.length, kind: 'date', rule: 'day', reading: number(Number(digits), region), list: 'date' }
}

/** `quý III/2025`, `đợt 1/2025`, `kế hoạch năm 2024/2025`: a slash and a year after a number that is no month. */
export const readNumberInYear: Rule = (scan) => {
  const match = matchAt(NUMBER_IN_YEAR, scan.text, scan.pos)
  if (!match || !YEAR_PART_WORDS.has(wordBefore(scan.text, scan.pos))) return null
  const year = readCardinal(match[2] ?? '', { region: scan.region, zeroHundred: true })
  return {
    end: scan.pos + match[0].length,
    kind: 'date',
    rule: 'number-in-year',
    reading: `${number(Number(match[1]), scan.region)} năm ${year}`,
  }
}

const BLANK_FIGURES = /ngày[ ._]*\/[ ._]*\/ ?((?:19|20)\d\d)?(?!\d)/iy
const BLANK = /(ngày)[ .…_]*(tháng)[ .…_]*(năm)(?: ?(\d{2,4})(?!\d))?[ .…_]*/iy

/** A date left open in a form: `ngày … tháng … năm 2025`; only the year can be said. */
export const readBlankDate: Rule = ({ text, pos, region }) => {
  const figures = matchAt(BLANK_FIGURES, text, pos)
  if (figures) return blank(pos + figures[0].trimEnd().length, figures[1] ?? '', region)
  const match = matchAt(BLANK, text, pos)
  if (!match || !/[ .]{1,}tháng/i.test(match[0])) return null
  return blank(pos + match[0].trimEnd().length, match[4]?.length === 4 ? match[4] : '', region)
}

const blank = (end: number, year: string, region: Region): Reading => ({
  end,
  kind: 'date',
  rule: 'blank-date',
  reading: year ? `năm ${readCardinal(year, { region, zeroHundred: true })}` : '',
  needsReview: true,
})
