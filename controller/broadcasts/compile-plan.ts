import { createHash } from 'node:crypto'
import type { Station } from '#protocol/http/areas.ts'
import type { ClusterId } from '#protocol/ids.ts'
import type { ClusterPlan, PlanOccurrence } from '#protocol/messages.ts'
import { LEVELS, LONGEST_WAIT_MS } from '#protocol/rules/ladder.ts'
import { DAY, MINUTE } from '../units.ts'
import type { StoredBroadcast } from './broadcasts.store.ts'

/** A plan reaches a week ahead, so that a cluster without network for a week misses nothing. */
export const HORIZON_MS = 7 * DAY
/** Signed for longer than the horizon and renewed daily: at any moment a cluster holds a week of valid plan. */
const VALID_MS = 9 * DAY
const RENEW_BELOW_MS = 8 * DAY
/** Nothing starts later than this after its time. */
export const MAX_LATE_MS = LONGEST_WAIT_MS
/** JSON bytes that still fit the topic's 64 KiB once signed (base64 adds a third). */
const MAX_PLAN_BYTES = 47_000

export const LEAD_IN_MS = 800
const STATUS_EVERY_MS = MINUTE

/** What a plan says, apart from its version and times of issue. */
export type PlanContent = Pick<ClusterPlan, 'clusterId' | 'settings' | 'occurrences'>

export function compilePlan(
  clusterId: ClusterId,
  station: Station,
  mediaBaseUrl: string,
  broadcasts: readonly StoredBroadcast[],
): PlanContent {
  const settings: PlanContent['settings'] = {
    timeZone: station.timeZone,
    quietHours: station.quietHours,
    volume: station.volume,
    leadInMs: LEAD_IN_MS,
    delayMs: 0,
    mediaBaseUrl,
    statusEveryMs: STATUS_EVERY_MS,
  }
  const content = { clusterId, settings, occurrences: broadcasts.filter(hasSound).map(toOccurrence) }
  return { ...content, occurrences: fitting(content) }
}

/** Nearest sessions first, as many as one message carries; the rest follows as these are played. */
function fitting(content: PlanContent): PlanOccurrence[] {
  let bytes = JSON.stringify({ ...content, occurrences: [] }).length
  const kept: PlanOccurrence[] = []
  for (const occurrence of content.occurrences) {
    bytes += JSON.stringify(occurrence).length + 1
    if (bytes > MAX_PLAN_BYTES) break
    kept.push(occurrence)
  }
  return kept
}

const hasSound = (broadcast: StoredBroadcast): boolean => broadcast.items.length > 0

function toOccurrence(broadcast: StoredBroadcast): PlanOccurrence {
  const { startPolicy, maxLateMs, onInterrupt } = LEVELS[broadcast.level]
  return {
    id: broadcast.id,
    startAt: broadcast.startAt,
    level: broadcast.level,
    startPolicy,
    maxLateMs,
    onInterrupt,
    items: broadcast.items.map(({ sha256, bytes, ms, codec }) => ({
      sha256,
      bytes,
      url: `media/${sha256}.${codec}`,
      ms,
      codec,
      gainDb: 0,
    })),
  }
}

export const contentHash = (content: PlanContent): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex')

/** The version to send next, or null when the cluster's plan says the same and is valid for long enough. */
export function nextPlan(
  content: PlanContent,
  current: { readonly version: number; readonly contentHash: string; readonly validUntil: number } | null,
  now: number,
): ClusterPlan | null {
  const isSame = current?.contentHash === contentHash(content)
  if (isSame && current.validUntil - now >= RENEW_BELOW_MS) return null
  return { ...content, version: (current?.version ?? 0) + 1, issuedAt: now, validUntil: now + VALID_MS }
}
