import { MINUTES_PER_DAY, minutesOfClock } from './civil-time.ts'
import { LIMIT_KINDS, type LimitKind, type Limits, tightestOf } from './limits.ts'
import { DEFAULT_QUIET_HOURS, type QuietHours } from './quiet-hours.ts'

/** Who may say when there is to be silence, from far to near; `default` is what holds where nobody has. */
export const RULE_LEVELS = ['default', 'province', 'commune', 'cluster'] as const
export type RuleLevel = (typeof RULE_LEVELS)[number]

/** What holds, and whose word it is. */
export interface Said<T> {
  readonly by: RuleLevel
  readonly value: T
}

export type SaidLimits = { readonly [K in LimitKind]?: Said<NonNullable<Limits[K]>> }

/** What one level has said; null: nothing of its own. */
export interface LevelRules {
  readonly by: Exclude<RuleLevel, 'default'>
  readonly quietHours: QuietHours | null
  readonly limits: Limits
}

/**
 * Quiet hours that hold, levels from far to near. What an area has said stands in for the default, but always with the
 * night; from there on a nearer level can only add to the quiet, so that nobody below a province takes away what the
 * province has decided.
 */
export function quietHoursOf(
  levels: readonly Pick<LevelRules, 'by' | 'quietHours'>[],
  night: QuietHours,
): Said<QuietHours> {
  let said: Said<QuietHours> = { by: 'default', value: quietTogether(night, DEFAULT_QUIET_HOURS) }
  for (const { by, quietHours } of levels) {
    if (quietHours === null) continue
    const isFirst = said.by === 'default' && by !== 'cluster'
    const value = quietTogether(isFirst ? night : said.value, quietHours)
    if (isFirst || !isSameQuiet(value, said.value)) said = { by, value }
  }
  return said
}

/** Limits that hold, levels from far to near: each as tight as the tightest of them. */
export function limitsOf(levels: readonly Pick<LevelRules, 'by' | 'limits'>[]): SaidLimits {
  let said: SaidLimits = {}
  for (const { by, limits } of levels) {
    const before = valuesOf(said)
    const after = tightestOf(before, limits)
    for (const kind of LIMIT_KINDS) {
      const value = after[kind]
      if (value !== undefined && keyOf(value) !== keyOf(before[kind])) said = { ...said, [kind]: { by, value } }
    }
  }
  return said
}

export const valuesOf = (said: SaidLimits): Limits =>
  Object.fromEntries(Object.entries(said).map(([kind, { value }]) => [kind, value]))

/** Which of a level's own limits would allow more than those above it do, and so be of no effect. */
export function looserThan(inherited: Limits, own: Limits): LimitKind[] {
  const together = tightestOf(inherited, own)
  return LIMIT_KINDS.filter((kind) => own[kind] !== undefined && keyOf(together[kind]) !== keyOf(own[kind]))
}

/** Of what a level says now, that which it has not said before. */
export const changedLimits = (before: Limits, now: Limits): Limits =>
  Object.fromEntries(
    LIMIT_KINDS.flatMap((kind) =>
      now[kind] === undefined || keyOf(now[kind]) === keyOf(before[kind]) ? [] : [[kind, now[kind]]],
    ),
  )

/** Days in whatever order are the same days. */
const keyOf = (value: Limits[LimitKind]): string => (Array.isArray(value) ? [...value].sort().join() : String(value))

/** Whether all that is quiet in `inner` is quiet in `outer`. */
export function containsQuiet(outer: QuietHours, inner: QuietHours): boolean {
  const length = quietMinutes(inner)
  if (length === 0) return true
  const offset = turn(minutesOfClock(inner.from) - minutesOfClock(outer.from))
  return offset + length <= quietMinutes(outer)
}

/**
 * The shortest quiet hours that contain both. Two that together leave no minute of the day leave one here, that before the
 * first begins, since hours that begin and end at once mean none.
 */
export function quietTogether(far: QuietHours, near: QuietHours): QuietHours {
  if (containsQuiet(far, near)) return far
  if (containsQuiet(near, far)) return near
  const spans = [
    { from: far.from, to: near.to },
    { from: near.from, to: far.to },
  ].filter((span) => containsQuiet(span, far) && containsQuiet(span, near))
  const [shortest] = spans.sort((a, b) => quietMinutes(a) - quietMinutes(b))
  return shortest ?? { from: far.from, to: clockOf(turn(minutesOfClock(far.from) - 1)) }
}

const isSameQuiet = (a: QuietHours, b: QuietHours): boolean => containsQuiet(a, b) && containsQuiet(b, a)

const quietMinutes = ({ from, to }: QuietHours): number => turn(minutesOfClock(to) - minutesOfClock(from))

/** Around the clock. */
const turn = (minutes: number): number => (minutes + MINUTES_PER_DAY) % MINUTES_PER_DAY

/** `05:30` from 330. */
export const clockOf = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')
