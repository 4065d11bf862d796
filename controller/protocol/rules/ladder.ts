/**
 * Who may sound over whom, high to low. One table for the controller, the clusters and the preview.
 * The three bulletin classes are those of Circular 39/2020/TT-BTTTT.
 */
export const LADDER = [
  'emergency',
  'live-province',
  'priority-centre',
  'priority-province',
  'priority-commune',
  'live-commune',
  'programme',
  'fallback',
  'self-test',
] as const

export type Level = (typeof LADDER)[number]

/** Higher rank sounds over lower rank: emergency is 9, self-test is 1. */
export const rankOf = (level: Level): number => LADDER.length - LADDER.indexOf(level)

/** Whether `next` interrupts what sounds now: only a strictly higher level does. */
export const interrupts = (next: Level, current: Level): boolean => rankOf(next) > rankOf(current)
