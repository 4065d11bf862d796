import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HEARD } from '#protocol/http/broadcasts.ts'
import { JOURNAL_KINDS, JOURNAL_REASONS, type JournalEntry } from '#protocol/messages.ts'
import { isFinal, reconcile, unheardOf } from '../../controller/broadcasts/reconcile.ts'

const PLANNED_MS = 60_000
const PLANNED = { startAt: 10_000, ms: PLANNED_MS }
let seq = 0
const said = (kind: JournalEntry['kind'], set: Partial<JournalEntry> = {}): JournalEntry => {
  seq += 1
  return { seq, bootId: 'boot-1', kind, at: seq * 1_000, ...set }
}
const started = said('started', { at: 10_020, offsetMs: 20 })
const finished = said('finished', { ms: PLANNED_MS, audible: true })

test.each<[string, JournalEntry[], string, string | null]>([
  ['nothing', [], 'planned', null],
  ['armed', [said('armed')], 'armed', null],
  ['started', [said('armed'), started], 'playing', null],
  ['finished', [started, finished], 'played', null],
  ['finished without a word of its start', [finished], 'played', null],
  ['finished, and the cluster cannot prove sound', [started, said('finished', { ms: PLANNED_MS })], 'played', null],
  [
    'finished, but the amplifier stayed silent',
    [started, said('finished', { ms: PLANNED_MS, audible: false })],
    'missed',
    'inaudible',
  ],
  ['finished half a second short', [started, said('finished', { ms: PLANNED_MS - 500 })], 'played', null],
  ['finished shorter than that', [started, said('finished', { ms: PLANNED_MS - 501 })], 'partial', null],
  ['finished without saying how long', [started, said('finished')], 'partial', null],
  [
    'a relay whose stream was lost',
    [started, said('finished', { ms: 9_000, reason: 'stream-lost' })],
    'partial',
    'stream-lost',
  ],
  [
    'a relay whose stream never came',
    [started, said('finished', { ms: 0, reason: 'stream-lost' })],
    'missed',
    'stream-lost',
  ],
  ['a second late', [said('started', { offsetMs: 1_000 }), finished], 'played', null],
  ['later than a second', [said('started', { offsetMs: 1_001 }), finished], 'late', null],
  ['interrupted', [started, said('interrupted', { ms: 5_000, reason: 'higher-level' })], 'interrupted', 'higher-level'],
  ['interrupted, then resumed to its end', [started, said('interrupted', { ms: 5_000 }), finished], 'played', null],
  ['skipped', [said('armed'), said('skipped', { reason: 'audio-missing' })], 'missed', 'audio-missing'],
  ['skipped for a reason of newer firmware', [said('skipped')], 'missed', null],
  ['refused', [said('refused', { reason: 'quiet-hours' })], 'refused', 'quiet-hours'],
])('%s', (_, entries, state, reason) => {
  expect(reconcile(PLANNED, entries)).toMatchObject({ state, reason })
})

test('the outcome carries start, error, length and proof of sound', () => {
  expect(reconcile(PLANNED, [started, finished])).toEqual({
    state: 'played',
    reason: null,
    startedAt: 10_020,
    startErrorMs: 20,
    playedMs: PLANNED_MS,
    audible: true,
  })
})

test('a start by an older plan is measured against the start that was meant', () => {
  const byOldPlan = (startAt: number) => reconcile({ startAt, ms: PLANNED_MS }, [started, finished])
  expect(byOldPlan(started.at - 7_200_000)).toMatchObject({ state: 'late', startErrorMs: 7_200_000 })
  // Before its time is not late: it was heard whole, and the ledger says when.
  expect(byOldPlan(started.at + 7_200_000)).toMatchObject({ state: 'played', startErrorMs: -7_200_000 })
})

const entry: fc.Arbitrary<JournalEntry> = fc
  .record({
    seq: fc.integer({ min: 1, max: 12 }),
    kind: fc.constantFrom(...JOURNAL_KINDS),
    at: fc.integer({ min: 1, max: 4 }),
    ms: fc.option(fc.constantFrom(0, 30_000, PLANNED_MS), { nil: undefined }),
    offsetMs: fc.option(fc.constantFrom(-5, 20, 5_000), { nil: undefined }),
    audible: fc.option(fc.boolean(), { nil: undefined }),
    reason: fc.option(fc.constantFrom(...JOURNAL_REASONS), { nil: undefined }),
  })
  .map((made) => ({ bootId: 'boot-1', ...JSON.parse(JSON.stringify(made)) }))
const journal = fc.uniqueArray(entry, { selector: (one) => one.seq, maxLength: 10 })

test('entries in any order, and told any number of times, give the same outcome', () => {
  const shuffled = journal.chain((entries) =>
    fc.tuple(fc.constant(entries), fc.shuffledSubarray([...entries, ...entries], { minLength: entries.length * 2 })),
  )
  fc.assert(
    fc.property(shuffled, ([entries, again]) => {
      expect(reconcile(PLANNED, again)).toEqual(reconcile(PLANNED, entries))
    }),
  )
})

test('whatever a cluster tells: no end, no play; proof of silence, no play; no journal, unknown and never heard', () => {
  fc.assert(
    fc.property(journal, (entries) => {
      const outcome = reconcile(PLANNED, entries)
      const hasEnd = entries.some(({ kind }) => ['finished', 'interrupted', 'skipped', 'refused'].includes(kind))
      expect(isFinal(outcome.state)).toBe(hasEnd)
      if (HEARD.includes(outcome.state)) {
        expect(outcome.playedMs).toBe(PLANNED_MS)
        expect(outcome.audible).not.toBe(false)
      }
      expect(HEARD).not.toContain(unheardOf(outcome).state)
      expect(unheardOf(outcome)).toMatchObject({ state: 'unknown', reason: 'no-journal' })
    }),
  )
})
