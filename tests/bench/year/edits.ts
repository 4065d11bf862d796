import type { CalendarException, Silence } from '#protocol/calendar.ts'
import { CreateProgramme, PutProgramme } from '#protocol/http/programmes.ts'
import type { BulletinId, ProgrammeId } from '#protocol/ids.ts'
import { dateOf, dayOf } from '#protocol/rules/civil-date.ts'
import { civilTime } from '#protocol/rules/civil-time.ts'
import { OPERATOR } from '../../../controller/accounts/actor.ts'
import * as airingRulesStore from '../../../controller/areas/airing-rules.store.ts'
import { DEFAULT_STATION } from '../../../controller/areas/stations.ts'
import { cancelBroadcast } from '../../../controller/broadcasts/cancel.ts'
import { enqueuePlan, enqueuePlansOf } from '../../../controller/broadcasts/replan.ts'
import { type Tx, transact } from '../../../controller/db/transact.ts'
import { DomainError } from '../../../controller/errors.ts'
import { createProgramme } from '../../../controller/programmes/create.ts'
import { endProgramme } from '../../../controller/programmes/end.ts'
import { putException } from '../../../controller/programmes/exceptions.ts'
import * as programmeStore from '../../../controller/programmes/programmes.store.ts'
import { updateProgramme } from '../../../controller/programmes/update.ts'
import type { Random } from '../../../firmware-sim/random.ts'
import type { Planner } from '../../support/planner.ts'
import { airableBulletin, type FilledStation } from '../../support/stations.ts'
import type { Spoken } from './spoken.ts'

const HOUR = 3_600_000
const TIME_ZONE = DEFAULT_STATION.timeZone
const TIMES = ['05:30', '05:45', '06:40', '11:15', '16:30', '17:00', '17:02', '18:30', '21:50']

/** A station as those see it who edit its programmes. */
export interface EditedStation {
  readonly areaCode: string
  readonly clusters: FilledStation['clusters']
  readonly bulletins: BulletinId[]
  readonly programmes: Set<ProgrammeId>
}

interface Desk {
  readonly planner: Planner
  readonly random: Random
  readonly spoken: Spoken
  /** True time: what is said now, everybody can know from now on. */
  readonly now: number
}

type Edit = (desk: Desk, station: EditedStation) => Promise<void>

/** One of the things that people do to a station's schedule, by the product's verbs; which, or null when it was refused. */
export async function editSomething(desk: Desk, station: EditedStation): Promise<EditKind | null> {
  const kind = pick(desk.random, OFTEN)
  try {
    await EDITS[kind].edit(desk, station)
    return kind
  } catch (error) {
    if (error instanceof DomainError) return null
    throw error
  }
}

const pick = <T>(random: Random, items: readonly T[]): T => {
  const item = items[Math.floor(random.next() * items.length)]
  if (item === undefined) throw new Error('there is nothing to pick from')
  return item
}

const inDays = ({ now }: Desk, days: number): string => dateOf(dayOf(civilTime(now, TIME_ZONE).date) + days)
const upTo = ({ random }: Desk, most: number): number => Math.floor(random.next() * (most + 1))

const changeDay: Edit = async (desk, station) => {
  const id = pick(desk.random, [...station.programmes])
  const date = inDays(desk, upTo(desk, 9))
  const exception: CalendarException =
    desk.random.next() < 0.4
      ? { date, kind: 'skip' }
      : desk.random.next() < 0.7
        ? { date, kind: 'move', to: { date: inDays(desk, upTo(desk, 10)), time: pick(desk.random, TIMES) } }
        : { date, kind: 'replace', replacement: pick(desk.random, station.bulletins) }
  await putException(desk.planner, { actor: OPERATOR, id, date, exception })
  const key = `${id}@${date}`
  if (exception.kind === 'skip') desk.spoken.skipped.set(key, desk.now)
  else desk.spoken.skipped.delete(key)
}

const changeSeries: Edit = async (desk, station) => {
  const id = pick(desk.random, [...station.programmes])
  const stored = await programmeStore.findProgramme(desk.planner.db, id)
  if (!stored) return
  const programme = PutProgramme.parse({
    ...stored,
    startTime: pick(desk.random, TIMES),
    rundown: rundown(desk, station),
  })
  await updateProgramme(desk.planner, { actor: OPERATOR, id, programme })
}

const rundown = ({ random }: Desk, { bulletins }: EditedStation) => {
  const from = Math.floor(random.next() * bulletins.length)
  return bulletins.slice(from, from + 3).map((bulletinId) => ({ kind: 'bulletin', bulletinId }))
}

/** One more session on a single day, for some clusters or all. */
const addSession: Edit = async (desk, station) => {
  const { areaCode, clusters } = station
  const programme = CreateProgramme.parse({
    name: 'Thông báo',
    areaCode,
    startsOn: inDays(desk, 1 + upTo(desk, 6)),
    startTime: pick(desk.random, TIMES),
    targets: { areas: [areaCode], exclude: desk.random.next() < 0.5 ? [] : clusters.slice(0, 3) },
    rundown: rundown(desk, station),
  })
  await createProgramme(desk.planner, { actor: OPERATOR, programme })
}

