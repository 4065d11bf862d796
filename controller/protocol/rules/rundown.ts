/**
 * What may take air in a session, in the order of the rundown. `frame` is chime and closing, which stand whatever is
 * dropped; `priority` and `ordinary` are the bulletin classes of Circular 39/2020/TT-BTTTT.
 */
export interface RundownEntry {
  readonly id: string
  readonly ms: number
  readonly kind: 'frame' | 'priority' | 'ordinary'
  /** When it came into the session, epoch ms: of one class, what came last goes first. */
  readonly since: number
}

/** `full`: nothing that people would notice is left; `over`: not everything fits, and `dropped` says what does not. */
export const FILLS = ['empty', 'short', 'full', 'over'] as const
export type Fill = (typeof FILLS)[number]

export interface FilledRundown {
  /** In the order in which it sounds. */
  readonly kept: readonly RundownEntry[]
  /** In the order in which it was given up. */
  readonly dropped: readonly RundownEntry[]
  readonly usedMs: number
  readonly fill: Fill
}

/** Less silence than this at the end of a session is none. */
const FULL_WITHIN_MS = 60_000

const CLASS: Record<RundownEntry['kind'], number> = { ordinary: 0, priority: 1, frame: 2 }

/**
 * Fits a rundown into the minutes of a session. What is too much is dropped by one rule that people can foresee: the lowest
 * class first, of one class the latest, whole, until the rest fits. Priority bulletins come before all others, right
 * behind the frame that opens the session; otherwise the order of the rundown stands. A frame alone is no session.
 */
export function fillRundown(rundown: readonly RundownEntry[], capacityMs: number): FilledRundown {
  const droppable = rundown
    .map((entry, place) => ({ entry, place }))
    .filter(({ entry }) => entry.kind !== 'frame')
    .sort((a, b) => CLASS[a.entry.kind] - CLASS[b.entry.kind] || b.entry.since - a.entry.since || b.place - a.place)
  const dropped = new Set<RundownEntry>()
  let usedMs = total(rundown)
  for (const { entry } of droppable) {
    if (usedMs <= capacityMs) break
    dropped.add(entry)
    usedMs -= entry.ms
  }
  const content = rundown.filter((entry) => entry.kind !== 'frame' && !dropped.has(entry))
  const kept = content.length === 0 ? [] : inAirOrder(rundown.filter((entry) => !dropped.has(entry)))
  const airMs = total(kept)
  return { kept, dropped: [...dropped], usedMs: airMs, fill: fillOf(airMs, dropped.size, capacityMs) }
}

const total = (entries: readonly RundownEntry[]): number => entries.reduce((sum, { ms }) => sum + ms, 0)

function inAirOrder(entries: readonly RundownEntry[]): RundownEntry[] {
  const firstContent = entries.findIndex(({ kind }) => kind !== 'frame')
  const [opening, rest] = [entries.slice(0, firstContent), entries.slice(firstContent)]
  const isPriority = ({ kind }: RundownEntry): boolean => kind === 'priority'
  return [...opening, ...rest.filter(isPriority), ...rest.filter((entry) => !isPriority(entry))]
}

/** How a session of this capacity looks that airs so many milliseconds and had no room for so many items. */
export function fillOf(usedMs: number, dropped: number, capacityMs: number): Fill {
  if (dropped > 0) return 'over'
  if (usedMs === 0) return 'empty'
  return capacityMs - usedMs < FULL_WITHIN_MS ? 'full' : 'short'
}
