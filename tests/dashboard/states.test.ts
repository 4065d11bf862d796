import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BroadcastSummary } from '#protocol/http/broadcasts.ts'
import { DELIVERY_STATES } from '#protocol/http/broadcasts.ts'
import { aroundNow } from '../../dashboard/src/features/broadcasts/sessions-of.ts'
import { stepsOf } from '../../dashboard/src/features/bulletins/steps-of.ts'
import { attentionOf } from '../../dashboard/src/features/clusters/attention.ts'
import { headlineOf, partsOf, totalOf } from '../../dashboard/src/lib/tally.ts'

const now = Date.parse('2026-11-23T10:00:00Z')
const MINUTE = 60_000
const iso = (at: number): string => new Date(at).toISOString()

describe('a tally', () => {
  const tallies = fc.record(
    Object.fromEntries(DELIVERY_STATES.map((state) => [state, fc.integer({ min: 0, max: 9 })])),
    { requiredKeys: [] },
  )

  test('loses no delivery, whatever its state', () => {
    fc.assert(
      fc.property(tallies, (tally) => {
        const parts = partsOf(tally)
        expect(parts.reduce((sum, part) => sum + part.count, 0)).toBe(totalOf(tally))
        if (parts.length > 0) expect(parts.reduce((sum, part) => sum + part.share, 0)).toBeCloseTo(1)
      }),
    )
  })

  test('counts what was heard whole, late or not, and never what is unknown', () => {
    const tally = { played: 9, unknown: 2, late: 1 }
    expect(headlineOf({ status: 'closed', tally })).toEqual({ kind: 'played', n: 10, total: 12 })
  })

  test('before air it says who is ready, on air who is playing', () => {
    expect(headlineOf({ status: 'planned', tally: { armed: 10, planned: 2 } })).toEqual({
      kind: 'ready',
      n: 10,
      total: 12,
    })
    expect(headlineOf({ status: 'airing', tally: { playing: 11, missed: 1 } })).toEqual({
      kind: 'playing',
      n: 11,
      total: 12,
    })
    expect(headlineOf({ status: 'airing', tally: { played: 12 } })).toEqual({ kind: 'played', n: 12, total: 12 })
  })
})

describe('sessions around now', () => {
  const session = (id: string, startAt: number, status: BroadcastSummary['status']): BroadcastSummary => ({
    id: `brd_${id}`,
    programmeId: 'prg_1',
    programmeName: 'Bản tin sáng',
    originalDate: '2026-11-23',
    areaCode: '29551',
    level: 'programme',
    status,
    cancelledBy: null,
    fill: 'short',
    dropped: [],
    startAt: iso(startAt),
    endAt: iso(startAt + 5 * MINUTE),
    bulletins: [],
    tally: {},
  })
  const closed = session('a', now - 60 * MINUTE, 'closed')
  const cancelled = session('b', now + MINUTE, 'cancelled')
  const next = session('c', now + 10 * MINUTE, 'planned')

  test('the next is the nearest that is not cancelled', () => {
    expect(aroundNow([closed, cancelled, next], now, 4)).toEqual({ current: next, last: [closed] })
  })

  test('what is on air comes before what is next, even before the controller says so', () => {
    const started = session('d', now - MINUTE, 'planned')
    expect(aroundNow([closed, started, next], now, 4).current).toBe(started)
  })

  test('the last ones come newest first', () => {
    const earlier = session('e', now - 120 * MINUTE, 'closed')
    expect(aroundNow([earlier, closed], now, 4)).toEqual({ current: null, last: [closed, earlier] })
    expect(aroundNow([earlier, closed], now, 1).last).toEqual([closed])
  })
})

describe('a cluster needs attention', () => {
  const next = (inMinutes: number, state: 'armed' | 'missing' | 'clock-bad' | 'fetching' | null) => ({
    broadcastId: 'brd_1' as const,
    startAt: iso(now + inMinutes * MINUTE),
    state,
  })

  test('when it is offline, or never came', () => {
    expect(attentionOf({ presence: 'offline', next: null }, now)).toBe('offline')
    expect(attentionOf({ presence: 'never', next: null }, now)).toBe('never')
  })

  test('when it is not armed within half an hour of a start, and not earlier', () => {
    expect(attentionOf({ presence: 'online', next: next(29, 'fetching') }, now)).toBe('not-armed')
    expect(attentionOf({ presence: 'online', next: next(29, null) }, now)).toBe('not-armed')
    expect(attentionOf({ presence: 'online', next: next(29, 'missing') }, now)).toBe('missing')
    expect(attentionOf({ presence: 'online', next: next(29, 'clock-bad') }, now)).toBe('clock-bad')
    expect(attentionOf({ presence: 'online', next: next(31, 'fetching') }, now)).toBeNull()
  })

  test('not when it is armed', () => {
    expect(attentionOf({ presence: 'online', next: next(1, 'armed') }, now)).toBeNull()
  })
})

describe('the steps of a bulletin', () => {
  const states = (...input: Parameters<typeof stepsOf>) => stepsOf(...input).map((step) => step.state)

  test('show one step to do, everything before it done and everything after it ahead', () => {
    expect(states('draft', 'none')).toEqual(['current', 'ahead', 'ahead', 'ahead', 'ahead'])
    expect(states('pending', 'none')).toEqual(['done', 'done', 'current', 'ahead', 'ahead'])
    expect(states('approved', 'none')).toEqual(['done', 'done', 'done', 'current', 'ahead'])
    expect(states('approved', 'scheduled')).toEqual(['done', 'done', 'done', 'done', 'current'])
    expect(states('approved', 'aired')).toEqual(['done', 'done', 'done', 'done', 'done'])
  })

  test('a returned bulletin is back at its first step', () => {
    expect(states('returned', 'none')[0]).toBe('returned')
  })

  test('a withdrawn bulletin is stopped where it was approved, wherever it has aired', () => {
    expect(states('withdrawn', 'aired')).toEqual(['done', 'done', 'withdrawn', 'ahead', 'ahead'])
  })
})
