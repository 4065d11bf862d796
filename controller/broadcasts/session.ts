import { z } from 'zod'
import type { BulletinClass } from '#protocol/http/bulletins.ts'
import type { RundownItem } from '#protocol/http/programmes.ts'
import { BulletinId, BulletinVersionId, Sha256 } from '#protocol/ids.ts'
import { Codec } from '#protocol/messages.ts'
import type { Level } from '#protocol/rules/ladder.ts'
import { type QuietHours, touchesQuiet } from '#protocol/rules/quiet-hours.ts'
import { occurrencesIn } from '#protocol/rules/recurrence.ts'
import type { StoredProgramme } from '../programmes/programmes.store.ts'

/** One item of a session as it will sound, kept with the broadcast: what was planned can be shown for ever. */
export const AiringItem = z.object({
  bulletinId: BulletinId,
  versionId: BulletinVersionId,
  versionNumber: z.int(),
  title: z.string(),
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
}

export interface Session {
  readonly programme: StoredProgramme
  readonly startAt: number
  readonly endAt: number
  readonly level: Level
  readonly items: AiringItem[]
}

type Ready = ReadonlyMap<BulletinId, ReadyBulletin>

/** What a rundown airs now: bulletins that are not approved or not ready are left out until they are. */
export function itemsOf(rundown: readonly RundownItem[], ready: Ready): AiringItem[] {
  return rundown.flatMap(({ bulletinId, excerptMs }) => {
    const bulletin = ready.get(bulletinId)
    if (!bulletin) return []
    return [{ ...AiringItem.parse(bulletin), ms: Math.min(bulletin.ms, excerptMs ?? bulletin.ms) }]
  })
}

/** A session with a priority bulletin in it stands above ordinary programmes (Circular 39/2020/TT-BTTTT). */
export function levelOf(rundown: readonly RundownItem[], ready: Ready): Level {
  const hasPriority = rundown.some(({ bulletinId }) => ready.get(bulletinId)?.class === 'priority')
  return hasPriority ? 'priority-commune' : 'programme'
}

export const lengthOf = (items: readonly AiringItem[]): number => items.reduce((sum, item) => sum + item.ms, 0)

/** The sessions that programmes ask for in a window; none may touch the quiet hours. */
export function sessionsIn(
  programmes: readonly StoredProgramme[],
  ready: Ready,
  station: { timeZone: string; quietHours: QuietHours },
  window: { from: number; until: number },
): Session[] {
  return programmes.flatMap((programme) => {
    const items = itemsOf(programme.rundown, ready)
    const level = levelOf(programme.rundown, ready)
    const ms = lengthOf(items)
    return occurrencesIn(programme, window, station.timeZone)
      .filter((startAt) => !touchesQuiet(startAt, ms, station.quietHours, station.timeZone))
      .map((startAt) => ({ programme, startAt, endAt: startAt + ms, level, items }))
  })
}
