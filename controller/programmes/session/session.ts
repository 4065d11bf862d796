import { z } from 'zod'
import type { BulletinClass } from '#protocol/http/bulletins.ts'
import type { BulletinItem, RelayPart, RundownItem } from '#protocol/http/programmes.ts'
import { BulletinId } from '#protocol/ids.ts'
import { MAX_PLAN_ITEMS } from '#protocol/messages.ts'
import type { Window } from '#protocol/rules/civil-time.ts'
import type { Level } from '#protocol/rules/ladder.ts'
import { airMsOf, capacityOf } from '#protocol/rules/lead-in.ts'
import { occurrencesOf, type ProgrammeOccurrence } from '#protocol/rules/occurrences.ts'
import { touchesQuiet } from '#protocol/rules/quiet-hours.ts'
import { type Fill, fillRundown, type RundownEntry } from '#protocol/rules/rundown.ts'
import { silencedEverywhere } from '#protocol/rules/silences.ts'
import { groupBy } from '../../group-by.ts'
import { overLimits } from '../over-limits.ts'
import type { Placement } from '../placements.store.ts'
import type { StoredProgramme } from '../programmes.store.ts'
import { fixedItems, replacementRundown } from '../rundown.ts'
import { sessionKey } from '../session-key.ts'
import type { StationTimes } from '../station-times.ts'
import { AiredBulletin, type AiredChime, type AiringItem, isBulletin, isContent, lengthOf } from './airing-item.ts'
import { chimeOf, type FrameSounds, isChime, NO_FRAMES, type Unmade, unmadeOf, withoutChimes } from './frame.ts'
import { type Relays, relayOf } from './relay.ts'
import { type Approved, airableAt, type Bar, barOf } from './validity.ts'

/** What a session had no room for; a relay is no bulletin. */
export const DroppedItem = z.object({ bulletinId: BulletinId.nullable(), title: z.string(), ms: z.int() })
export type DroppedItem = z.infer<typeof DroppedItem>

/** The approved version of a bulletin whose audio is ready. */
export interface ReadyBulletin extends AiredBulletin {
  readonly class: BulletinClass
  /** The same in other languages, aired right after it. */
  readonly others: readonly AiredBulletin[]
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
  /** What it does without until it is made. */
  readonly unmade: readonly Unmade[]
}

type Ready = ReadonlyMap<BulletinId, ReadyBulletin>

const NO_RELAYS: Relays = new Map()

/** What sessions are made of, as far as it is there. */
export interface Material {
  readonly ready: Ready
  readonly approved: Approved
  /** Of sessions that people or the system have put something into. */
  readonly placements?: readonly Placement[]
  readonly frames?: FrameSounds
  readonly relays?: Relays
}

/**
 * What a rundown airs now, each bulletin in all its languages: those that are not approved or not ready are left out until
 * they are. An excerpt is one of each language. `frames`: of a session that has chimes of its own.
 */
export function itemsOf(
  rundown: readonly BulletinItem[],
  ready: Ready,
  frames: FrameSounds = NO_FRAMES,
): AiredBulletin[] {
  return rundown.flatMap(({ bulletinId, excerptMs }) => {
    const bulletin = ready.get(bulletinId)
    if (!bulletin) return []
    return [bulletin, ...bulletin.others].map((spoken) => {
      const item = withoutChimes(AiredBulletin.parse(spoken), frames)
      return { ...item, ms: Math.min(item.ms, excerptMs ?? item.ms) }
    })
  })
}

/** A session that airs a priority bulletin stands above ordinary programmes (Circular 39/2020/TT-BTTTT). */
export function levelOf(items: readonly AiringItem[], ready: Ready): Level {
  const hasPriority = items.filter(isBulletin).some(({ bulletinId }) => ready.get(bulletinId)?.class === 'priority')
  return hasPriority ? 'priority-commune' : 'programme'
}

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
      const own = { frames: NO_FRAMES, relays: NO_RELAYS, ...material, placements: placed.get(key) ?? [] }
      const session = sessionAt(programme, occurrence, own, station)
      return over.has(key) ? { ...session, bar: session.bar ?? 'limits' } : session
    }),
  )
}

