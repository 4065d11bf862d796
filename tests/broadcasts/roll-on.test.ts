import fc from 'fast-check'
import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { CreateProgramme } from '#protocol/http/programmes.ts'
import type { ClusterPlan } from '#protocol/messages.ts'
import { civilTime } from '#protocol/rules/civil-time.ts'
import { OPERATOR } from '../../controller/accounts/actor.ts'
import { dayBegan, plannedDays, plannedFrom } from '../../controller/broadcasts/planned-days.ts'
import { planEverything, rollOn } from '../../controller/broadcasts/replan.ts'
import { migrate, openDatabase } from '../../controller/db/open.ts'
import { createProgramme } from '../../controller/programmes/create.ts'
import { putException } from '../../controller/programmes/exceptions.ts'
import { insertCluster, insertPlaces, PLACES } from '../db/rows.ts'
import { createPlanner, planWaiting } from '../support/planner.ts'
import { airableBulletin } from '../support/stations.ts'

const DAY = 86_400_000
const HOUR = DAY / 24
/** Monday 23 November 2026, 08:00 in Việt Nam. */
const MORNING = Date.UTC(2026, 10, 23, 1)

test('a station that nobody changes is planned once a day, when its day begins', async () => {
  const database = openDatabase({ kind: 'sqlite', file: ':memory:' })
  await migrate(database)
  const { db } = database
  await insertPlaces(db)
  for (const area of [PLACES.commune, PLACES.sister]) await insertCluster(db, area)
  const planner = await createPlanner(db, { now: MORNING })
  const rolled = async (at: number): Promise<number> => {
    await planner.clock.set(at)
    await rollOn(planner)
    return planWaiting(planner)
  }
  const plans = () => db.selectFrom('clusterPlan').select(['clusterId', 'version']).orderBy('clusterId').execute()
  expect(await rolled(MORNING)).toBe(2)
  const first = await plans()
  expect(await rolled(MORNING + 10)).toBe(0)
  expect(await rolled(MORNING + 16 * HOUR - 1)).toBe(0)
  expect(await rolled(MORNING + 16 * HOUR)).toBe(2)
  expect(await rolled(MORNING + 20 * HOUR)).toBe(0)
  await planEverything(planner)
  expect(await planWaiting(planner)).toBe(2)
  // Nothing is said anew, and what was signed is valid for more than a week.
  expect(await plans()).toEqual(first)
  await db.updateTable('job').set({ state: 'failed' }).where('dedupeKey', '=', PLACES.sister).execute()
  expect(await rolled(MORNING + 20 * HOUR)).toBe(1)
  await db.destroy()
})

test('a session that is moved past the planned week takes place there, under its own name', async () => {
  const database = openDatabase({ kind: 'sqlite', file: ':memory:' })
  await migrate(database)
  const { db } = database
  await insertPlaces(db)
  await insertCluster(db, PLACES.commune)
  const planner = await createPlanner(db, { now: MORNING })
  const bulletinId = await airableBulletin(db, PLACES.commune, 'a', MORNING)
  const by = { actor: OPERATOR }
  const { id } = await createProgramme(planner, {
    ...by,
    programme: CreateProgramme.parse({
      name: 'Bản tin chiều',
      areaCode: PLACES.commune,
      startsOn: '2026-11-24',
      startTime: '17:00',
      targets: { areas: [PLACES.commune] },
      rundown: [{ kind: 'bulletin', bulletinId }],
    }),
  })
  await planWaiting(planner)
  const session = () =>
    db
      .selectFrom('broadcast')
      .select(['id', 'status', 'startAt'])
      .where('programmeId', '=', id)
      .executeTakeFirstOrThrow()
  const before = await session()
  const to = { date: '2026-12-10', time: '17:00' }
  const [date, exception] = ['2026-11-24', { date: '2026-11-24', kind: 'move', to } as const]
  await putException(planner, { ...by, id, date, exception })
  await planWaiting(planner)
  expect((await session()).status).toBe('cancelled')
  for (let day = 1; day <= 10; day++) {
    await planner.clock.set(MORNING + day * DAY)
    await rollOn(planner)
    await planWaiting(planner)
  }
  expect(await session()).toEqual({ ...before, startAt: Date.UTC(2026, 11, 10, 10) })
  await db.destroy()
})

