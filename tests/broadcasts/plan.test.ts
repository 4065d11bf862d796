import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ClusterPlan } from '#protocol/messages.ts'
import { LEAD_IN_MS } from '#protocol/rules/lead-in.ts'
import { occurrencesOf } from '#protocol/rules/occurrences.ts'
import { importSigningKey, importTrustedKeys, newSigningJwk, openMessage, signMessage } from '#protocol/signing.ts'
import { topics } from '#protocol/topics.ts'
import { DEFAULT_STATION } from '../../controller/areas/stations.ts'
import type { StoredBroadcast } from '../../controller/broadcasts/broadcasts.store.ts'
import { compilePlan, nextPlan } from '../../controller/broadcasts/compile-plan.ts'
import { programmeProblems } from '../../controller/programmes/check.ts'
import type { StoredProgramme } from '../../controller/programmes/programmes.store.ts'
import { fixedItems } from '../../controller/programmes/rundown.ts'
import { type AiringItem, bulletinsOf, lengthOf } from '../../controller/programmes/session/airing-item.ts'
import type { ReadyBulletin } from '../../controller/programmes/session/session.ts'
import { itemsOf, levelOf, sessionsIn } from '../../controller/programmes/session/session.ts'
import type { Approved } from '../../controller/programmes/session/validity.ts'
import { targetedClusters } from '../../controller/programmes/targets.ts'
import { audioOf, broadcastOf, newIds } from '../db/rows.ts'
import { approvedOf, bulletin, NOW, programmeOf, readyOf } from './sessions.ts'

const DAY = 86_400_000
const MINUTE = 60_000
const station = { areaCode: '31813', areaName: 'Xã', name: 'Đài', ...DEFAULT_STATION }
const CLUSTER = newIds.cluster()

const alsoIn = (language: string, of: ReadyBulletin, ms: number): ReadyBulletin => {
  const { class: _class, others, ...item } = of
  return { ...of, others: [...others, { ...item, language, ms, sha256: audioOf(`${of.title} ${language}`).sha256 }] }
}
const ONCE = { kind: 'once' } as const
const broadcastsOf = (count: number, items: readonly AiringItem[]): StoredBroadcast[] =>
  Array.from({ length: count }, (_, i) =>
    broadcastOf({ id: newIds.programme(), areaCode: '31813' }, { startAt: NOW + i * MINUTE, items: [...items] }),
  )

test('five hundred sessions still make one message that the topic carries, nearest sessions first', async () => {
  const items = ['a', 'b'].map((name) => bulletin(name, 30_000))
  const broadcasts = broadcastsOf(500, items)
  const edition = compilePlan(station, `https://${'x'.repeat(480)}.example.vn/`, broadcasts)
  const plan = nextPlan(CLUSTER, edition, { version: 2 ** 52, contentHash: '', validUntil: 0 }, NOW)
  expect(edition.occurrences.length).toBeGreaterThan(50)
  expect(edition.occurrences.map(({ id }) => id)).toEqual(
    broadcasts.slice(0, edition.occurrences.length).map(({ id }) => id),
  )
  const key = await importSigningKey(await newSigningJwk())
  if (!plan) throw new Error('a changed plan must be sent')
  const jws = await signMessage('plan', plan, key)
  expect(Buffer.byteLength(jws)).toBeLessThanOrEqual(topics.plan.maxBytes)
  const opened = await openMessage('plan', jws, await importTrustedKeys([key.publicJwk]))
  expect(opened).toEqual({ ok: true, content: ClusterPlan.parse(plan) })
})

test('a session with nothing to say is not in the plan', () => {
  const [silent, spoken] = [...broadcastsOf(1, []), ...broadcastsOf(1, [bulletin('a', 1_000)])]
  const plan = compilePlan(
    station,
    'http://x/',
    [silent, spoken].filter((one) => one !== undefined),
  )
  expect(plan.occurrences.map(({ id }) => id)).toEqual([spoken?.id])
})

test('a plan’s version grows exactly when what it says changes, or when it would soon run out', () => {
  const edition = compilePlan(station, 'http://x/', broadcastsOf(3, [bulletin('a', 1_000)]))
  const first = nextPlan(CLUSTER, edition, null, NOW)
  expect(first).toMatchObject({ version: 1, issuedAt: NOW, validUntil: NOW + 9 * DAY })
  const held = { version: 1, contentHash: edition.hash, validUntil: NOW + 9 * DAY }
  expect(nextPlan(CLUSTER, edition, held, NOW)).toBeNull()
  expect(nextPlan(CLUSTER, edition, held, NOW + DAY)).toBeNull()
  expect(nextPlan(CLUSTER, edition, held, NOW + DAY + 1)).toMatchObject({ version: 2, validUntil: NOW + 10 * DAY + 1 })
  const quieter = compilePlan({ ...station, volume: { day: 10, night: 0 } }, 'http://x/', [])
  expect(nextPlan(CLUSTER, quieter, held, NOW)).toMatchObject({ version: 2 })
})

