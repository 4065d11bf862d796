import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BulletinId } from '#protocol/ids.ts'
import { occurrencesOf } from '#protocol/rules/occurrences.ts'
import { OPERATOR } from '../../../controller/accounts/actor.ts'
import { DEFAULT_STATION } from '../../../controller/areas/stations.ts'
import type { StoredBroadcast } from '../../../controller/broadcasts/broadcasts.store.ts'
import { cancelBroadcast } from '../../../controller/broadcasts/cancel.ts'
import { withdrawBulletin } from '../../../controller/bulletins/withdraw.ts'
import { DomainError } from '../../../controller/errors.ts'
import { createProgramme } from '../../../controller/programmes/create.ts'
import { endProgramme } from '../../../controller/programmes/end.ts'
import { putException, removeException } from '../../../controller/programmes/exceptions.ts'
import { isBulletin } from '../../../controller/programmes/session/airing-item.ts'
import { updateProgramme } from '../../../controller/programmes/update.ts'
import { type Desk, openDesk } from './desk.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** What a session takes before its first word: it has to fit into the minutes of its programme as well. */
const LEAD_IN_MS = 800

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk[Symbol.asyncDispose]())

const spoken = fc.integer({ min: 20, max: 100 }).map((seconds) => seconds * 1_000)
const programme = fc.record({
  kind: fc.constant('programme' as const),
  hour: fc.integer({ min: 5, max: 21 }),
  minute: fc.constantFrom(0, 20, 40),
  days: fc.constantFrom('MO,TU,WE,TH,FR,SA,SU', 'TU,TH', 'WE,SU'),
  fixed: fc.array(spoken, { maxLength: 3 }),
  spareMinutes: fc.integer({ min: 0, max: 2 }),
  isForOne: fc.boolean(),
})
const nth = fc.nat(50)
const step = fc.oneof(
  { weight: 3, arbitrary: programme },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('arrival' as const), ms: spoken }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('cancel' as const), nth }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 30 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('withdraw' as const), nth }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('skip' as const), nth }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('later' as const), nth }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('as before' as const), nth }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('resize' as const), nth, spareMinutes: fc.integer({ min: 0, max: 2 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('end' as const), nth }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

test('every priority bulletin stands in the earliest session that can take it, once, before all ordinary ones, or is reported', async () => {
  await fc.assert(
    fc.asyncProperty(
      programme,
      fc.array(step, { minLength: 3, maxLength: 14 }),
      fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }),
      async (first, steps, dies) => {
        const commune = await openCommune()
        for (const one of [first, ...steps]) {
          await commune.take(one)
          await desk.settle(commune.areaCode, dies)
          await commune.check()
        }
      },
    ),
    { numRuns: 12 },
  )
}, 60_000)

/** What would wait too long for another is not saved, and changes nothing. */
async function unlessRefused(saving: Promise<unknown>): Promise<void> {
  await saving.catch((error: unknown) => {
    const isCollision = error instanceof DomainError && error.problems.every(({ key }) => key === 'programme.collides')
    if (!isCollision) throw error
  })
}

