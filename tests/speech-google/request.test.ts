import fc from 'fast-check'
import { expect, test } from 'vitest'
import { failureOf, retryDelay, STATUS } from '../../controller/speech/engines/google/failure.ts'
import { familyOf } from '../../controller/speech/engines/google/families.ts'
import { billedCharacters, MAX_INPUT_BYTES, piecesOf } from '../../controller/speech/engines/google/request.ts'

test('the family stands in the name of a voice', () => {
  const voices = ['vi-VN-Standard-A', 'vi-VN-Wavenet-D', 'vi-VN-Neural2-A', 'vi-VN-Chirp3-HD-Kore']
  expect(voices.map(familyOf)).toEqual(['standard', 'wavenet', 'neural2', 'chirp3-hd'])
  expect(['vi-VN-Studio-A', 'en-US-Neural2-A', 'Kore', ''].map(familyOf)).toEqual([null, null, null, null])
})

test('no piece of any text is too long in bytes, none is broken, and no word is lost', () => {
  const word = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 12 }), fc.constantFrom('nghiêng,', 'của', '🔔'))
  const text = fc.oneof(
    fc.array(word, { maxLength: 900 }).map((words) => words.join(' ')),
    fc.integer({ min: 0, max: 4_000 }).map((length) => '🔔a'.repeat(length)),
  )
  fc.assert(
    fc.property(text, (long) => {
      const pieces = piecesOf(long)
      for (const piece of pieces) {
        expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(MAX_INPUT_BYTES)
        expect(piece.isWellFormed()).toBe(true)
      }
      const bare = (said: string): string =>
        said
          .toWellFormed()
          .normalize('NFC')
          .replace(/[\p{Cc}\s]+/gu, '')
      if (pieces.length > 0) expect(bare(pieces.join(''))).toBe(bare(long))
    }),
    { numRuns: 60 },
  )
})

test('a letter with its accents is billed as one character, however it was typed', () => {
  expect(piecesOf('phường'.normalize('NFD')).map(billedCharacters)).toEqual([6])
  expect(billedCharacters('🔔')).toBe(1)
})

test('waits double and waver by half', () => {
  const unavailable = { status: STATUS.unavailable, detail: '' }
  expect([1, 2, 3, 4].map((tries) => retryDelay(unavailable, tries, () => 0))).toEqual([500, 1_000, 2_000, null])
  expect(retryDelay(unavailable, 1, () => 1)).toBe(1_000)
  expect(retryDelay({ status: STATUS.invalidArgument, detail: '' }, 1, () => 0)).toBeNull()
})

test('a token that could not be fetched is told from one that was refused', () => {
  const plugin = (why: string, code: number) =>
    failureOf(Object.assign(new Error(`${code} X: Getting metadata from plugin failed with error: ${why}`), { code }))
  expect(plugin('request failed, reason: getaddrinfo ENOTFOUND oauth2.googleapis.com', 2)?.status).toBe(
    STATUS.unavailable,
  )
  expect(plugin('invalid_grant: Invalid JWT Signature.', 400)?.status).toBe(STATUS.unauthenticated)
})

test('an error without a status is a bug and no answer', () => {
  expect(failureOf(new TypeError('x is not a function'))).toBeNull()
})
