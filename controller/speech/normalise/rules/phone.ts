import { isDigitAt, matchAt } from '../chars.ts'
import { letterName } from '../letters.ts'
import { readDigits } from '../numbers/cardinal.ts'
import { type Rule, type Scan, textBefore } from '../scan.ts'
import { CALL_WORDS, IDENTITY_WORDS, PLATE_WORDS, SHORT_CODES } from '../tables/contexts.ts'

const SUBSCRIBER = /\(?(?:\+ ?84|0)\d{0,4}\)?(?:[ .-]{0,2}\(?\d{1,7}\)?){1,5}(?!\d|\/(?!0\d\d)\d|,\d)/y
const HOTLINE = /1[89]00[ .-]?\d{2,4}(?:[ .-]?\d{2,4})?(?![\d/]|,\d)/y
const DIALLED = /\d{3,12}(?:[ .-]\d{2,4}){0,3}(?![\d%]|\/\d{1,2}(?!\d)|\/\d{4}|[.,]\d)/y
const IDENTITY = /\d{1,6}(?:[ .-]?\d{2,6}){0,5}(?![\d/%]|[.,]\d)/y
const PLATE =
  /(\d{2}) ?-? ?([A-ZĐ]{1,2}\d?)[ .-]{0,3}(\d{3})\.?(\d{2})(?!\d)|(\d{2}) ?-? ?([A-ZĐ]{1,2}\d?)[ .-]{0,3}(\d{4,5})(?!\d)/y

/** Telephone numbers, in any grouping: each digit by itself. */
export const readPhone: Rule = (scan) => {
  const { text, pos } = scan
  const subscriber = matchAt(SUBSCRIBER, text, pos)
  const digits = countDigits(subscriber?.[0])
  if (subscriber && digits >= 9 && digits <= 12) return phone(pos, subscriber[0], 'telephone')
  const hotline = matchAt(HOTLINE, text, pos)
  if (hotline && (isCalled(scan) || (/[ .-]/.test(hotline[0]) && countDigits(hotline[0]) >= 6)))
    return phone(pos, hotline[0], 'hotline')
  const dialled = matchAt(DIALLED, text, pos)
  if (!dialled || !isCalled(scan) || !isNumber(scan, dialled[0])) return null
  return phone(pos, dialled[0], SHORT_CODES.has(dialled[0]) ? 'short-code' : 'telephone')
}

const isCalled = ({ text, pos, list }: Scan): boolean => list === 'phone' || CALL_WORDS.test(textBefore(text, pos, 60))

/** After *gọi* alone only what nobody counts is a number to dial: `gọi 200 thanh niên` is not. */
function isNumber({ text, pos, list }: Scan, written: string): boolean {
  if (SHORT_CODES.has(written.replace(/\D/g, '')) || list === 'phone') return true
  const after = text.slice(pos + written.length, pos + written.length + 2)
  return countDigits(written) >= 4 || !/^ \p{Ll}/u.test(after)
}

const countDigits = (text: string | undefined): number => text?.replace(/\D/g, '').length ?? 0

const phone = (pos: number, written: string, rule: string) => ({
  end: pos + written.length,
  kind: 'phone',
  rule,
  reading: `${/^\(?\+/.test(written) ? 'cộng ' : ''}${readDigits(written)}`,
  list: 'phone' as const,
})

/** Numbers that identify rather than count: cards, accounts, tax codes, vehicle plates; each digit by itself. */
export const readIdentity: Rule = ({ text, pos }) => {
  const plate = matchAt(PLATE, text, pos)
  if (plate && PLATE_WORDS.test(textBefore(text, pos, 60))) {
    return { end: pos + plate[0].length, kind: 'code', rule: 'vehicle-plate', reading: spellPlate(plate[0]) }
  }
  const match = matchAt(IDENTITY, text, pos)
  const digits = countDigits(match?.[0])
  if (!match || digits < 4) return null
  const isPadded = match[0].startsWith('0') && digits >= 6 && /^\d+$/.test(match[0])
  if (!isPadded && !IDENTITY_WORDS.test(textBefore(text, pos, 60))) return null
  return { end: pos + match[0].length, kind: 'code', rule: 'identity-number', reading: readDigits(match[0]) }
}

const spellPlate = (plate: string): string =>
  (plate.match(/\d|\p{L}/gu) ?? []).map((char) => (isDigitAt(char, 0) ? readDigits(char) : letterName(char))).join(' ')
