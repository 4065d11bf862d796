import { isWordAt, matchAt } from '../chars.ts'
import { letterName, spell } from '../letters.ts'
import { readCardinal, readDigits } from '../numbers/cardinal.ts'
import type { Rule } from '../scan.ts'
import { splitSyllables } from '../syllable.ts'
import { FOREIGN_WORDS } from '../tables/foreign-words.ts'

const EMAIL = /[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\.[A-Za-z0-9-]{1,40}){1,5}/y
const URL = /(?:https?:\/\/|www\.)[A-Za-z0-9][A-Za-z0-9.\-_~:/?#[\]@!$&'()*+,;=%]{1,300}/iy
const DOMAIN =
  /[A-Za-z0-9][A-Za-z0-9-]{0,40}(?:\.[A-Za-z0-9-]{1,40}){0,4}\.(?:vn|com|net|org|gov|edu|info|io|me|asia|biz|app|int|eu)(?![\p{L}\p{M}\d-])(?:\/[A-Za-z0-9.\-_~/?#=&%+]{0,200})?/uy
const HANDLE = /@[A-Za-z0-9_.]{2,40}/y

/** E-mail and web addresses, part by part: `a còng`, `chấm`, `gạch chéo`. */
export const readWeb: Rule = ({ text, pos }) => {
  const match = matchAt(EMAIL, text, pos) ?? matchAt(URL, text, pos) ?? matchAt(DOMAIN, text, pos)
  if (!match) return null
  const written = match[0].replace(/[.,;:!?)\]'/]+$/, '')
  const isEmail = written.includes('@')
  const spoken = sayAddress(written.replace(/^https?:\/\//i, ''))
  return {
    end: pos + written.length,
    kind: isEmail ? 'email' : 'url',
    rule: isEmail ? 'email' : 'url',
    reading: spoken,
    needsReview: true,
  }
}

/** `@tên`. */
export const readHandle: Rule = ({ text, pos }) => {
  const match = matchAt(HANDLE, text, pos)
  if (!match || isWordAt(text, pos - 1) || !/[a-z]/i.test(match[0])) return null
  const written = match[0].replace(/\.+$/, '')
  return {
    end: pos + written.length,
    kind: 'url',
    rule: 'handle',
    reading: `a còng ${sayAddress(written.slice(1))}`,
    needsReview: true,
  }
}

const SIGNS: Readonly<Record<string, string>> = {
  '.': 'chấm',
  '@': 'a còng',
  '/': 'gạch chéo',
  '-': 'gạch ngang',
  _: 'gạch dưới',
  '?': 'hỏi chấm',
  '=': 'bằng',
  '&': 'và',
  '%': 'phần trăm',
  '+': 'cộng',
  '#': 'thăng',
  ':': 'hai chấm',
  '~': 'ngã',
}

/** Parts that everybody says the same way. */
const PARTS: Readonly<Record<string, string>> = {
  www: 'vê kép vê kép vê kép',
  vn: 'vê nờ',
  com: 'com',
  net: 'nét',
  org: 'o rờ gờ',
  gov: 'gốp',
  edu: 'e đu',
  info: 'in phô',
  io: 'ai ô',
  html: 'hát tê mờ lờ',
  htm: 'hát tê mờ',
  aspx: 'a ét pê ích',
  php: 'pê hát pê',
}

const sayAddress = (address: string): string =>
  (address.match(/\p{L}+|\d+|[^\p{L}\d]/gu) ?? []).map(sayPart).filter(Boolean).join(' ')

function sayPart(part: string): string {
  if (/^\d/.test(part)) return part.length > 2 || part.startsWith('0') ? readDigits(part) : readCardinal(part)
  const lower = part.toLowerCase()
  if (!/^\p{L}/u.test(part)) return SIGNS[part] ?? ''
  if (lower.length === 1) return letterName(lower)
  return PARTS[lower] ?? FOREIGN_WORDS.get(lower) ?? (lower.length > 40 ? spell(lower) : sayRun(lower))
}

/** A run of small letters: syllables where it has them, letters where it has not. */
const sayRun = (run: string): string =>
  splitSyllables(run)
    .map((part) => (part.length === 1 ? letterName(part) : part))
    .join(' ')
