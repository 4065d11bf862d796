import { randomBytes } from 'node:crypto'

/** Makes a fresh id such as `bul_3kq…`: a prefix that names the noun and 100 bits of randomness. */
export type NewId = <P extends string>(prefix: P) => `${P}_${string}`

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

export const randomId: NewId = (prefix) => {
  let text = ''
  for (const byte of randomBytes(20)) text += ALPHABET[byte & 31]
  return `${prefix}_${text}`
}

/** From 0 to below 1, for jitter. */
export const randomFraction = (): number => randomBytes(4).readUInt32LE() / 2 ** 32

/** A secret of 256 bits, URL-safe. */
export const randomSecret = (): string => randomBytes(32).toString('base64url')