test('a rundown airs what is ready, shortened where asked, and one priority bulletin lifts the whole session', () => {
  const [a, b] = [bulletin('a', 30_000), bulletin('b', 30_000, 'priority')]
  const rundown = [
    { kind: 'bulletin' as const, bulletinId: a.bulletinId, excerptMs: 20_000 },
    { kind: 'bulletin' as const, bulletinId: b.bulletinId, excerptMs: 90_000 },
  ]
  expect(itemsOf(rundown, readyOf(a, b)).map(({ ms }) => ms)).toEqual([20_000, 30_000])
  expect(lengthOf(itemsOf(rundown, readyOf(a, b)))).toBe(50_000)
  expect(itemsOf(rundown, readyOf(a)).map(({ title }) => title)).toEqual(['a'])
  expect([readyOf(a, b), readyOf(a)].map((ready) => levelOf(itemsOf(rundown, ready), ready))).toEqual([
    'priority-commune',
    'programme',
  ])
})

test('a bulletin airs in Vietnamese and right after in its other languages, and the session is as long as all of them', () => {
  const [a, b] = [alsoIn('km', alsoIn('rad', bulletin('a', 30_000), 40_000), 50_000), bulletin('b', 5_000)]
  const rundown = fixedItems(programmeOf([a, b]).rundown)
  const items = itemsOf(rundown, readyOf(a, b))
  expect(items.map(({ title, language, ms }) => `${title} ${language} ${ms}`)).toEqual([
    'a vi 30000',
    'a rad 40000',
    'a km 50000',
    'b vi 5000',
  ])
  expect(new Set(items.map(({ sha256 }) => sha256)).size).toBe(4)
  const [session] = sessionsIn([programmeOf([a, b])], { ready: readyOf(a, b), approved: approvedOf([a, b]) }, station, {
    from: NOW,
    until: NOW + 2 * DAY,
  })
  expect((session?.endAt ?? 0) - (session?.startAt ?? 0)).toBe(125_000)
  const excerpt = itemsOf([{ kind: 'bulletin', bulletinId: a.bulletinId, excerptMs: 35_000 }], readyOf(a))
  expect(excerpt.map(({ ms }) => ms)).toEqual([30_000, 35_000, 35_000])
  expect(bulletinsOf(items).map(({ title, languages }) => [title, languages])).toEqual([
    ['a', ['vi', 'rad', 'km']],
    ['b', ['vi']],
  ])
})

test('a session never has more items than a cluster accepts, and saving one that would is refused', () => {
  const many = Array.from({ length: 30 }, (_, i) =>
    ['rad', 'km', 'jra'].reduce((one, language) => alsoIn(language, one, 1_000), bulletin(`b${i}`, 1_000)),
  )
  const programme = programmeOf(many)
  const [session] = sessionsIn([programme], { ready: readyOf(...many), approved: approvedOf(many) }, station, {
    from: NOW,
    until: NOW + 2 * DAY,
  })
  expect(session?.items).toHaveLength(100)
  const problems = programmeProblems(
    programme,
    station,
    { items: itemsOf(fixedItems(programme.rundown), readyOf(...many)), approved: approvedOf(many) },
    { now: NOW, leadMs: 0 },
  )
  expect(problems.map(({ field, key }) => [field, key])).toEqual([['rundown', 'programme.tooManyItems']])
})

