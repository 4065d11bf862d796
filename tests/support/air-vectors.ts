import { z } from 'zod'
import { ClusterSettings, Level, PlanOccurrence } from '#protocol/messages.ts'
import type { AirOccurrence, Circumstances, Segment } from '#protocol/rules/airtime.ts'
import type { Window } from '#protocol/rules/civil-time.ts'
import { instantOf } from '#protocol/rules/civil-time.ts'
import { LADDER, type Level as LevelName, rankOf } from '#protocol/rules/ladder.ts'
import clock from '../../controller/protocol/vectors/clock.json' with { type: 'json' }
import ladder from '../../controller/protocol/vectors/ladder.json' with { type: 'json' }

/** One case of `ladder.json` or `clock.json`, its times as instants. */
export interface AirCase {
  readonly name: string
  /** The levels it is about here, if it holds for many. */
  readonly levels: readonly LevelName[]
  readonly settings: Settings
  readonly silences: readonly Window[]
  readonly circumstances: Circumstances
  readonly occurrences: readonly AirOccurrence[]
  readonly air: readonly Segment[]
  readonly ends: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

const Settings = ClusterSettings.pick({ timeZone: true, quietHours: true, leadInMs: true, delayMs: true })
type Settings = z.infer<typeof Settings>

const Occurrence = PlanOccurrence.pick({ startPolicy: true, maxLateMs: true, onInterrupt: true }).extend({
  id: z.string(),
  level: z.union([Level, z.enum(['LOW', 'HIGH', 'SAME'])]),
  start: z.string(),
  ms: z.int(),
  /** Relays: from when in it, and for how long. */
  live: z.array(z.tuple([z.int(), z.int()])).optional(),
})
const Time = z.string()
/** What a case does not say, the defaults say. */
const Some = z.record(z.string(), z.unknown())

const Case = z.strictObject({
  name: z.string(),
  /** The number of the deciding rule in the README of the protocol. */
  rule: z.int().min(1).max(9),
  pairs: z.enum(['lower before higher', 'equals']).optional(),
  settings: Some.default({}),
  silences: z.array(z.tuple([Time, Time])).default([]),
  circumstances: z
    .strictObject({
      power: z.array(z.tuple([Time, Time.nullable()])).optional(),
      clock: z.array(z.strictObject({ from: Time, offsetMs: z.int(), isGood: z.boolean() })).optional(),
      audioFrom: z.record(z.string(), Time).optional(),
      validUntil: Time.optional(),
    })
    .default({}),
  occurrences: z.array(Some),
  air: z.array(z.tuple([z.string(), Time, Time])),
  ends: z.record(z.string(), Some),
})
type Case = z.infer<typeof Case>

const Vectors = z.object({
  defaults: z.object({ date: z.string(), settings: Some, occurrence: Some }),
  cases: z.array(Case),
})
type Defaults = z.infer<typeof Vectors>['defaults']

/** Which levels a case that holds for many is about. */
type Names = Readonly<Partial<Record<'LOW' | 'HIGH' | 'SAME', LevelName>>>

const EQUALS: readonly Names[] = LADDER.map((SAME) => ({ SAME }))
const PAIRS: readonly Names[] = LADDER.flatMap((HIGH) =>
  LADDER.filter((LOW) => rankOf(LOW) < rankOf(HIGH)).map((LOW) => ({ LOW, HIGH })),
)

export const ladderCases = casesOf(ladder)
export const clockCases = casesOf(clock)

function casesOf(file: unknown): AirCase[] {
  const { cases, defaults } = Vectors.parse(file)
  return cases.flatMap((one) => {
    if (!one.pairs) return [readCase(one, defaults, {})]
    return (one.pairs === 'equals' ? EQUALS : PAIRS).map((names) => readCase(one, defaults, names))
  })
}

function readCase(one: Case, defaults: Defaults, names: Names): AirCase {
  const settings = Settings.parse({ ...defaults.settings, ...one.settings })
  const at = (time: string): number => instantOf(defaults.date, time, settings.timeZone)
  const { power, clock: states, audioFrom, validUntil } = one.circumstances
  const levelOf = (level: z.infer<typeof Occurrence>['level']): LevelName =>
    Level.parse(level === 'LOW' || level === 'HIGH' || level === 'SAME' ? names[level] : level)
  return {
    name: one.name,
    levels: Object.values(names),
    settings,
    silences: one.silences.map(([from, until]) => ({ from: at(from), until: at(until) })),
    circumstances: {
      ...(power && {
        power: power.map(([from, until]) => ({ from: at(from), until: until ? at(until) : Number.POSITIVE_INFINITY })),
      }),
      ...(states && { clock: states.map((state) => ({ ...state, from: at(state.from) })) }),
      ...(audioFrom && { audioFrom: new Map(Object.entries(audioFrom).map(([id, time]) => [id, at(time)])) }),
      ...(validUntil && { validUntil: at(validUntil) }),
    },
    occurrences: one.occurrences.map((given) => {
      const { start, level, live, ...rest } = Occurrence.parse({ ...defaults.occurrence, ...given })
      const relays = live && { live: live.map(([fromMs, ms]) => ({ fromMs, ms })) }
      return { ...rest, ...relays, level: levelOf(level), startAt: at(start) }
    }),
    air: one.air.map(([id, from, until]) => ({ id, from: at(from), until: at(until) })),
    ends: one.ends,
  }
}
