import { createHash } from 'node:crypto'
import type { Station } from '#protocol/http/areas.ts'
import type { ClusterId } from '#protocol/ids.ts'
import { type ClusterPlan, MAX_SILENCES, type PlanOccurrence, type SessionItem } from '#protocol/messages.ts'
import type { Window } from '#protocol/rules/civil-time.ts'
import { LEVELS, LONGEST_WAIT_MS } from '#protocol/rules/ladder.ts'
import { LEAD_IN_MS } from '#protocol/rules/lead-in.ts'
import { isFor, type SilentSpan } from '#protocol/rules/silences.ts'
import type { AiringItem } from '../programmes/session/airing-item.ts'
import { DAY, MINUTE } from '../units.ts'
import type { StoredBroadcast } from './broadcasts.store.ts'

/** Signed for longer than the planned days and renewed with them: at any moment a cluster holds a week of valid plan. */
const VALID_MS = 9 * DAY
const RENEW_BELOW_MS = 8 * DAY
/** Nothing starts later than this after its time. */
export const MAX_LATE_MS = LONGEST_WAIT_MS
/** JSON bytes that still fit the topic's 64 KiB once signed (base64 adds a third). */
const MAX_PLAN_BYTES = 47_000
/** What a plan says besides its edition: whose it is, its version and times. */
const OWN_BYTES = 200

const STATUS_EVERY_MS = MINUTE

/** What a plan says to every cluster that has the same sessions, in the same codec. */
export interface PlanEdition extends Pick<ClusterPlan, 'settings' | 'occurrences'> {
  readonly hash: string
  /** Not null: not all sessions fit into one message, and the rest gets in when the first of them is over. */
  readonly roomAt: number | null
}

export function compilePlan(
  station: Pick<Station, 'timeZone' | 'quietHours' | 'volume'>,
  mediaBaseUrl: string,
  broadcasts: readonly StoredBroadcast[],
  silences: readonly Window[] = [],
): PlanEdition {
  const settings: PlanEdition['settings'] = {
    timeZone: station.timeZone,
    quietHours: station.quietHours,
    ...(silences.length > 0 ? { silences: [...silences] } : {}),
    volume: station.volume,
    leadInMs: LEAD_IN_MS,
    delayMs: 0,
    mediaBaseUrl,
    statusEveryMs: STATUS_EVERY_MS,
  }
  const sounding = broadcasts.filter(hasSound)
  const said = { settings, occurrences: fitting(settings, sounding.map(toOccurrence)) }
  const isCut = said.occurrences.length < sounding.length
  return {
    ...said,
    hash: createHash('sha256').update(JSON.stringify(said)).digest('hex'),
    roomAt: isCut ? Math.min(...sounding.map(({ endAt }) => endAt)) : null,
  }
}

/** When a cluster is to be silent, as far ahead as is known. */
export const silencesOf = (clusterId: ClusterId, silences: readonly SilentSpan[]): Window[] =>
  mergedWindows(silences.filter((span) => isFor(clusterId, span))).slice(0, MAX_SILENCES)

/** In order, those that overlap or follow on each other as one: a cluster need not know why it is silent. */
function mergedWindows(windows: readonly Window[]): Window[] {
  const merged: Window[] = []
  for (const { from, until } of [...windows].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1)
    if (last && from <= last.until) merged.splice(-1, 1, { from: last.from, until: Math.max(last.until, until) })
    else merged.push({ from, until })
  }
  return merged
}

/** Nearest sessions first, as many as one message carries. */
function fitting(settings: PlanEdition['settings'], occurrences: readonly PlanOccurrence[]): PlanOccurrence[] {
  let bytes = OWN_BYTES + JSON.stringify(settings).length
  const kept: PlanOccurrence[] = []
  for (const occurrence of occurrences) {
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
    items: broadcast.items.map(toItem),
  }
}

function toItem(item: AiringItem): SessionItem {
  const { ms, codec } = item
  if (item.kind === 'relay') return { kind: item.kind, url: item.url, ms, codec, gainDb: 0 }
  const { sha256, bytes } = item
  return { sha256, bytes, url: `media/${sha256}.${codec}`, ms, codec, gainDb: 0 }
}

/** The version to send next, or null when the cluster's plan says the same and is valid for long enough. */
export function nextPlan(
  clusterId: ClusterId,
  { hash, settings, occurrences }: PlanEdition,
  current: { readonly version: number; readonly contentHash: string; readonly validUntil: number } | null,
  now: number,
): ClusterPlan | null {
  if (current?.contentHash === hash && current.validUntil - now >= RENEW_BELOW_MS) return null
  const version = (current?.version ?? 0) + 1
  return { clusterId, settings, occurrences, version, issuedAt: now, validUntil: now + VALID_MS }
}
