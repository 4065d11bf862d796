import { expect, test } from 'vitest'
import { clockOf, skewedClock, withFaults } from '../../firmware-sim/faults.ts'
import type { ClockHealth } from '../../firmware-sim/parts.ts'
import { CLUSTER, MINUTE, MORNING, occurrence, openSite, SECOND } from './support/site.ts'

const HOUR = 60 * MINUTE

test('in the quiet hours it refuses a programme and plays an emergency', async () => {
  await using site = await openSite()
  await site.boot()
  const night = MORNING + 15 * HOUR
  await site.plan([
    occurrence('brd_dem', night, [site.audio('a', 5_000)]),
    occurrence('brd_khan', night + MINUTE, [site.audio('b', 5_000)], { level: 'emergency' }),
  ])
  await site.journalled({ kind: 'armed', occurrenceId: 'brd_khan' })
  await site.advanceTo(night + 2 * MINUTE)
  await site.journalled({ kind: 'finished', occurrenceId: 'brd_khan' })
  await site.tells('brd_dem', ['armed', 'refused quiet-hours'])
})

test('a session that would run into the quiet hours is refused whole', async () => {
  await using site = await openSite()
  await site.boot()
  const evening = MORNING + 14 * HOUR
  await site.plan([occurrence('brd_toi', evening - 5 * SECOND, [site.audio('a', 10_000)])])
  await site.journalled({ kind: 'armed' })
  await site.advanceTo(evening + MINUTE)
  await site.journalled({ kind: 'refused', reason: 'quiet-hours', occurrenceId: 'brd_toi' })
})

test('a cluster that boots late plays late within the allowance and skips beyond it', async () => {
  await using site = await openSite()
  await site.boot()
  await site.plan([
    occurrence('brd_muon', MORNING + 10 * MINUTE, [site.audio('a', 5_000)]),
    occurrence('brd_lo', MORNING + 5 * MINUTE, [site.audio('b', 5_000)]),
  ])
  await site.journalled({ kind: 'armed', occurrenceId: 'brd_muon' })
  await site.journalled({ kind: 'armed', occurrenceId: 'brd_lo' })
  await site.cluster.cutPower()
  await site.advanceTo(MORNING + 10 * MINUTE + 30 * SECOND)
  await site.boot()
  const started = await site.journalled({ kind: 'started', occurrenceId: 'brd_muon' })
  expect(started.offsetMs).toBeGreaterThanOrEqual(30_000)
  expect(started.offsetMs).toBeLessThan(MINUTE)
  await site.tells('brd_lo', ['armed', 'skipped too-late'])
})

test('a clock that was never synchronised plays emergencies and nothing else, and says so', async () => {
  const health = { offsetMs: 0, synchronised: false }
  await using site = await openSite({
    change: (parts) =>
      withFaults(
        parts,
        clockOf(() => health),
      ),
  })
  await site.boot()
  await site.plan([
    occurrence('brd_a', MORNING + 10 * MINUTE, [site.audio('a', 5_000)]),
    occurrence('brd_khan', MORNING + 11 * MINUTE, [site.audio('b', 5_000)], { level: 'emergency' }),
  ])
  await site.journalled({ kind: 'armed', occurrenceId: 'brd_khan' })
  await site.until(() => site.office.statuses.some(({ status }) => status.upcoming[0]?.state === 'clock-bad'))
  expect(site.office.statuses.at(-1)?.status.clock).toEqual({ offsetMs: 0, synchronised: false })
  await site.advanceTo(MORNING + 12 * MINUTE)
  await site.journalled({ kind: 'finished', occurrenceId: 'brd_khan' })
  await site.tells('brd_a', ['armed', 'refused clock-bad'])
})

test('a clock that is synchronised within the allowance lets the programme play late', async () => {
  const health = { offsetMs: 2_500, synchronised: true }
  let known: ClockHealth = health
  await using site = await openSite({
    change: (parts) =>
      withFaults(
        parts,
        clockOf(() => known),
      ),
  })
  await site.boot()
  await site.plan([occurrence('brd_a', MORNING + 10 * MINUTE, [site.audio('a', 5_000)])])
  await site.journalled({ kind: 'armed' })
  await site.advanceTo(MORNING + 10 * MINUTE + 20 * SECOND)
  known = { ...health, offsetMs: 2_000 }
  site.cluster.noticeClock()
  expect((await site.journalled({ kind: 'started' })).offsetMs).toBeGreaterThanOrEqual(20_000)
})

