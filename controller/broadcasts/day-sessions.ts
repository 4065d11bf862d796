import type { DayBulletin, DaySession } from '#protocol/http/days.ts'
import type { BulletinId } from '#protocol/ids.ts'
import { isoOf, isoOrNull } from '../iso.ts'
import { partsOf } from '../programmes/session/airing-item.ts'
import type { Session } from '../programmes/session/session.ts'
import { keyOf, sessionKey } from '../programmes/session-key.ts'
import { MINUTE } from '../units.ts'
import type { StoredBroadcast } from './broadcasts.store.ts'
import { statusAt } from './get.ts'

/** What the sessions of a day have in common. */
export interface Facts {
  readonly now: number
  readonly names: ReadonlyMap<string, string>
  readonly classOf: (id: BulletinId) => DayBulletin['class']
  readonly isPlaced: (key: string, id: BulletinId) => boolean
  readonly tallies: ReadonlyMap<string, DaySession['tally']>
}

const rundownOf = (key: string, items: StoredBroadcast['items'], { classOf, isPlaced }: Facts): DaySession['rundown'] =>
  partsOf(items).map((part) =>
    part.kind === 'bulletin' ? { ...part, class: classOf(part.id), isPlaced: isPlaced(key, part.id) } : part,
  )

/** One that has a row; `session` is what its programme says of it today. */
export function storedDay(one: StoredBroadcast, session: Session | null, facts: Facts): DaySession {
  const slotMs = session ? session.programme.maxMinutes * MINUTE : one.endAt - one.startAt
  return {
    programmeId: one.programmeId,
    programmeName: facts.names.get(one.programmeId) ?? '',
    originalDate: one.originalDate,
    broadcastId: one.id,
    status: statusAt(one, facts.now),
    cancelledBy: one.cancelledBy,
    startAt: isoOf(one.startAt),
    endAt: isoOf(one.endAt),
    slotEndAt: isoOf(Math.max(one.endAt, one.startAt + slotMs)),
    level: one.level,
    movedFrom: isoOrNull(session?.movedFrom ?? null),
    isReplaced: session?.isReplaced ?? false,
    rundown: rundownOf(keyOf(one), one.items, facts),
    fill: one.fill,
    dropped: one.dropped,
    collisions: [],
    tally: facts.tallies.get(one.id) ?? {},
  }
}

export function foreseenDay(session: Session, facts: Facts): DaySession {
  const { programme, originalDate, startAt, endAt, level, items, fill, dropped, bar } = session
  return {
    programmeId: programme.id,
    programmeName: programme.name,
    originalDate,
    broadcastId: null,
    status: bar === null ? 'foreseen' : 'barred',
    cancelledBy: bar,
    startAt: isoOf(startAt),
    endAt: isoOf(endAt),
    slotEndAt: isoOf(startAt + programme.maxMinutes * MINUTE),
    level,
    movedFrom: isoOrNull(session.movedFrom),
    isReplaced: session.isReplaced,
    rundown: rundownOf(sessionKey(programme.id, originalDate), items, facts),
    fill,
    dropped,
    collisions: [],
    tally: {},
  }
}