/** One commune of its own, and what a simple reader would expect of it. */
async function openCommune() {
  const areaCode = await desk.commune()
  const { ctx } = desk
  const lengths = new Map<BulletinId, number>()
  const sent: BulletinId[] = []
  const withdrawn = new Set<BulletinId>()
  const by = { actor: OPERATOR }
  const pick = <T>(items: readonly T[], n: number): T | undefined => items[n % items.length]
  const bulletin = async (kind: 'ordinary' | 'priority', ms: number) => {
    const id = await desk.bulletin(areaCode, kind, ms)
    lengths.set(id, ms)
    return id
  }
  const upcoming = async () =>
    (await desk.sessions(areaCode)).filter(
      ({ status, startAt }) => status === 'planned' && startAt > ctx.clock.now() + MINUTE,
    )
  const lengthOf = (ids: readonly BulletinId[]) => ids.reduce((sum, id) => sum + (lengths.get(id) ?? 0), LEAD_IN_MS)
  const minutesFor = (ids: readonly BulletinId[], spare: number) => Math.ceil(lengthOf(ids) / MINUTE) + spare

  return { areaCode, take, check }

  async function take(one: Step): Promise<void> {
    switch (one.kind) {
      case 'programme':
        return makeProgramme(one)
      case 'arrival':
        sent.push(await bulletin('priority', one.ms))
        return
      case 'wait':
        await ctx.clock.set(ctx.clock.now() + one.hours * HOUR)
        return
      default:
        return disturb(one)
    }
  }

  async function disturb({ kind, nth: n, spareMinutes = 0 }: { kind: string; nth: number; spareMinutes?: number }) {
    const session = pick(await upcoming(), n)
    const programmes = await desk.programmes(areaCode)
    const found = pick(programmes, n)
    const id = pick(
      sent.filter((one) => !withdrawn.has(one)),
      n,
    )
    if (kind === 'cancel' && session) await cancelBroadcast(ctx, { ...by, id: session.id })
    if (kind === 'withdraw' && id) {
      withdrawn.add(id)
      await withdrawBulletin(ctx, { ...by, id, reason: 'Đã sửa.' })
    }
    if (kind === 'end' && found) await endProgramme(ctx, { ...by, id: found.id })
    if (kind === 'skip' && session) {
      const exception = { date: session.originalDate, kind: 'skip' } as const
      await unlessRefused(putException(ctx, { ...by, id: session.programmeId, date: session.originalDate, exception }))
    }
    const changed = programmes.flatMap(({ id: programmeId, exceptions }) =>
      exceptions.map(({ date }) => ({ id: programmeId, date })),
    )
    const day = pick(changed, n)
    if (kind === 'as before' && day) await removeException(ctx, { ...by, ...day })
    if (kind === 'later' && session) {
      const exception = { date: session.originalDate, kind: 'move', to: { time: '21:50' } } as const
      await unlessRefused(putException(ctx, { ...by, id: session.programmeId, date: session.originalDate, exception }))
    }
    if (kind === 'resize' && found) {
      const { id: programmeId, areaCode: _a, key: _k, status: _s, exceptions: _e, ...rest } = found
      const named = found.rundown.flatMap((item) => (item.kind === 'bulletin' ? [item.bulletinId] : []))
      const changed = { ...rest, maxMinutes: minutesFor(named, spareMinutes) }
      await unlessRefused(updateProgramme(ctx, { ...by, id: programmeId, programme: changed }))
    }
  }

  async function makeProgramme(one: Extract<Step, { kind: 'programme' }>): Promise<void> {
    const fixed: BulletinId[] = []
    for (const ms of one.fixed) fixed.push(await bulletin('ordinary', ms))
    const two = (n: number) => String(n).padStart(2, '0')
    const clusters = await ctx.db.selectFrom('cluster').select('id').where('areaCode', '=', areaCode).execute()
    const [first] = clusters
    const targets = { areas: [areaCode], clusters: [], exclude: [] }
    const created = createProgramme(ctx, {
      ...by,
      programme: {
        areaCode,
        key: null,
        name: 'Chương trình',
        startsOn: desk.localOf(ctx.clock.now()).date,
        startTime: `${two(one.hour)}:${two(one.minute)}`,
        repeat: { kind: 'rrule', rrule: `FREQ=WEEKLY;BYDAY=${one.days}` },
        holidays: 'as-usual',
        exceptions: [],
        maxMinutes: minutesFor(fixed, one.spareMinutes),
        targets: one.isForOne && first ? { ...targets, areas: [], clusters: [first.id] } : targets,
        rundown: [...fixed.map((bulletinId) => ({ kind: 'bulletin' as const, bulletinId })), { kind: 'inbox' }],
      },
    })
    await unlessRefused(created)
  }

  async function check(): Promise<void> {
    const now = ctx.clock.now()
    const sessions = await desk.sessions(areaCode)
    const has = ({ items }: StoredBroadcast, id: BulletinId) =>
      items.some((item) => isBulletin(item) && item.bulletinId === id)
    const isPriority = (id: BulletinId) => sent.includes(id)
    const live = sessions.filter(({ status, startAt }) => status === 'planned' && startAt > now)
    for (const { items } of live) {
      const ids = items.filter(isBulletin).map(({ bulletinId }) => bulletinId)
      const kinds = ids.map(isPriority)
      expect(kinds.lastIndexOf(true)).toBeLessThanOrEqual(kinds.filter(Boolean).length - 1)
      expect(ids.filter(isPriority)).toEqual([...new Set(ids.filter(isPriority))])
    }
    for (const id of sent) {
      const item = await desk.state(areaCode, id)
      const ahead = live.filter((session) => has(session, id))
      const isHeard = sessions.some((one) => one.startAt <= now && one.status !== 'cancelled' && has(one, id))
      if (withdrawn.has(id)) expect([ahead.length, item?.state]).toEqual([0, isHeard ? item?.state : 'withdrawn'])
      else if (isHeard) expect([ahead.length, item?.isUrgent]).toEqual([0, 0])
      else {
        const expected = await earliest(id, sessions, now)
        expect(ahead.map(({ startAt, programmeId }) => [startAt, programmeId])).toEqual(expected ? [expected] : [])
        expect([item?.state, item?.isUrgent]).toEqual(expected ? ['placed', 0] : ['waiting', 1])
      }
    }
  }

  /** By going through every session of the next three days in their order: what it must say besides leaves room, or not. */
  async function earliest(id: BulletinId, sessions: readonly StoredBroadcast[], now: number) {
    const { timeZone } = DEFAULT_STATION
    const programmes = (await desk.programmes(areaCode)).filter(({ targets }) => targets.areas.includes(areaCode))
    return programmes
      .flatMap((one) =>
        occurrencesOf(one, { from: now + 1, until: now + 3 * DAY + 1 }, timeZone).map((at) => ({ one, at })),
      )
      .map(({ one, at }) => ({
        one,
        at,
        stored: sessions.find((s) => s.programmeId === one.id && s.originalDate === at.originalDate),
      }))
      .filter(({ stored }) => stored?.cancelledBy !== 'person')
      .filter(({ one, at, stored }) => {
        const said =
          stored?.status === 'planned' ? stored.items.filter(isBulletin).map(({ bulletinId }) => bulletinId) : []
        const mustSay = [...new Set(said)].filter((other) => other !== id && sent.includes(other))
        const isInTime = at.startAt >= now + MINUTE || said.includes(id)
        return isInTime && lengthOf([...mustSay, id]) <= one.maxMinutes * MINUTE
      })
      .map(({ one, at }) => [at.startAt, one.id] as const)
      .sort(([a, p], [b, q]) => a - b || (p < q ? -1 : 1))[0]
  }
}