test('a clock that is three seconds wrong and knows it refuses; one that does not know plays by its own time', async () => {
  for (const isKnown of [true, false]) {
    await using site = await openSite({ change: (parts) => withFaults(parts, skewedClock(3_000, isKnown)) })
    await site.boot()
    await site.plan([occurrence('brd_a', MORNING + 10 * MINUTE, [site.audio('a', 5_000)])])
    await site.journalled({ kind: 'armed' })
    await site.advanceTo(MORNING + 12 * MINUTE)
    const last = isKnown ? 'refused clock-bad' : 'finished'
    await site.until(() => site.story('brd_a').at(-1) === last)
  }
})

test('a clock that is set forward while waiting does not make the start late', async () => {
  await using site = await openSite()
  await site.boot()
  await site.plan([occurrence('brd_a', MORNING + 30 * MINUTE, [site.audio('a', 5_000)])])
  await site.journalled({ kind: 'armed' })
  await site.clock.set(MORNING + 28 * MINUTE)
  await site.advanceTo(MORNING + 31 * MINUTE)
  expect(await site.journalled({ kind: 'started' })).toMatchObject({ offsetMs: 0 })
})

test('a clock that is set back while waiting does not make the start early, nor play it twice', async () => {
  await using site = await openSite()
  await site.boot()
  await site.plan([occurrence('brd_a', MORNING + 30 * MINUTE, [site.audio('a', 5_000)])])
  await site.journalled({ kind: 'armed' })
  await site.advanceTo(MORNING + 29 * MINUTE)
  await site.clock.set(MORNING + 20 * MINUTE)
  await site.advanceTo(MORNING + 30 * MINUTE + 2 * SECOND)
  expect(await site.journalled({ kind: 'started' })).toMatchObject({ offsetMs: 0 })
  await site.clock.set(MORNING + 29 * MINUTE)
  await site.advanceTo(MORNING + 32 * MINUTE)
  await site.journalled({ kind: 'finished', ms: 5_000 })
  await site.tells('brd_a', ['armed', 'started', 'finished'])
})

test('neighbours are told apart by their delay, and the amplifier wakes before the speech', async () => {
  await using site = await openSite()
  await site.boot()
  await site.plan([occurrence('brd_a', MORNING + 10 * MINUTE, [site.audio('a', 5_000)])], {
    settings: { delayMs: 700, leadInMs: 1_500 },
  })
  await site.advanceTo(MORNING + 11 * MINUTE)
  expect(await site.journalled({ kind: 'started' })).toMatchObject({ at: MORNING + 10 * MINUTE + 2_200, offsetMs: 0 })
})

test('seven days without network: everything plays on time, and the whole journal comes afterwards', async () => {
  await using site = await openSite()
  await site.boot()
  const item = site.audio('a', 60_000)
  const starts = Array.from({ length: 14 }, (_, i) => MORNING + (1 + 12 * i) * HOUR)
  const daily = starts.filter((_, i) => i % 2 === 0)
  await site.plan(
    daily.map((startAt, i) => occurrence(`brd_n${i}`, startAt, [item])),
    { settings: { statusEveryMs: HOUR } },
  )
  await site.journalled({ kind: 'armed', occurrenceId: 'brd_n6' })
  const known = site.office.journalOf(CLUSTER).length
  await site.loseNetwork()
  await site.clock.advance(7 * 24 * HOUR)
  expect(site.office.journalOf(CLUSTER)).toHaveLength(known)
  site.restoreNetwork()
  await site.journalled({ kind: 'finished', occurrenceId: 'brd_n6' })
  for (const i of daily.keys()) await site.tells(`brd_n${i}`, ['armed', 'started', 'finished'])
  const offsets = site.office.journalOf(CLUSTER).flatMap(({ offsetMs }) => (offsetMs === undefined ? [] : [offsetMs]))
  expect(offsets).toEqual(daily.map(() => 0))
})
