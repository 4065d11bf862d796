import fc from 'fast-check'
import { expect, test } from 'vitest'
import { espeakText } from '../../controller/speech/engines/espeak.ts'
import { SpeechError } from '../../controller/speech/speech.ts'

test('Vietnamese text passes as it is', () => {
  const text = 'Điều mười hai, khoản một: “Người dân được thông tin.”'
  expect(espeakText(text)).toBe(text)
})

test('decomposed letters are composed, since the engine knows no others', () => {
  expect(espeakText('phường'.normalize('NFD'))).toBe('phường')
})

test('whatever comes, the engine gets one well-formed line without phoneme notation', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.constantFrom('[[a]]', '\0', '\n\n', '\ud800'),
      (text, extra) => {
        const line = espeakText(text + extra + text)
        expect(line).not.toMatch(/\p{Cc}|\[\[|\]\]/u)
        expect(line.isWellFormed()).toBe(true)
        expect(line).toBe(line.trim())
      },
    ),
  )
})

test('a text too long to be a sentence is refused rather than spoken for an hour', () => {
  expect(() => espeakText('a'.repeat(10_001))).toThrow(SpeechError)
})
