import { z } from 'zod'
import type { BulletinClass } from '#protocol/http/bulletins.ts'
import type { BulletinItem } from '#protocol/http/programmes.ts'
import { BulletinId, BulletinVersionId, Sha256 } from '#protocol/ids.ts'
import { VIETNAMESE } from '#protocol/languages.ts'
import { Codec, MAX_PLAN_ITEMS } from '#protocol/messages.ts'
import type { Window } from '#protocol/rules/civil-time.ts'
import type { Level } from '#protocol/rules/ladder.ts'
import { occurrencesOf, type ProgrammeOccurrence } from '#protocol/rules/occurrences.ts'
import { touchesQuiet } from '#protocol/rules/quiet-hours.ts'
import { type Fill, fillRundown } from '#protocol/rules/rundown.ts'
import { silencedEverywhere } from '#protocol/rules/silences.ts'
import { groupBy } from '../group-by.ts'
import { overLimits } from '../programmes/over-limits.ts'
import type { Placement } from '../programmes/placements.store.ts'
import type { StoredProgramme } from '../programmes/programmes.store.ts'
import { fixedItems, replacementRundown } from '../programmes/rundown.ts'
import { sessionKey } from '../programmes/session-key.ts'
import type { StationTimes } from '../programmes/station-times.ts'
import { MINUTE } from '../units.ts'
import { type Approved, airableAt, type Bar, barOf } from './validity.ts'

/** One item of a session as it will sound, kept with the broadcast: what was planned can be shown for ever. */
export const AiringItem = z.object({
  bulletinId: BulletinId,
  versionId: BulletinVersionId,
  versionNumber: z.int(),
  title: z.string(),
  /** BCP 47 code of the language in which it is heard. */
  language: z.string().default(VIETNAMESE),
  sha256: Sha256,
  bytes: z.int(),
  codec: Codec,
  /** How long it sounds. */
  ms: z.int(),
})
export type AiringItem = z.infer<typeof AiringItem>

/** A bulletin that a session had no room for. */
export const DroppedItem = z.object({ bulletinId: BulletinId, title: z.string(), ms: z.int() })
export type DroppedItem = z.infer<typeof DroppedItem>

/** The approved version of a bulletin whose audio is ready. */
export interface ReadyBulletin extends AiringItem {
  readonly class: BulletinClass
  /** The same in other languages, aired right after it. */
  readonly others: readonly AiringItem[]
}

export interface Session {
  readonly programme: StoredProgramme
  /** The local date on which the series puts it. */
  readonly originalDate: string
  readonly startAt: number
  readonly endAt: number
  /** The start that it was moved away from. */
  readonly movedFrom: number | null
  /** Something else than its programme's rundown airs. */
  readonly isReplaced: boolean
  readonly level: Level
  readonly items: AiringItem[]
  readonly fill: Fill
  readonly dropped: DroppedItem[]
  /** Not null: it does not take place, as it has nothing that it may say or is more than the station may broadcast. */
  readonly bar: Bar | null
}

type Ready = ReadonlyMap<BulletinId, ReadyBulletin>

/** What sessions are made of, as far as it is there. */
export interface Material {
  readonly ready: Ready
  readonly approved: Approved
  /** Of sessions that people or the system have put something into. */
  readonly placements?: readonly Placement[]
}

/**
 * What a rundown airs now, each bulletin in all its languages: those that are not approved or not ready are left out until
 * they are. An excerpt is one of each language.
 */
export function itemsOf(rundown: readonly BulletinItem[], ready: Ready): AiringItem[] {
  return rundown.flatMap(({ bulletinId, excerptMs }) => {
    const bulletin = ready.get(bulletinId)
    if (!bulletin) return []
    return [bulletin, ...bulletin.others].map((item) => ({
      ...AiringItem.parse(item),
      ms: Math.min(item.ms, excerptMs ?? item.ms),
    }))
  })
}

/** The bulletins of a session in the order in which they begin, each with the languages in which it is heard. */
export function bulletinsOf(
  items: readonly AiringItem[],
): { id: BulletinId; title: string; versionNumber: number; languages: string[] }[] {
  const ids = new Set(items.map((item) => item.bulletinId))
  return [...ids].flatMap((id) => {
    const own = items.filter((item) => item.bulletinId === id)
    const [first] = own
    if (!first) return []
    const languages = [...new Set(own.map(({ language }) => language))]
    return [{ id, title: first.title, versionNumber: first.versionNumber, languages }]
  })
}

/** A session with a priority bulletin in it stands above ordinary programmes (Circular 39/2020/TT-BTTTT). */
export function levelOf(rundown: readonly Pick<BulletinItem, 'bulletinId'>[], ready: Ready): Level {
  const hasPriority = rundown.some(({ bulletinId }) => ready.get(bulletinId)?.class === 'priority')
  return hasPriority ? 'priority-commune' : 'programme'
}