test('what a full plan has no room for is sent as soon as the first sessions are over', async () => {
  const database = openDatabase({ kind: 'sqlite', file: ':memory:' })
  await migrate(database)
  const { db } = database
  await insertPlaces(db)
  const clusterId = await insertCluster(db, PLACES.commune)
  const planner = await createPlanner(db, { now: MORNING })
  const bulletinId = await airableBulletin(db, PLACES.commune, 'a', MORNING)
  const rundown = Array.from({ length: 30 }, () => ({ kind: 'bulletin' as const, bulletinId, excerptMs: 1_000 }))
  for (let hour = 9; hour < 20; hour++)
    await createProgramme(planner, {
      actor: OPERATOR,
      programme: CreateProgramme.parse({
        name: 'Bản tin',
        areaCode: PLACES.commune,
        startsOn: '2026-11-23',
        startTime: `${String(hour).padStart(2, '0')}:00`,
        repeat: { kind: 'rrule', rrule: 'FREQ=DAILY' },
        maxMinutes: 10,
        targets: { areas: [PLACES.commune] },
        rundown,
      }),
    })
  await planWaiting(planner)
  const lastHeld = async (): Promise<number> => {
    const { jws } = await db
      .selectFrom('clusterPlan')
      .select('jws')
      .where('clusterId', '=', clusterId)
      .executeTakeFirstOrThrow()
    return decodeJwt<Pick<ClusterPlan, 'occurrences'>>(jws).occurrences.at(-1)?.startAt ?? 0
  }
  const first = await lastHeld()
  expect(first).toBeLessThan(MORNING + 11 * HOUR)
  expect(await planWaiting(planner)).toBe(0)
  // The session of nine o'clock, and whoever was late for it.
  await planner.clock.set(MORNING + HOUR + 6 * 60_000)
  expect(await planWaiting(planner)).toBe(1)
  expect(await lastHeld()).toBe(first + HOUR)
  await db.destroy()
})

test('the planned days reach more than a week ahead, and their end moves at local midnights only', () => {
  const zone = fc.constantFrom('Asia/Ho_Chi_Minh', 'America/New_York', 'Pacific/Kiritimati', 'Australia/Lord_Howe')
  const instant = fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2028, 0) })
  fc.assert(
    fc.property(zone, instant, fc.integer({ min: 0, max: 2 * DAY }), (timeZone, now, ms) => {
      const [before, after] = [plannedDays(now, timeZone), plannedDays(now + ms, timeZone)]
      expect(civilTime(before.until, timeZone).time).toBe('00:00:00')
      expect(before.from).toBe(now + 1)
      // The clocks may be set forward in the week.
      expect(before.until - now).toBeGreaterThan(7 * DAY - 2 * HOUR)
      expect(before.until - now).toBeLessThanOrEqual(8 * DAY + 2 * HOUR)
      const begins = plannedFrom(now + ms, timeZone)
      expect(plannedDays(begins, timeZone).until).toBeGreaterThan(now + ms)
      expect(plannedDays(begins - 1, timeZone).until).toBeLessThanOrEqual(now + ms)
      const isSameDay = civilTime(now, timeZone).date === civilTime(now + ms, timeZone).date
      expect(after.until === before.until).toBe(isSameDay)
      expect(dayBegan(now, timeZone)).toBeLessThanOrEqual(now)
      expect(civilTime(dayBegan(now, timeZone), timeZone).date).toBe(civilTime(now, timeZone).date)
    }),
  )
})
