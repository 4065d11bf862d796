import { readDigits } from './numbers/cardinal.ts'

/** Names of the letters as newsreaders say them. */
const NAMES: Readonly<Record<string, string>> = {
  a: 'a',
  ă: 'á',
  â: 'ớ',
  b: 'bê',
  c: 'xê',
  d: 'dê',
  đ: 'đê',
  e: 'e',
  ê: 'ê',
  f: 'ép',
  g: 'giê',
  h: 'hát',
  i: 'i',
  j: 'gi',
  k: 'ca',
  l: 'lờ',
  m: 'mờ',
  n: 'nờ',
  o: 'o',
  ô: 'ô',
  ơ: 'ơ',
  p: 'pê',
  q: 'quy',
  r: 'rờ',
  s: 'ét',
  t: 'tê',
  u: 'u',
  ư: 'ư',
  v: 'vê',
  w: 'vê kép',
  x: 'ích',
  y: 'y',
  z: 'dét',
}

/** The name of one letter; a letter of another alphabet stays as it is. */
export const letterName = (letter: string): string => NAMES[letter.toLowerCase()] ?? letter

/** Says a code letter by letter and digit by digit: `MTQG` → *mờ tê quy giê*. */
export function spell(code: string): string {
  const out: string[] = []
  for (const part of code.match(/\d|\p{L}\p{M}*/gu) ?? [])
    out.push(/\d/.test(part) ? readDigits(part) : letterName(part))
  return out.join(' ')
}

/** Capitals that stand for a place when a dot and a name follow: `P.`, `Q.`, `H.`, `X.`. */
const PLACE_LETTERS = /^[PQHXTĐKÔ]$/

/**
 * A single letter stays as it is, for every voice knows its name; only those that a second reading could take for a
 * place are said by name.
 */
export const sayLetter = (letter: string): string => (PLACE_LETTERS.test(letter) ? letterName(letter) : letter)
