import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { ChimeItem, RundownItem } from '#protocol/http/programmes.ts'
import { DEFAULT_STATION } from '../../controller/areas/stations.ts'
import {
  type AiredBulletin,
  AiringItem,
  bulletinsOf,
  filesIn,
  isBulletin,
  partsOf,
} from '../../controller/programmes/session/airing-item.ts'
import type { FrameSounds } from '../../controller/programmes/session/frame.ts'
import { type ReadyBulletin, sessionsIn } from '../../controller/programmes/session/session.ts'
import { audioOf, newIds } from '../db/rows.ts'
import { approvedOf, bulletin, fileOf, NOW, programmeOf, readyOf } from './sessions.ts'

const MINUTE = 60_000
/** Five minutes, less the lead-in. */
const RELAYED_MS = 5 * MINUTE - 800
const OWN = newIds.upload()
const RELAY = { name: 'thoi-su', title: 'Thời sự', url: 'http://a/', codec: 'mp3' as const }
const sounds = (set: Partial<FrameSounds> = {}): FrameSounds => ({
  builtIn: new Map([
    ['chime', fileOf('ours', 3_000)],
    ['closing', fileOf('ours too', 2_000)],
  ]),
  own: new Map([[OWN, { title: 'nhac-hieu.mp3', ...fileOf('theirs', 5_000) }]]),
  cuts: new Map(),
  ...set,
})
const itemFor = ({ bulletinId }: ReadyBulletin): RundownItem => ({ kind: 'bulletin', bulletinId })
const chime: ChimeItem = { kind: 'chime', sound: 'built-in' }
const closing: ChimeItem = { kind: 'closing', sound: OWN }

function sessionOf(
  rundown: RundownItem[],
  bulletins: readonly ReadyBulletin[],
  frames: FrameSounds,
  { maxMinutes = 60, startTime = '05:30', placed = [] as readonly ReadyBulletin[] } = {},
) {
  const programme = programmeOf([], { repeat: { kind: 'once' }, startTime, maxMinutes, rundown })
  const all = [...bulletins, ...placed]
  const material = {
    ready: readyOf(...all),
    approved: approvedOf(all),
    placements: placed.map(({ bulletinId }, position) => ({
      programmeId: programme.id,
      originalDate: '2026-11-24',
      bulletinId,
      position,
      placedBy: 'u',
      placedByName: 'u',
      placedAt: position + 1,
      isInsisted: 0,
      isOrderOnly: 0,
    })),
    frames,
    relays: new Map([['thoi-su', RELAY]]),
  }
  const window = { from: NOW, until: NOW + 2 * 86_400_000 }
  const [session] = sessionsIn([programme], material, DEFAULT_STATION, window)
  if (!session) throw new Error('it takes place tomorrow')
  return session
}

test('a session begins and ends with its chimes, and what was placed comes between them', () => {
  const [a, b] = [bulletin('a', MINUTE), bulletin('b', MINUTE)]
  const session = sessionOf([chime, itemFor(a), closing], [a], sounds(), { placed: [b] })
  expect(partsOf(session.items)).toEqual([
    { kind: 'chime', title: null, ms: 3_000 },
    { kind: 'bulletin', id: a.bulletinId, title: 'a', languages: ['vi'], ms: MINUTE },
    { kind: 'bulletin', id: b.bulletinId, title: 'b', languages: ['vi'], ms: MINUTE },
    { kind: 'closing', title: 'nhac-hieu.mp3', ms: 5_000 },
  ])
  expect(session.endAt - session.startAt).toBe(2 * MINUTE + 8_000)
  // What is stored reads back to the letter: a session that has not changed is not written again.
  const stored = JSON.stringify(session.items)
  expect(JSON.stringify(z.array(AiringItem).parse(JSON.parse(stored)))).toBe(stored)
  expect(bulletinsOf(session.items).map(({ title }) => title)).toEqual(['a', 'b'])
})

test('between chimes bulletins sound without their own, an excerpt from its first word; alone they keep them', () => {
  const [a, b] = [bulletin('a', MINUTE), bulletin('b', MINUTE)]
  const cuts = new Map([
    [a.sha256, fileOf('a cut', MINUTE - 5_000)],
    [b.sha256, null],
  ])
  const excerpt: RundownItem = { kind: 'bulletin', bulletinId: a.bulletinId, excerptMs: 20_000 }
  const framed = sessionOf([chime, excerpt, itemFor(a), itemFor(b)], [a, b], sounds({ cuts }))
  expect(framed.items.filter(isBulletin).map(({ sha256, ms }) => [sha256, ms])).toEqual([
    [audioOf('a cut').sha256, 20_000],
    [audioOf('a cut').sha256, MINUTE - 5_000],
    [b.sha256, MINUTE],
  ])
  expect(framed.unmade).toEqual([])
  const plain = sessionOf([itemFor(a)], [a], sounds({ cuts }))
  expect(filesIn(plain.items).map(({ sha256 }) => sha256)).toEqual([a.sha256])
})

