import { z } from 'zod'
import type { BulletinClass } from '#protocol/http/bulletins.ts'
import type { RundownItem } from '#protocol/http/programmes.ts'
import { BulletinId, BulletinVersionId, Sha256 } from '#protocol/ids.ts'
import { VIETNAMESE } from '#protocol/languages.ts'
import { Codec, MAX_PLAN_ITEMS } from '#protocol/messages.ts'
import type { Level } from '#protocol/rules/ladder.ts'
import { type QuietHours, touchesQuiet } from '#protocol/rules/quiet-hours.ts'
import { occurrencesIn } from '#protocol/rules/recurrence.ts'
import type { StoredProgramme } from '../programmes/programmes.store.ts'
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

/** The approved version of a bulletin whose audio is ready. */
export interface ReadyBulletin extends AiringItem {
  readonly class: BulletinClass
  /** The same in other languages, aired right after it. */
  readonly others: readonly AiringItem[]
}

export interface Session {
  readonly programme: StoredProgramme
  readonly startAt: number
  readonly endAt: number
  readonly level: Level
  readonly items: AiringItem[]
  /** Not null: nothing of the rundown may air on that day, so the session does not take place. */
  readonly bar: Bar | null
}

type Ready = ReadonlyMap<BulletinId, ReadyBulletin>

/**
 * What a rundown airs now, each bulletin in all its languages: those that are not approved or not ready are left out until
 * they are. An excerpt is one of each language.
 */
export function itemsOf(rundown: readonly RundownItem[], ready: Ready): AiringItem[] {
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
export function levelOf(rundown: readonly RundownItem[], ready: Ready): Level {
  const hasPriority = rundown.some(({ bulletinId }) => ready.get(bulletinId)?.class === 'priority')
  return hasPriority ? 'priority-commune' : 'programme'
}

export const lengthOf = (items: readonly AiringItem[]): number => items.reduce((sum, item) => sum + item.ms, 0)

/** The sessions that programmes ask for in a window, each with what may air on its day; none may touch the quiet hours. */
export function sessionsIn(
  programmes: readonly StoredProgramme[],
  bulletins: { ready: Ready; approved: Approved },
  station: { timeZone: string; quietHours: QuietHours },
  window: { from: number; until: number },
): Session[] {
  const { timeZone, quietHours } = station
  return programmes.flatMap((programme) =>
    occurrencesIn(programme, window, timeZone)
      .map((startAt) => sessionAt(programme, bulletins, startAt, timeZone))
      .filter(({ startAt, endAt }) => !touchesQuiet(startAt, endAt - startAt, quietHours, timeZone)),
  )
}

function sessionAt(
  programme: StoredProgramme,
  { ready, approved }: { ready: Ready; approved: Approved },
  startAt: number,
  timeZone: string,
): Session {
  const rundown = airableAt(programme.rundown, approved, startAt, timeZone)
  // One item too many and clusters would refuse the whole plan; more is refused when a programme is saved.
  const items = itemsOf(rundown, ready).slice(0, MAX_PLAN_ITEMS)
  const bar = rundown.length === 0 ? barOf(programme.rundown, approved) : null
  return { programme, startAt, endAt: startAt + lengthOf(items), level: levelOf(rundown, ready), items, bar }
}