/** When a session that was planned is to sound, and how long. */
export const airtimeOf = ({
  startAt,
  items,
}: {
  readonly startAt: number
  readonly items: readonly AiringItem[]
}): { startAt: number; ms: number } => ({ startAt, ms: lengthOf(items) })

export const lengthOf = (items: readonly AiringItem[]): number => items.reduce((sum, item) => sum + item.ms, 0)

/**
 * The sessions that programmes ask for in a window, each with what may air on its day. One that would touch the quiet hours
 * or a silence of the whole station is barred; what is silent for some clusters only is for those to miss.
 */
export function sessionsIn(
  programmes: readonly StoredProgramme[],
  material: Material,
  station: StationTimes,
  window: Window,
): Session[] {
  const { timeZone, holidays = [] } = station
  const placed = groupBy(material.placements ?? [], ({ programmeId, originalDate }) =>
    sessionKey(programmeId, originalDate),
  )
  const over = overLimits(programmes, station, window)
  return programmes.flatMap((programme) =>
    occurrencesOf(programme, window, timeZone, { holidays }).map((occurrence) => {
      const key = sessionKey(programme.id, occurrence.originalDate)
      const session = sessionAt(programme, occurrence, { ...material, placements: placed.get(key) ?? [] }, station)
      return over.has(key) ? { ...session, bar: session.bar ?? 'limits' } : session
    }),
  )
}

function sessionAt(
  programme: StoredProgramme,
  occurrence: ProgrammeOccurrence,
  { ready, approved, placements }: Required<Material>,
  station: StationTimes,
): Session {
  const { originalDate, startAt } = occurrence
  const slots = slotsOf(programme, occurrence, placements)
  const airable = airableAt(slots, approved, startAt, station.timeZone)
  const entries = airable
    .map((slot, place) => ({ slot, id: String(place), since: slot.since, items: itemsOf([slot], ready) }))
    .filter(({ items }) => items.length > 0)
    .map((entry) => ({ ...entry, ms: lengthOf(entry.items), kind: classOf(entry.slot, ready) }))
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const { kept, dropped, fill } = fillRundown(entries, programme.maxMinutes * MINUTE)
  const aired = kept.flatMap(({ id }) => byId.get(id) ?? [])
  // One item too many and clusters would refuse the whole plan; more is refused when a programme is saved.
  const items = aired.flatMap((entry) => entry.items).slice(0, MAX_PLAN_ITEMS)
  const ms = lengthOf(items)
  return {
    programme,
    originalDate,
    startAt,
    endAt: startAt + ms,
    movedFrom: occurrence.movedFrom ?? null,
    isReplaced: occurrence.replacement !== undefined,
    level: levelOf(airable, ready),
    items,
    fill,
    dropped: dropped.flatMap(({ id, ms }) => {
      const [first] = byId.get(id)?.items ?? []
      return first ? [{ bulletinId: first.bulletinId, title: first.title, ms }] : []
    }),
    bar: timeBar(startAt, ms, station) ?? (airable.length === 0 ? barOf(slots, approved) : null),
  }
}

function timeBar(startAt: number, ms: number, { timeZone, quietHours, silences = [] }: StationTimes): Bar | null {
  if (touchesQuiet(startAt, ms, quietHours, timeZone)) return 'quiet-hours'
  return silencedEverywhere(startAt, ms, silences) ? 'silence' : null
}

const classOf = ({ bulletinId }: BulletinItem, ready: Ready): 'priority' | 'ordinary' =>
  ready.get(bulletinId)?.class === 'priority' ? 'priority' : 'ordinary'

interface Slot extends BulletinItem {
  /** When it came into the session: what the rundown itself says was always there. */
  readonly since: number
}

/** Since when something is there that must stay though the session is over-full: others of its class give way. */
const BEFORE_ALL = -1

/** What a session is to say: its programme's rundown, with what was placed where it says or at the end; or what stands in. */
function slotsOf(
  programme: StoredProgramme,
  { replacement }: ProgrammeOccurrence,
  placements: readonly Placement[],
): Slot[] {
  const rundown = replacement === undefined ? programme.rundown : replacementRundown(replacement)
  const own = fixedItems(rundown)
  // What the rundown has as well sounds once: where it was placed, and as the rundown has it.
  const lifted = new Map(placements.map(({ bulletinId: id }) => [id, own.find(({ bulletinId }) => bulletinId === id)]))
  const placed = placements.flatMap(({ bulletinId, ...placement }): Slot[] => {
    const item = lifted.get(bulletinId)
    if (item) return [{ ...item, since: 0 }]
    if (placement.isOrderOnly) return []
    return [{ kind: 'bulletin', bulletinId, since: placement.isInsisted ? BEFORE_ALL : placement.placedAt }]
  })
  const isLifted = (item: BulletinItem): boolean => lifted.get(item.bulletinId) === item
  const slots = rundown.flatMap((item): Slot[] => {
    if (item.kind === 'inbox') return placed
    return isLifted(item) ? [] : [{ ...item, since: 0 }]
  })
  return rundown.some(({ kind }) => kind === 'inbox') ? slots : [...slots, ...placed]
}
