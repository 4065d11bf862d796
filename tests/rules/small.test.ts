import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BULLETIN_STATUSES } from '#protocol/http/bulletins.ts'
import { scriptProblem, tidyScript } from '../../controller/bulletins/script.ts'
import { nextBulletinStatus } from '../../controller/bulletins/status.ts'
import { contiguousUpTo } from '../../controller/clusters/contiguous.ts'
import { DomainError } from '../../controller/errors.ts'
import { byteRange } from '../../controller/http/byte-range.ts'
import { decodeCursor, encodeCursor } from '../../controller/page.ts'

test.each<[string, string, string, number | undefined]>([
  ['nothing', '', 'script.empty', undefined],
  ['white space and punctuation', ' \n\t — … !?', 'script.empty', undefined],
  ['a control character', 'Dòng một\nDòng\u0007hai', 'script.controlCharacter', 2],
  ['a NUL', 'a\u0000', 'script.controlCharacter', 1],
  ['a C1 control', 'a\n\nb\u0085', 'script.controlCharacter', 3],
  ['bytes that were no UTF-8', 'Xin\nch\ufffdo', 'script.notUtf8', 2],
  ['more than 100,000 characters', 'a'.repeat(100_001), 'script.tooLong', undefined],
])('a script with %s is refused by name', (_, text, key, line) => {
  const problem = scriptProblem(tidyScript(text))
  expect(problem).toMatchObject({ field: 'script', key })
  expect(problem?.values?.line).toBe(line)
})

test('a script of exactly 100,000 characters, with tabs and any line ends, can be read', () => {
  expect(scriptProblem('a'.repeat(100_000))).toBeNull()
  expect(tidyScript('\ufeffMột\r\nhai\rba\tbốn')).toBe('Một\nhai\nba\tbốn'.normalize('NFC'))
})

test('tidying composes letters, is settled after one pass, and never makes a fresh problem', () => {
  expect(tidyScript('tie\u0302\u0301ng')).toBe('tiếng')
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(tidyScript(tidyScript(text))).toBe(tidyScript(text))
    }),
  )
})

test.each([
  [undefined, 100, null],
  ['bytes=0-9', 100, { start: 0, end: 9 }],
  ['bytes=90-', 100, { start: 90, end: 99 }],
  ['bytes=90-200', 100, { start: 90, end: 99 }],
  ['bytes=-10', 100, { start: 90, end: 99 }],
  ['bytes=-200', 100, { start: 0, end: 99 }],
  ['bytes=99-99', 100, { start: 99, end: 99 }],
  ['bytes=100-', 100, 'unsatisfiable'],
  ['bytes=-0', 100, 'unsatisfiable'],
  ['bytes=9-0', 100, null],
  ['bytes=0-9,20-29', 100, null],
  ['items=0-9', 100, null],
  ['bytes=-', 100, null],
] as const)('Range %s of %i bytes', (header, bytes, expected) => {
  expect(byteRange(header, bytes)).toEqual(expected)
})

test('a range that is served always lies within the file', () => {
  const bound = fc.oneof(fc.constant(''), fc.nat().map(String), fc.constant('99999999999999999999'))
  fc.assert(
    fc.property(bound, bound, fc.integer({ min: 1, max: 1_000 }), (first, last, bytes) => {
      const range = byteRange(`bytes=${first}-${last}`, bytes)
      if (range === null || range === 'unsatisfiable') return
      expect(range.start).toBeGreaterThanOrEqual(0)
      expect(range.end).toBeGreaterThanOrEqual(range.start)
      expect(range.end).toBeLessThan(bytes)
    }),
  )
})

test('a journal is acknowledged up to its first gap and never backwards', () => {
  const seqs = fc.uniqueArray(fc.integer({ min: 1, max: 30 })).map((numbers) => numbers.sort((a, b) => a - b))
  fc.assert(
    fc.property(fc.nat(10), seqs, (from, stored) => {
      const reached = contiguousUpTo(from, stored)
      expect(reached).toBeGreaterThanOrEqual(from)
      expect(stored).not.toContain(reached + 1)
      for (let seq = from + 1; seq <= reached; seq++) expect(stored).toContain(seq)
    }),
  )
})

test('a cursor comes back as it was, and anything else is refused by its field', () => {
  fc.assert(
    fc.property(fc.nat(), fc.stringMatching(/^\w{1,40}$/), (at, id) => {
      expect(decodeCursor(encodeCursor({ at, id }))).toEqual({ at, id })
    }),
  )
  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  for (const bad of ['x', '!!', encoded([1.5, 'a']), encoded(['1', 'a']), encoded([1, 'a\u0000']), encoded({})]) {
    expect(() => decodeCursor(bad)).toThrow(DomainError)
  }
  expect(decodeCursor(undefined)).toBeNull()
})

test('a bulletin moves only along its way: nothing is approved that was not submitted', () => {
  const moves = (['submit', 'approve', 'return', 'edit', 'withdraw'] as const).map((action) =>
    Object.fromEntries(BULLETIN_STATUSES.map((status) => [status, nextBulletinStatus(status, action)])),
  )
  expect(moves).toEqual([
    { draft: 'pending', pending: null, approved: null, returned: 'pending', withdrawn: null },
    { draft: null, pending: 'approved', approved: null, returned: null, withdrawn: null },
    { draft: null, pending: 'returned', approved: null, returned: null, withdrawn: null },
    { draft: 'draft', pending: 'draft', approved: 'draft', returned: 'draft', withdrawn: 'draft' },
    { draft: 'draft', pending: 'pending', approved: 'withdrawn', returned: 'returned', withdrawn: null },
  ])
})