function sessionAt(
  programme: StoredProgramme,
  occurrence: ProgrammeOccurrence,
  { ready, approved, placements, frames, relays }: Required<Material>,
  station: StationTimes,
): Session {
  const { originalDate, startAt } = occurrence
  const rundown = rundownOn(programme, occurrence)
  const slots = slotsOf(rundown, placements)
  const airable = airableAt(slots.filter(isSpoken), approved, startAt, station.timeZone)
  const spoken = new Set<Slot>(airable)
  const asked = rundown.filter(isChime)
  const chimes = asked.flatMap((item) => chimeOf(item, frames) ?? [])
  const inFrame = chimes.length > 0 ? frames : NO_FRAMES
  const content = slots.flatMap((slot): Entry[] => {
    if (!isSpoken(slot)) return relayEntries(slot, relays)
    if (!spoken.has(slot)) return []
    return [{ kind: classOf(slot, ready), since: slot.since, items: itemsOf([slot], ready, inFrame) }]
  })
  const entries: Entry[] = [
    ...chimes.filter(({ kind }) => kind === 'chime').map(frameEntry),
    ...content.filter(({ items }) => items.length > 0),
    ...chimes.filter(({ kind }) => kind === 'closing').map(frameEntry),
  ]
  const named = entries.map((entry, place) => ({ ...entry, id: String(place), ms: lengthOf(entry.items) }))
  const byId = new Map(named.map((entry) => [entry.id, entry]))
  const { kept, dropped, fill } = fillRundown(named, capacityOf(programme))
  const items = atMost(
    MAX_PLAN_ITEMS,
    kept.flatMap(({ id }) => byId.get(id)?.items ?? []),
  )
  const ms = lengthOf(items)
  return {
    programme,
    originalDate,
    startAt,
    endAt: startAt + ms,
    movedFrom: occurrence.movedFrom ?? null,
    isReplaced: occurrence.replacement !== undefined,
    level: levelOf(items, ready),
    items,
    fill,
    dropped: dropped.flatMap(({ id, ms }) => {
      const [first] = byId.get(id)?.items.filter(isContent) ?? []
      return first ? [{ bulletinId: isBulletin(first) ? first.bulletinId : null, title: first.title, ms }] : []
    }),
    unmade: asked.length === 0 ? [] : unmadeOf(asked, itemsOf(airable, ready), frames),
    bar: timeBar(startAt, ms, station) ?? (content.length === 0 ? barOf(slots.filter(isSpoken), approved) : null),
  }
}

function timeBar(startAt: number, ms: number, { timeZone, quietHours, silences = [] }: StationTimes): Bar | null {
  const airMs = airMsOf(ms)
  if (touchesQuiet(startAt, airMs, quietHours, timeZone)) return 'quiet-hours'
  return silencedEverywhere(startAt, airMs, silences) ? 'silence' : null
}

interface Entry extends Pick<RundownEntry, 'kind' | 'since'> {
  readonly items: readonly AiringItem[]
}

const relayEntries = (part: RelayPart & Since, relays: Relays): Entry[] => {
  const relay = relayOf(part, relays)
  return relay ? [{ kind: 'ordinary', since: part.since, items: [relay] }] : []
}

const frameEntry = (chime: AiredChime) => ({ kind: 'frame' as const, since: 0, items: [chime] })

/** One item too many and clusters would refuse the whole plan; more bulletins are refused when a programme is saved. */
function atMost(count: number, items: readonly AiringItem[]): AiringItem[] {
  const room = count - items.filter((item) => !isBulletin(item)).length
  const kept = new Set(items.filter(isBulletin).slice(0, room))
  return items.filter((item) => !isBulletin(item) || kept.has(item))
}

const classOf = ({ bulletinId }: BulletinItem, ready: Ready): 'priority' | 'ordinary' =>
  ready.get(bulletinId)?.class === 'priority' ? 'priority' : 'ordinary'

interface Since {
  /** When it came into the session: what the rundown itself says was always there. */
  readonly since: number
}
type Spoken = BulletinItem & Since
type Slot = Spoken | (RelayPart & Since)

const isSpoken = (slot: Slot): slot is Spoken => slot.kind === 'bulletin'

/** Since when something is there that must stay though the session is over-full: others of its class give way. */
const BEFORE_ALL = -1

/** What its programme always says, or what stands in on its day. */
const rundownOn = ({ rundown }: StoredProgramme, { replacement }: ProgrammeOccurrence): RundownItem[] =>
  replacement === undefined ? rundown : replacementRundown(replacement)

/** What a session is to say between its chimes: its rundown, with what was placed where it says or at the end. */
function slotsOf(rundown: readonly RundownItem[], placements: readonly Placement[]): Slot[] {
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
    if (isChime(item)) return []
    if (item.kind === 'inbox') return placed
    return item.kind === 'bulletin' && isLifted(item) ? [] : [{ ...item, since: 0 }]
  })
  return rundown.some(({ kind }) => kind === 'inbox') ? slots : [...slots, ...placed]
}