test('what is missing is asked for, and until it is there the session is as it would be without', () => {
  const a = bulletin('a', MINUTE)
  const none = sounds({ builtIn: new Map() })
  const session = sessionOf([chime, itemFor(a)], [a], none)
  expect(filesIn(session.items).map(({ kind, sha256 }) => [kind, sha256])).toEqual([['bulletin', a.sha256]])
  expect(session.unmade).toEqual([
    { kind: 'make-chime', chime: 'chime' },
    { kind: 'cut-speech', sha256: a.sha256 },
  ])
  expect(sessionOf([itemFor(a)], [a], none).unmade).toEqual([])
  // A sound that is gone is ours instead.
  const gone = sessionOf([itemFor(a), closing], [a], sounds({ own: new Map() }))
  expect(gone.items.at(-1)).toMatchObject({ kind: 'closing', title: null })
})

test('a relay keeps its place and its minutes, gives way to what must be said, and is left out once it is off the list', () => {
  const [a, b] = [bulletin('a', MINUTE), bulletin('b', MINUTE, 'priority')]
  const relay: RundownItem = { kind: 'relay', relay: 'thoi-su', minutes: 5 }
  const rundown = [itemFor(a), relay, { kind: 'relay' as const, relay: 'khac', minutes: 5 }]
  const plain = sessionOf([...rundown, itemFor(b)], [a, b], sounds())
  expect(partsOf(plain.items).map(({ kind, title, ms }) => [kind, title, ms])).toEqual([
    ['bulletin', 'b', MINUTE],
    ['bulletin', 'a', MINUTE],
    ['relay', 'Thời sự', RELAYED_MS],
  ])
  const stored = JSON.stringify(plain.items)
  expect(JSON.stringify(z.array(AiringItem).parse(JSON.parse(stored)))).toBe(stored)
  const full = sessionOf([itemFor(a), relay], [a], sounds(), { maxMinutes: 5 })
  expect(full.dropped).toEqual([{ bulletinId: null, title: 'Thời sự', ms: RELAYED_MS }])
  expect(sessionOf([relay], [], sounds())).toMatchObject({ bar: null, endAt: plain.startAt + RELAYED_MS })
  expect(sessionOf(rundown.slice(2), [], sounds())).toMatchObject({ bar: 'emptiness', items: [] })
  // As long as its slot, it ends before the night as clusters reckon it, lead-in and all.
  const evening = { startTime: '21:55', maxMinutes: 5 }
  expect(sessionOf([relay], [], sounds(), evening)).toMatchObject({ bar: null, fill: 'full' })
})

test('a frame alone is no session', () => {
  const session = sessionOf([chime, { kind: 'inbox' }, closing], [], sounds())
  expect([session.items, session.fill, session.bar, session.endAt - session.startAt]).toEqual([
    [],
    'empty',
    'emptiness',
    0,
  ])
})

test('whatever a session has no room for, its chimes stand around what is left, and what it must say comes first', () => {
  const one = fc.record({ ms: fc.integer({ min: 1_000, max: 5 * MINUTE }), isPriority: fc.boolean() })
  fc.assert(
    fc.property(
      fc.array(one, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 10 }),
      (given, maxMinutes) => {
        const all = given.map(({ ms, isPriority }, i) => bulletin(`b${i}`, ms, isPriority ? 'priority' : 'ordinary'))
        const { items, dropped } = sessionOf([chime, ...all.map(itemFor), closing], all, sounds(), { maxMinutes })
        const bulletins: AiredBulletin[] = items.filter(isBulletin)
        expect(bulletins.length + dropped.length).toBe(all.length)
        const around = bulletins.length === 0 ? [undefined, undefined, 0] : ['chime', 'closing', bulletins.length + 2]
        expect([items.at(0)?.kind, items.at(-1)?.kind, items.length]).toEqual(around)
        const isPriority = bulletins.map(({ title }) => all.find((each) => each.title === title)?.class === 'priority')
        expect(isPriority).toEqual([...isPriority].sort((x, y) => Number(y) - Number(x)))
      },
    ),
    { numRuns: 300 },
  )
})