test('whatever the start time and the length: no session ever touches the quiet hours', () => {
  const time = fc
    .tuple(fc.nat(23), fc.nat(59))
    .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`)
  fc.assert(
    fc.property(time, fc.integer({ min: 1, max: 179 }), (startTime, minutes) => {
      const spoken = bulletin('a', minutes * MINUTE)
      const bulletins = { ready: readyOf(spoken), approved: approvedOf([spoken]) }
      const programme = programmeOf([spoken], { startTime, maxMinutes: 180 })
      const sessions = sessionsIn([programme], bulletins, station, { from: NOW, until: NOW + 7 * DAY })
      expect(sessions.length).toBeGreaterThan(5)
      for (const { startAt, endAt, bar } of sessions) {
        expect(endAt - startAt).toBe(minutes * MINUTE)
        const first = ((startAt + 7 * 60 * MINUTE) % DAY) / MINUTE
        expect(bar).toBe(first >= 5 * 60 && first + minutes + LEAD_IN_MS / MINUTE <= 22 * 60 ? null : 'quiet-hours')
      }
    }),
    { numRuns: 60 },
  )
})

test('a bulletin is in exactly the sessions that start on one of its days, wherever the clocks are', () => {
  const zone = fc.constantFrom('Asia/Ho_Chi_Minh', 'America/New_York', 'Pacific/Kiritimati')
  const time = fc.integer({ min: 0, max: 23 }).map((hour) => `${String(hour).padStart(2, '0')}:30`)
  const lastDay = fc.option(
    fc.integer({ min: -3, max: 12 }).map((days) => new Date(NOW + days * DAY).toISOString().slice(0, 10)),
    { freq: 4 },
  )
  const [a, b] = [bulletin('a', 1_000), bulletin('b', 1_000)]
  fc.assert(
    fc.property(zone, time, lastDay, lastDay, (timeZone, startTime, ofA, ofB) => {
      const programme = programmeOf([a, b], { startTime, startsOn: '2026-11-20' })
      const approved = new Map([...approvedOf([a], ofA), ...approvedOf([b], ofB)])
      const loud = { timeZone, quietHours: { from: '00:00', to: '00:00' } }
      const window = { from: NOW, until: NOW + 7 * DAY }
      const sessions = sessionsIn([programme], { ready: readyOf(a, b), approved }, loud, window)
      expect(sessions.map(({ startAt }) => startAt)).toEqual(
        occurrencesOf(programme, window, timeZone).map(({ startAt }) => startAt),
      )
      for (const { startAt, items, bar } of sessions) {
        const day = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short' }).format(startAt)
        const expected = [...((ofA ?? '9999') >= day ? ['a'] : []), ...((ofB ?? '9999') >= day ? ['b'] : [])]
        expect(items.map(({ title }) => title)).toEqual(expected)
        expect(bar).toBe(expected.length === 0 ? 'expiry' : null)
      }
    }),
    { numRuns: 60 },
  )
})

test('a session that waits for sound takes place; one of which everything was withdrawn or has expired does not', () => {
  const [a, b] = [bulletin('a', 1_000), bulletin('b', 1_000)]
  const barOf = (approved: Approved) =>
    sessionsIn([programmeOf([a, b])], { ready: new Map(), approved }, station, { from: NOW, until: NOW + DAY })[0]?.bar
  expect(barOf(approvedOf([a]))).toBeNull()
  expect(barOf(approvedOf([a], '2026-11-23'))).toBe('withdrawal')
  expect(barOf(new Map())).toBe('withdrawal')
  expect(barOf(approvedOf([a, b], '2026-11-23'))).toBe('expiry')
})

test.each<[string, Partial<StoredProgramme>, number, string[]]>([
  ['a plain daily programme', {}, 10, []],
  [
    'a start that has passed',
    { repeat: ONCE, startsOn: '2026-11-23', startTime: '07:59' },
    10,
    ['startTime programme.inPast'],
  ],
  [
    'a start before clusters can have it',
    { repeat: ONCE, startsOn: '2026-11-23', startTime: '08:00:59' },
    10,
    ['startTime programme.tooSoon'],
  ],
  ['a start later the same day', { repeat: ONCE, startsOn: '2026-11-23', startTime: '08:01' }, 10, []],
  [
    'a series whose last day has passed',
    { repeat: { kind: 'rrule', rrule: 'FREQ=DAILY;UNTIL=20261101T000000Z' }, startsOn: '2026-10-01' },
    10,
    ['startTime programme.inPast'],
  ],
  ['a start in two years', { startsOn: '2028-11-23' }, 10, ['startsOn programme.tooFar']],
  ['a start at night', { startTime: '03:15' }, 10, ['startTime programme.quietHours']],
  ['an end at night', { startTime: '21:55' }, 10, ['startTime programme.quietHours']],
  ['a lead-in that moves the end into the night', { startTime: '21:50' }, 10, ['startTime programme.quietHours']],
  ['a session that ends when the night begins', { startTime: '21:49:59' }, 10, []],
  ['more than its minutes', { maxMinutes: 9 }, 10, ['maxMinutes programme.tooLong']],
  [
    'everything wrong at once',
    { maxMinutes: 9, startTime: '03:15' },
    10,
    ['startTime programme.quietHours', 'maxMinutes programme.tooLong'],
  ],
])('%s', (_, set, minutes, problems) => {
  const spoken = bulletin('a', minutes * MINUTE)
  const bulletins = { items: [spoken], approved: approvedOf([spoken]) }
  const found = programmeProblems(programmeOf([spoken], set), station, bulletins, { now: NOW, leadMs: 60_000 })
  expect(found.map(({ field, key }) => `${field} ${key}`)).toEqual(problems)
})

test('targets are the whole commune or single clusters, minus the excluded', () => {
  const [a, b, c] = [newIds.cluster(), newIds.cluster(), newIds.cluster()]
  const all = [a, b, c]
  const none = { areas: [], clusters: [], exclude: [] }
  expect(targetedClusters({ ...none, areas: ['31813'] }, '31813', all)).toEqual(all)
  expect(targetedClusters({ ...none, areas: ['31813'], exclude: [b] }, '31813', all)).toEqual([a, c])
  expect(targetedClusters({ ...none, clusters: [c, newIds.cluster()] }, '31813', all)).toEqual([c])
  expect(targetedClusters({ ...none, areas: ['00004'] }, '31813', all)).toEqual([])
})
