import { z } from 'zod'
import type { SessionPart } from '#protocol/http/broadcasts.ts'
import { CHIME_KINDS } from '#protocol/http/programmes.ts'
import { BulletinId, BulletinVersionId, Sha256 } from '#protocol/ids.ts'
import { VIETNAMESE } from '#protocol/languages.ts'
import { Codec } from '#protocol/messages.ts'

const file = {
  sha256: Sha256,
  bytes: z.int(),
  codec: Codec,
  /** How long it sounds. */
  ms: z.int(),
}

/** A bulletin in one language. Sessions that were planned before there was anything else do not say so. */
export const AiredBulletin = z.object({
  kind: z.literal('bulletin').default('bulletin'),
  bulletinId: BulletinId,
  versionId: BulletinVersionId,
  versionNumber: z.int(),
  title: z.string(),
  /** BCP 47 code of the language in which it is heard. */
  language: z.string().default(VIETNAMESE),
  ...file,
})
export type AiredBulletin = z.infer<typeof AiredBulletin>

/** What a session begins or ends with. */
export const AiredChime = z.object({
  kind: z.enum(CHIME_KINDS),
  /** As its bringer calls it; null: our own. */
  title: z.string().nullable(),
  ...file,
})
export type AiredChime = z.infer<typeof AiredChime>

/** A stream that clusters open themselves. */
export const AiredRelay = z.object({
  kind: z.literal('relay'),
  relay: z.string(),
  title: z.string(),
  url: z.string(),
  codec: Codec,
  ms: z.int(),
})
export type AiredRelay = z.infer<typeof AiredRelay>

/** One item of a session as it will sound, kept with the broadcast: what was planned can be shown for ever. */
export const AiringItem = z.union([AiredChime, AiredRelay, AiredBulletin])
export type AiringItem = z.infer<typeof AiringItem>

export const isBulletin = (item: AiringItem): item is AiredBulletin => item.kind === 'bulletin'

/** Whether a session is worth it: chimes are not. */
export const isContent = (item: AiringItem): item is AiredBulletin | AiredRelay =>
  item.kind === 'bulletin' || item.kind === 'relay'

/** The files of a session. */
export const filesIn = (items: readonly AiringItem[]): (AiredBulletin | AiredChime)[] =>
  items.flatMap((item) => (item.kind === 'relay' ? [] : [item]))

export const lengthOf = (items: readonly AiringItem[]): number => items.reduce((sum, item) => sum + item.ms, 0)

/** When a session that was planned is to sound, and how long. */
export const airtimeOf = ({
  startAt,
  items,
}: {
  readonly startAt: number
  readonly items: readonly AiringItem[]
}): { startAt: number; ms: number } => ({ startAt, ms: lengthOf(items) })

/** The bulletins of a session in the order in which they begin, each with the languages in which it is heard. */
export function bulletinsOf(
  items: readonly AiringItem[],
): { id: BulletinId; title: string; versionNumber: number; languages: string[] }[] {
  const bulletins = items.filter(isBulletin)
  const ids = new Set(bulletins.map((item) => item.bulletinId))
  return [...ids].flatMap((id) => {
    const own = bulletins.filter((item) => item.bulletinId === id)
    const [first] = own
    if (!first) return []
    const languages = [...new Set(own.map(({ language }) => language))]
    return [{ id, title: first.title, versionNumber: first.versionNumber, languages }]
  })
}

/** A session's parts in the order in which they begin. */
export function partsOf(items: readonly AiringItem[]): SessionPart[] {
  const bulletins = new Map(bulletinsOf(items).map((bulletin) => [bulletin.id, bulletin]))
  return items.flatMap((item): SessionPart[] => {
    if (item.kind === 'relay') return [{ kind: item.kind, title: item.title, ms: item.ms }]
    if (!isBulletin(item)) return [{ kind: item.kind, title: item.title, ms: item.ms }]
    const bulletin = bulletins.get(item.bulletinId)
    if (!bulletin) return []
    bulletins.delete(item.bulletinId)
    const { id, title, languages } = bulletin
    const ms = lengthOf(items.filter((other) => isBulletin(other) && other.bulletinId === id))
    return [{ kind: 'bulletin', id, title, languages, ms }]
  })
}
