import { matchAt } from '../chars.ts'
import { type Region, readCardinal } from '../numbers/cardinal.ts'
import { type Rule, type Scan, textBefore } from '../scan.ts'
import { TIME_ZONES } from '../tables/contexts.ts'

const CLOCK = /(\d{1,2}):([0-5]\d)(?::([0-5]\d))?(?![\d:]|[.,]\d)/y
const HOURS =
  /(\d{1,3}) ?(?:h|H|g|G)(?: ?([0-5]\d|[0-5](?=['p ]))(?:(?: ?(?:'|phút|ph|p|m)(?![\p{L}\p{M}\d]))|(?![\p{L}\p{M}\d])))?(?![\p{L}\p{M}\d])/uy
const SPELLED = /(\d{1,2}) ?giờ ([0-5]\d)(?: ?(?:phút|ph|')(?![\p{L}\p{M}\d]))?(?![\d%/.,]{0,3}\d|%)/uy
const SPELLED_ZERO = /(\d{1,2}) giờ 0?0 phút(?![\p{L}\p{M}])/uy
const MINUTES = /(\d{1,3})(?:p|ph|') ?([0-5]?\d)?(?:s|'')?(?![\p{L}\p{M}\d])/uy
const ZONE = / ?(\p{L}{3})(?![\p{L}\p{M}\d])(?: ?\+ ?(\d{1,2})(?!\d))?/uy
const HALF_DAY = / ?(AM|PM|am|pm|SA|CH)(?![\p{L}\p{M}\d])/uy
const THROUGH = / ?(?:-|—) ?(?=\d)/y
const RATIO_WORDS = /(?:tỷ lệ|tỉ lệ|bản đồ|tỷ số)(?: \p{L}+)? $/u

interface Time {
  end: number
  said: string
}

/** Times of day and lengths of time in figures: `7h30`, `17 giờ 00`, `05:30`, `5:20:35`, `05p00s`, and ranges of them. */
export const readTime: Rule = (scan) => {
  const first = parse(scan, scan.pos)
  if (!first) return null
  const dash = matchAt(THROUGH, scan.text, first.end)
  const second = dash ? parse(scan, first.end + dash[0].length) : null
  const last = second ?? first
  const said = second ? `${first.said} đến ${second.said}` : first.said
  return { end: last.end, kind: 'time', rule: second ? 'time-range' : 'time', reading: said }
}

function parse(scan: Scan, at: number): Time | null {
  const time = clock(scan, at) ?? hours(scan, at) ?? spelled(scan, at) ?? minutes(scan, at)
  return time && withZone(scan.text, withHalfDay(scan.text, time))
}

function clock({ text, pos, region }: Scan, at: number): Time | null {
  const match = matchAt(CLOCK, text, at)
  if (!match || Number(match[1]) > 24 || RATIO_WORDS.test(textBefore(text, pos, 20))) return null
  return { end: at + match[0].length, said: sayTime(match[1], match[2], match[3], region) }
}

function hours({ text, pos, region }: Scan, at: number): Time | null {
  const match = matchAt(HOURS, text, at)
  if (!match) return null
  const isClock =
    Number(match[1]) <= 24 &&
    (match[2] !== undefined || /(?:lúc|hồi|sáng|trưa|chiều|tối) $/.test(textBefore(text, pos, 8)))
  const isGram = /\d ?[gG]/.test(match[0]) && !isClock
  if (isGram || (/ H/.test(match[0]) && match[2] === undefined)) return null
  return { end: at + match[0].length, said: sayTime(match[1], match[2], undefined, region) }
}

function spelled({ text, region }: Scan, at: number): Time | null {
  const match = matchAt(SPELLED_ZERO, text, at) ?? matchAt(SPELLED, text, at)
  if (!match) return null
  return { end: at + match[0].length, said: sayTime(match[1], match[2], undefined, region) }
}

function minutes({ text, region }: Scan, at: number): Time | null {
  const match = matchAt(MINUTES, text, at)
  if (!match) return null
  const seconds = Number(match[2] ?? 0)
  const said = `${number(match[1], region)} phút${seconds ? ` ${number(match[2], region)} giây` : ''}`
  return { end: at + match[0].length, said }
}

/** Minutes and seconds of zero are not said. */
function sayTime(
  hour: string | undefined,
  minute: string | undefined,
  second: string | undefined,
  region: Region,
): string {
  const parts = [`${number(hour, region)} giờ`]
  if (Number(minute ?? 0) > 0) parts.push(`${number(minute, region)} phút`)
  if (Number(second ?? 0) > 0) parts.push(`${number(second, region)} giây`)
  return parts.join(' ')
}

const number = (digits: string | undefined, region: Region): string => readCardinal(digits ?? '0', { region })

function withHalfDay(text: string, time: Time): Time {
  const match = matchAt(HALF_DAY, text, time.end)
  if (!match) return time
  const isMorning = /a/i.test(match[1] ?? '')
  return { end: time.end + match[0].length, said: `${time.said} ${isMorning ? 'sáng' : 'chiều'}` }
}

/** A time zone stays as it is written: its letters are its name. */
function withZone(text: string, time: Time): Time {
  const match = matchAt(ZONE, text, time.end)
  if (!match || !TIME_ZONES.has((match[1] ?? '').toLowerCase())) return time
  const offset = match[2] ? ` cộng ${readCardinal(match[2])}` : ''
  return { end: time.end + match[0].length, said: `${time.said} ${(match[1] ?? '').toUpperCase()}${offset}` }
}

const THREE_LETTERS = /\p{L}{3}(?![\p{L}\p{M}\d])/uy
const AFTER_TIME = /(?:^|[^\p{L}\d])\d*(?:giờ|phút|giây|sáng|chiều) $/u

/** The zone after a time in words: `2 giờ 15 phút GMT`. */
export const readTimeZone: Rule = ({ text, pos }) => {
  const match = matchAt(THREE_LETTERS, text, pos)
  if (!match || !TIME_ZONES.has(match[0].toLowerCase()) || !AFTER_TIME.test(textBefore(text, pos, 10))) return null
  return { end: pos + 3, kind: 'time', rule: 'time-zone', reading: match[0].toUpperCase() }
}
