import { expect, test } from 'vitest'
import { parseMoment } from '../../controller/cli/moment.ts'

/** Tuesday 24 November 2026, 01:00 in Việt Nam; still Monday in UTC. */
const NOW = Date.UTC(2026, 10, 23, 18)
const parse = (text: string) => new Date(parseMoment(text, NOW, 'Asia/Ho_Chi_Minh')).toISOString()

test.each([
  ['2026-11-24T05:30', '2026-11-23T22:30:00.000Z'],
  ['2026-11-24 05:30:15', '2026-11-23T22:30:15.000Z'],
  ['2026-11-24T05:30:00+09:00', '2026-11-23T20:30:00.000Z'],
  ['2026-11-24T05:30:00Z', '2026-11-24T05:30:00.000Z'],
  ['05:30', '2026-11-23T22:30:00.000Z'],
  ['5:30', '2026-11-23T22:30:00.000Z'],
  ['Hôm qua 17:00', '2026-11-23T10:00:00.000Z'],
  ['hom kia 17:00', '2026-11-22T10:00:00.000Z'],
  ['ngày mai 00:00', '2026-11-24T17:00:00.000Z'],
])('%s is %s', (text, instant) => {
  expect(parse(text)).toBe(instant)
})

test.each(['', 'hôm qua', '24:00', '2026-02-30T05:30', 'thứ ba 05:30', '2026-11-24'])(
  '“%s” is asked about again',
  (text) => {
    expect(() => parse(text)).toThrow(/moment.unreadable/)
  },
)
