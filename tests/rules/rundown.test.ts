import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fillRundown, type RundownEntry } from '#protocol/rules/rundown.ts'

const MINUTE = 60_000
const entry = (id: string, minutes: number, kind: RundownEntry['kind'] = 'ordinary', since = 0): RundownEntry => ({
  id,
  ms: minutes * MINUTE,
  kind,
  since,
})
const fill = (rundown: readonly RundownEntry[], minutes: number) => {
  const { kept, dropped, usedMs, fill: state } = fillRundown(rundown, minutes * MINUTE)
  const ids = (entries: readonly RundownEntry[]): string => entries.map(({ id }) => id).join(' ')
  return { kept: ids(kept), dropped: ids(dropped), minutes: usedMs / MINUTE, fill: state }
}
const frame = [entry('chime', 0.1, 'frame'), entry('end', 0.1, 'frame')] as const

describe('a rundown', () => {
  test.each([
    ['nothing', [], 15, { kept: '', dropped: '', minutes: 0, fill: 'empty' }],
    ['a frame around nothing', frame, 15, { kept: '', dropped: '', minutes: 0, fill: 'empty' }],
    ['little', [entry('a', 5)], 15, { kept: 'a', dropped: '', minutes: 5, fill: 'short' }],
    ['to the minute', [entry('a', 15)], 15, { kept: 'a', dropped: '', minutes: 15, fill: 'full' }],
    ['almost to the minute', [entry('a', 14.1)], 15, { kept: 'a', dropped: '', minutes: 14.1, fill: 'full' }],
    [
      'too much: what came last goes first',
      [entry('a', 8, 'ordinary', 2), entry('b', 8, 'ordinary', 1)],
      15,
      { kept: 'b', dropped: 'a', minutes: 8, fill: 'over' },
    ],
    [
      'too much: the lower class goes first, however early it came',
      [entry('old', 8, 'ordinary', 1), entry('law', 8, 'priority', 9)],
      15,
      { kept: 'law', dropped: 'old', minutes: 8, fill: 'over' },
    ],
    [
      'too much even of what has priority',
      [entry('a', 10, 'priority', 1), entry('b', 10, 'priority', 2), entry('c', 1, 'ordinary', 0)],
      15,
      { kept: 'a', dropped: 'c b', minutes: 10, fill: 'over' },
    ],
    [
      'of equals that came together, the later place goes first',
      [entry('a', 8), entry('b', 8)],
      15,
      { kept: 'a', dropped: 'b', minutes: 8, fill: 'over' },
    ],
    ['one thing that never fits', [entry('a', 20)], 15, { kept: '', dropped: 'a', minutes: 0, fill: 'over' }],
    [
      'priority behind the opening, the rest in order',
      [frame[0], entry('a', 1), entry('b', 1), entry('law', 1, 'priority'), frame[1]],
      15,
      { kept: 'chime law a b end', dropped: '', minutes: 3.2, fill: 'short' },
    ],
  ] as const)('%s', (_, rundown, minutes, expected) => {
    expect(fill(rundown, minutes)).toEqual(expected)
  })
})

const kind = fc.constantFrom('frame', 'priority', 'ordinary')
const rundowns = fc
  .array(fc.record({ ms: fc.integer({ min: 1, max: 30 * MINUTE }), kind, since: fc.nat(20) }), { maxLength: 12 })
  .map((entries) => entries.map((one, i): RundownEntry => ({ id: `e${i}`, ...one })))
const capacity = fc.integer({ min: 0, max: 90 * MINUTE })

test('whatever is asked for: content fits, nothing is lost, and nothing goes while something lesser stays', () => {
  fc.assert(
    fc.property(rundowns, capacity, (rundown, capacityMs) => {
      const { kept, dropped, usedMs } = fillRundown(rundown, capacityMs)
      const content = rundown.filter((one) => one.kind !== 'frame')
      if (kept.length > 0) expect(usedMs).toBeLessThanOrEqual(capacityMs)
      expect(usedMs).toBe(kept.reduce((sum, { ms }) => sum + ms, 0))
      const keptContent = kept.filter((one) => one.kind !== 'frame')
      expect([...keptContent, ...dropped].map(({ id }) => id).sort()).toEqual(content.map(({ id }) => id).sort())
      for (const gone of dropped) {
        for (const stays of keptContent) {
          if (gone.kind === 'priority') expect(stays.kind).toBe('priority')
          if (gone.kind === stays.kind) expect(gone.since).toBeGreaterThanOrEqual(stays.since)
        }
      }
    }),
  )
})

test('a longer session never drops more, and filling what was kept changes nothing', () => {
  fc.assert(
    fc.property(rundowns, capacity, fc.nat(30 * MINUTE), (rundown, capacityMs, more) => {
      const [short, long] = [fillRundown(rundown, capacityMs), fillRundown(rundown, capacityMs + more)]
      expect(long.dropped.length).toBeLessThanOrEqual(short.dropped.length)
      expect(fillRundown(short.kept, capacityMs).kept).toEqual(short.kept)
    }),
  )
})
