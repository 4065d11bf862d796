/** What something does to something lower that sounds when it is due. */
export type StartPolicy =
  | { readonly kind: 'immediate' }
  | { readonly kind: 'next' }
  | { readonly kind: 'wait'; readonly waitMs: number }

interface LevelRule {
  /** Higher sounds over lower; equals wait for each other. */
  readonly rank: number
  /** How it starts where a plan has no reason to say otherwise. */
  readonly startPolicy: StartPolicy
  /** What becomes of it when something higher interrupts it. */
  readonly onInterrupt: 'resume' | 'close'
  /** How long it may wait for its start, and again for its turn after each interruption. */
  readonly maxLateMs: number
  readonly breaksQuietHours: boolean
}

const mandatory = {
  startPolicy: { kind: 'immediate' },
  onInterrupt: 'resume',
  maxLateMs: 5 * 60_000,
  breaksQuietHours: false,
} as const

/** Nobody says again what was cut off. */
const live = { ...mandatory, onInterrupt: 'close' } as const

/** Does not cut off what is below it in the middle of a sentence. */
const ordinary = { ...mandatory, startPolicy: { kind: 'next' } } as const

/**
 * Who may sound over whom, high to low: the one table of controller, clusters and preview.
 *
 * Circular 39/2020/TT-BTTTT has three classes of bulletin. An emergency goes out at once, at any hour. A priority
 * bulletin must be played, ahead of the programme; of several, the wider sender's goes first. An ordinary bulletin is
 * part of a programme. The Circular ranks neither live speech nor fillers and tests: the province's live speech stands
 * below emergencies alone, the commune's below all that must be played and above its own programmes. People expect the
 * news at its hour or not at all, so nothing waits longer than five minutes.
 */
export const LEVELS = {
  emergency: { rank: 9, ...mandatory, breaksQuietHours: true },
  'live-province': { rank: 8, ...live },
  'priority-centre': { rank: 7, ...mandatory },
  'priority-province': { rank: 6, ...mandatory },
  'priority-commune': { rank: 5, ...mandatory },
  'live-commune': { rank: 4, ...live },
  programme: { rank: 3, ...ordinary },
  fallback: { rank: 2, ...ordinary, onInterrupt: 'close' },
  // A test tells of its own hour; the next one comes tomorrow.
  'self-test': { rank: 1, ...ordinary, onInterrupt: 'close', maxLateMs: 0 },
} as const satisfies Record<string, LevelRule>

export type Level = keyof typeof LEVELS

/** The levels, high to low. */
export const LADDER = levelsOf(LEVELS)

/** The most that a level waits of its own accord. */
export const LONGEST_WAIT_MS = Math.max(...LADDER.map((level) => LEVELS[level].maxLateMs))

/** Higher rank sounds over lower rank: emergency is 9, self-test is 1. */
export const rankOf = (level: Level): number => LEVELS[level].rank

/** Whether `next` interrupts what sounds now: only a strictly higher level does. */
export const interrupts = (next: Level, current: Level): boolean => rankOf(next) > rankOf(current)

/** An object's own keys are just its keys here: the table is a literal, so nothing can have been added to it. */
function levelsOf<L extends string>(table: Readonly<Record<L, LevelRule>>): readonly L[] {
  const levels = Object.keys(table) as L[]
  return levels.sort((a, b) => table[b].rank - table[a].rank)
}