const renewSeries: Edit = async (desk, station) => {
  const id = pick(desk.random, [...station.programmes])
  const stored = await programmeStore.findProgramme(desk.planner.db, id)
  if (!stored) return
  // First, since the new one would be in its way.
  await endProgramme(desk.planner, { actor: OPERATOR, id })
  desk.spoken.ended.set(id, desk.now)
  const programme = CreateProgramme.parse({ ...stored, key: null, exceptions: [], startsOn: inDays(desk, 1) })
  station.programmes.add((await createProgramme(desk.planner, { actor: OPERATOR, programme })).id)
  station.programmes.delete(id)
}

const callOff: Edit = async (desk, { areaCode }) => {
  const sessions = await desk.planner.db
    .selectFrom('broadcast')
    .select('id')
    .where('areaCode', '=', areaCode)
    .where('status', '=', 'planned')
    .where('startAt', '>', desk.planner.clock.now())
    .execute()
  if (sessions.length === 0) return
  const { id } = pick(desk.random, sessions)
  await cancelBroadcast(desk.planner, { actor: OPERATOR, id })
  desk.spoken.calledOff.set(id, desk.now)
}

const silence: Edit = async (desk, { areaCode, clusters }) => {
  const { now, spoken, random } = desk
  // A funeral is not foretold, an exam is.
  const from = Math.ceil(now / HOUR + (random.next() < 0.4 ? 0 : upTo(desk, 300))) * HOUR
  const silent = random.next() < 0.5 ? ('all' as const) : clusters.slice(0, 1 + upTo(desk, 5))
  const added = { areaCode, from, until: from + (1 + upTo(desk, 30)) * HOUR, clusters: silent, at: now }
  const own = [...spoken.silences, added].filter((one) => one.areaCode === areaCode && one.until > now - 24 * HOUR)
  const silences = own.map(
    (one): Silence => ({
      period: { kind: 'once', from: momentOf(one.from), until: momentOf(one.until) },
      clusters: one.clusters === 'all' ? 'all' : [...one.clusters],
      reason: 'Lễ tang',
    }),
  )
  await say(desk, areaCode, { silences })
  spoken.silences.push(added)
}

/** What else the commune has said stands. */
const say = (desk: Desk, areaCode: string, set: Partial<airingRulesStore.AiringRules>): Promise<void> =>
  replanned(desk, areaCode, async (tx) => {
    const before = (await airingRulesStore.airingRulesOf(tx.db, [areaCode])).get(areaCode)
    const { quietHours = null, limits = {}, silences = [], holidays = [], revision = 0 } = before ?? {}
    const rules = { scope: areaCode, quietHours, limits, silences, holidays, updatedByName: '', updatedAt: desk.now }
    await airingRulesStore.saveAiringRules(tx.db, { ...rules, ...set }, revision)
  })

const momentOf = (at: number): { date: string; time: string } => {
  const { date, time } = civilTime(at, TIME_ZONE)
  return { date, time: time.slice(0, 5) }
}

const changeQuietHours: Edit = async (desk, { areaCode }) => {
  const quietHours = { from: pick(desk.random, ['21:00', '21:30', '22:00']), to: pick(desk.random, ['05:00', '05:30']) }
  await say(desk, areaCode, { quietHours })
  desk.spoken.quietHours.push({ areaCode, ...quietHours, at: desk.now })
}

/** A bulletin is taken off the air; another one comes into the stock. */
const exchangeBulletin: Edit = async (desk, station) => {
  const { planner, random, now, spoken } = desk
  const [gone] = station.bulletins.splice(Math.floor(random.next() * station.bulletins.length), 1)
  if (!gone) return
  await replanned(desk, station.areaCode, async (tx) => {
    await tx.db.updateTable('bulletin').set({ approvedVersionId: null }).where('id', '=', gone).execute()
    await enqueuePlansOf(planner, tx, gone)
  })
  spoken.withdrawn.set(gone, now)
  const id = await airableBulletin(planner.db, station.areaCode, `${gone.slice(-6)} ${upTo(desk, 9)}`, now)
  if (random.next() < 0.3)
    await planner.db.updateTable('bulletinVersion').set({ class: 'priority' }).where('bulletinId', '=', id).execute()
  station.bulletins.push(id)
}

async function replanned({ planner }: Desk, areaCode: string, work: (tx: Tx) => Promise<void>): Promise<void> {
  await transact(planner, async (tx) => {
    await work(tx)
    await enqueuePlan(planner, tx, areaCode)
  })
}

/** How often each is done, for the others. */
const EDITS = {
  changeDay: { edit: changeDay, times: 4 },
  changeSeries: { edit: changeSeries, times: 3 },
  addSession: { edit: addSession, times: 3 },
  callOff: { edit: callOff, times: 3 },
  silence: { edit: silence, times: 2 },
  exchangeBulletin: { edit: exchangeBulletin, times: 2 },
  renewSeries: { edit: renewSeries, times: 1 },
  changeQuietHours: { edit: changeQuietHours, times: 1 },
} as const satisfies Record<string, { readonly edit: Edit; readonly times: number }>

export type EditKind = keyof typeof EDITS
export const EDIT_KINDS = Object.keys(EDITS) as readonly EditKind[]
const OFTEN = EDIT_KINDS.flatMap((kind) => Array<EditKind>(EDITS[kind].times).fill(kind))
