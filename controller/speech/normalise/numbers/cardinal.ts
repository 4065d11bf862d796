/** Which regional words numbers are read with: northern *linh, nghìn* or southern *lẻ, ngàn*. */
export type Region = 'north' | 'south'

const DIGITS = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'] as const
/** Beyond this many digits a number has no everyday name and is read digit by digit. */
const LONGEST_NAMED = 27

const digit = (char: string | undefined): string => DIGITS[Number(char)] ?? 'không'

/** Reads each digit by itself: `0290` → *không hai chín không*. Characters that are no digits are skipped. */
export function readDigits(digits: string): string {
  let out = ''
  for (const char of digits) {
    if (char >= '0' && char <= '9') out += out ? ` ${digit(char)}` : digit(char)
  }
  return out
}

export interface CardinalOptions {
  region?: Region | undefined
  /** Say *không trăm* after *nghìn*, as in years: 2025 → *hai nghìn không trăm hai mươi lăm*. */
  zeroHundred?: boolean
}

/** Reads a string of digits as a cardinal number; leading zeros do not count. */
export function readCardinal(digits: string, options: CardinalOptions = {}): string {
  const bare = digits.replace(/^0+(?=\d)/, '')
  if (bare.length === 1) return digit(bare)
  if (bare.length > LONGEST_NAMED) return readDigits(digits)
  return billions(bare, options).join(' ')
}

/** Vietnamese counts in thousands, millions and *tỷ* (10⁹), and then in *tỷ* again: 10¹⁸ is *một tỷ tỷ*. */
function billions(digits: string, options: CardinalOptions): string[] {
  if (digits.length <= 9) return belowBillion(digits, options, false)
  const high = billions(digits.slice(0, -9), options)
  const low = digits.slice(-9)
  return Number(low) === 0 ? [...high, 'tỷ'] : [...high, 'tỷ', ...belowBillion(low, options, true)]
}

function belowBillion(digits: string, { region, zeroHundred }: CardinalOptions, continued: boolean): string[] {
  const padded = digits.padStart(9, '0')
  const out: string[] = []
  for (const [index, scale] of ['triệu', region === 'south' ? 'ngàn' : 'nghìn', ''].entries()) {
    const group = padded.slice(index * 3, index * 3 + 3)
    if (group === '000') continue
    const follows = index === 2 && (continued || out.length > 0)
    const afterThousand = index === 2 && padded.slice(3, 6) !== '000'
    out.push(...hundreds(group, follows, zeroHundred === true && afterThousand, region))
    if (scale) out.push(scale)
  }
  return out.length > 0 ? out : ['không']
}

function hundreds(group: string, follows: boolean, zeroHundred: boolean, region: Region | undefined): string[] {
  const [h, t, u] = group
  const out: string[] = []
  if (h !== '0') out.push(digit(h), 'trăm')
  else if (zeroHundred) out.push('không', 'trăm')
  if (t === '0') {
    if (u !== '0') out.push(...(follows || h !== '0' ? [region === 'south' ? 'lẻ' : 'linh'] : []), digit(u))
    return out
  }
  if (t === '1') out.push('mười')
  else out.push(digit(t), 'mươi')
  if (u !== '0') out.push(unit(t, u))
  return out
}

/** The unit after a ten changes its name: 21 *mốt*, 24 *tư*, 15 and 25 *lăm*. */
function unit(ten: string | undefined, one: string | undefined): string {
  if (one === '5') return 'lăm'
  if (ten !== '1' && one === '1') return 'mốt'
  if (ten !== '1' && one === '4') return 'tư'
  return digit(one)
}
