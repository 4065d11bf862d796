import { expect } from 'vitest'
import type { JournalEntry } from '#protocol/messages.ts'
import {
  type AirOccurrence,
  type AirSettings,
  type Airtime,
  airOf,
  airtime,
  type Circumstances,
  type Fate,
  type Segment,
} from '#protocol/rules/airtime.ts'
import type { Window } from '#protocol/rules/civil-time.ts'
import { runOffline } from './offline.ts'
import { MINUTE } from './site.ts'

interface Foretold {
  readonly occurrences: readonly AirOccurrence[]
  readonly settings: AirSettings
  readonly circumstances: Circumstances
}

/** Runs a simulated cluster and compares its journal and all that it sounded with what the model foretells. */
export async function expectAsForetold(input: Foretold): Promise<void> {
  const { occurrences, settings, circumstances } = input
  const model = airtime(occurrences, airOf(settings), circumstances)
  const { journal, heard } = await runOffline({ ...input, ...spanOf(input, model) })
  expect(storiesIn(journal)).toEqual(foretold(model, circumstances.power?.at(-1)?.from))
  expect(heard).toEqual(soundsOf(model, settings.leadInMs))
}

/** From before anything happens until long enough after it for something to be played that must not be. */
function spanOf(
  { occurrences, circumstances: { power = [], clock = [] } }: Foretold,
  { segments, fates }: Airtime,
): Window {
  const changes = [...power, ...clock].map(({ from }) => from)
  const from = Math.min(...occurrences.map(({ startAt }) => startAt), ...changes) - MINUTE
  const ends = [...segments.map(({ until }) => until), ...fates.map(({ at }) => at)]
  return { from, until: Math.max(...ends, ...changes) + 2 * MINUTE }
}

/** What each occurrence's journal says, in few words: `started +1500`, `interrupted higher-level 7500`. */
type Stories = Readonly<Record<string, readonly string[]>>

function storiesIn(journal: readonly JournalEntry[]): Stories {
  const stories: Record<string, string[]> = {}
  for (const { occurrenceId, kind, reason, ms, offsetMs } of journal) {
    if (!occurrenceId || kind === 'armed') continue
    const words = [kind, reason, kind === 'started' ? `+${offsetMs}` : undefined, ms].filter((word) => word != null)
    stories[occurrenceId] = [...(stories[occurrenceId] ?? []), words.join(' ')]
  }
  return stories
}

/** `lastBoot`: when the cluster was switched on for the last time. */
function foretold({ fates }: Airtime, lastBoot = Number.POSITIVE_INFINITY): Stories {
  const stories = fates.map((fate) => [fate.id, storyOf(fate, lastBoot)] as const)
  return Object.fromEntries(stories.filter(([, story]) => story.length > 0))
}

function storyOf(fate: Fate, lastBoot: number): string[] {
  if (fate.state === 'played' || fate.state === 'late') return [`started +${fate.lateMs}`, `finished ${fate.soundedMs}`]
  const { state, reason, soundedMs } = fate
  const isCut = reason === 'power-lost'
  // Nobody writes a journal without power: it says so when it is back, and not for how long it had sounded.
  const isUntold = isCut && fate.at >= lastBoot
  const end = state === 'interrupted' && !isCut ? `${state} ${reason} ${soundedMs}` : `${state} ${reason}`
  const hasStarted = fate.state === 'interrupted' && (soundedMs > 0 || !isCut)
  return [...(hasStarted ? [`started +${fate.lateMs}`] : []), ...(isUntold ? [] : [end])]
}

/** When samples sound: each segment begins with a lead-in, shorter by what a first start is late by less than a blink. */
function soundsOf({ segments, fates }: Airtime, leadInMs: number): Segment[] {
  const parts = segments.map(({ id, from, until }) => ({ id, from: from + leadInMs, until }))
  for (const { id, soundedMs } of fates) {
    const own = parts.filter((part) => part.id === id)
    const first = own.find(({ from, until }) => from < until)
    const missing = soundedMs - own.reduce((sum, { from, until }) => sum + Math.max(0, until - from), 0)
    if (first) first.from -= missing
  }
  return parts.filter(({ from, until }) => from < until)
}
