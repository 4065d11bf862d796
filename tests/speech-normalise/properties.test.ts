import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normalise } from '../../controller/speech/normalise/normalise.ts'
import { scriptToUtterances } from '../../controller/speech/normalise/utterances.ts'
import { parseVietnamese } from './reader.ts'

const FRAGMENTS = [
  'Điều 5',
  'khoản 3,4',
  'điểm đ',
  '12/NQ-HĐND',
  '168/2024/NĐ-CP',
  '36/2024/QH15',
  '57-NQ/TW',
  'số',
  'Số:',
  'ngày',
  'tháng 4',
  '15/4/2025',
  '27-8-2025',
  '2/3',
  '19/19',
  '7h30',
  '05:30',
  '17 giờ 00',
  '5-10%',
  '1.234,5',
  '1,5 tỷ',
  '500.000đ/tháng',
  '50 m2',
  '80 km/h',
  'mg/100 ml',
  'Chương IV',
  'khóa XV',
  'quý I-II/2025',
  'thế kỷ xix',
  'TT',
  'CT',
  'UBND',
  'GD&ĐT',
  'HĐND-UBND',
  'VNeID',
  'Zalo',
  'XYZ',
  'P.',
  'Q.1',
  'TP.',
  'H. Cái',
  'ThS.',
  'v.v...',
  'đ/c',
  'a)',
  '1.',
  '1.1',
  '(i)',
  '[1]',
  '-',
  '+',
  '–',
  '...',
  './.',
  '(',
  ')',
  '"',
  '“',
  '”',
  ';',
  ':',
  ',',
  '.',
  '?',
  '!',
  '/',
  '&',
  '%',
  '*',
  '@',
  '=',
  '<',
  '>',
  '~',
  '°',
  '$',
  'xã',
  'Tân',
  'phần vi',
  'mục',
  'thứ',
  '4',
  '113',
  'gọi',
  '0912 345 678',
  'sotp@camau.gov.vn',
  'www.a.vn',
  'A1',
  'H5N1',
  'T7',
  'CA',
  'AN',
  'tr.',
  'PST',
  'giờ',
  'GMT',
  '\n',
  ' ',
  '  ',
  'X',
  'V',
  'i',
  '5A',
  'lít',
  'đồng',
  'I',
  'II.',
  '½',
  '²',
  'ð',
  'a\u0301',
  '١٢',
] as const

const messy = fc.array(fc.oneof(fc.constantFrom(...FRAGMENTS), fc.string({ unit: 'binary', maxLength: 4 })), {
  maxLength: 24,
})
const pasted = fc.tuple(messy, fc.constantFrom('', ' ')).map(([parts, joint]) => parts.join(joint))
/** What no eye sees: it stands before labels and between words. */
const BLANKS = [' ', '\t', '\u3000', '\u00a0', '\n', '\u200b'] as const
const anyText = fc.oneof(
  pasted,
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
)

describe('numbers', () => {
  test('every integer up to a thousand million reads back as itself', () => {
    const integer = fc.oneof(fc.integer({ min: 0, max: 1_000_000_000 }), fc.integer({ min: 0, max: 9_999 }))
    fc.assert(
      fc.property(integer, fc.constantFrom('north', 'south'), (value, region) => {
        // Grouped by dots, since a long bare number after nothing could as well be a telephone number.
        const written = value.toLocaleString('de-DE')
        expect(parseVietnamese(normalise(written, { region }).spoken)).toBe(value)
        expect(parseVietnamese(normalise(`${value} người`, { region }).spoken.replace(/ người$/, ''))).toBe(value)
      }),
      { numRuns: 2_000 },
    )
  })

  test('digits after the comma are read one by one', () => {
    fc.assert(
      fc.property(
        fc.nat(999),
        fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 2 }),
        (whole, fraction) => {
          const [left, right] = normalise(`${whole},${fraction} ha`)
            .spoken.replace(/ héc ta$/, '')
            .split(' phẩy ')
          expect(parseVietnamese(left ?? '')).toBe(whole)
          expect(right?.split(' ').map(parseVietnamese).join('')).toBe(fraction)
        },
      ),
    )
  })
})

describe('any text at all', () => {
  test('is spoken in letters, single spaces and sentence punctuation alone', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(normalise(text).spoken).toMatch(/^(?:[\p{L}\p{M}]+(?:[,.?!]? [\p{L}\p{M}]+)*[.?!]?)?$/u)
      }),
      { numRuns: 1_000 },
    )
  })

  test('is not changed by being normalised a second time', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = normalise(text).spoken
        expect(normalise(once).spoken).toBe(once)
      }),
      { numRuns: 2_000 },
    )
  })

  test('is covered by the spans of the trace, in order, without gap or overlap', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { spans } = normalise(text)
        expect(spans.map((span) => span.source).join('')).toBe(text)
        let at = 0
        for (const span of spans) {
          expect(span.start).toBe(at)
          expect(span.end).toBeGreaterThan(span.start)
          at = span.end
        }
        expect(at).toBe(text.length)
      }),
      { numRuns: 1_000 },
    )
  })

  test('of ten kilobytes is read without hanging', () => {
    const part = fc.constantFrom(...FRAGMENTS, ...BLANKS)
    const long = fc.tuple(part, part, fc.constantFrom('', 'a', ':')).map(([a, b, end]) => {
      const unit = a === b ? a : `${a}${b}`
      return `${unit.repeat(Math.ceil(10_000 / unit.length))}${end}`
    })
    fc.assert(
      fc.property(long, (text) => {
        const before = process.cpuUsage()
        normalise(text)
        scriptToUtterances(text)
        const { user, system } = process.cpuUsage(before)
        // A linear scan takes a few milliseconds; this bound only leaves room for a loaded machine.
        expect((user + system) / 1_000).toBeLessThan(1_000)
      }),
      { numRuns: 25, examples: BLANKS.map((blank) => [`${blank.repeat(10_000)}a`]) },
    )
  })

  test('cut into utterances keeps each one short, speakable and in its place', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          fc.array(pasted, { maxLength: 12 }).map((lines) => lines.join('\n')),
        ),
        (script) => {
          let at = 0
          for (const utterance of scriptToUtterances(script)) {
            expect(utterance.spoken).toMatch(/\p{L}/u)
            expect(utterance.spoken.length).toBeLessThanOrEqual(400)
            expect(utterance.source).toBe(script.slice(utterance.start, utterance.end))
            expect(utterance.start).toBeGreaterThanOrEqual(at)
            at = utterance.start
          }
        },
      ),
      { numRuns: 500 },
    )
  })
})
