import fc from 'fast-check'

/** What people, or time, do to a station. Numbers pick among what is there. */
export type Deed =
  | ({ readonly kind: 'create' } & Series)
  | ({ readonly kind: 'update'; readonly programme: number } & Series)
  | { readonly kind: 'skip' | 'usual' | 'replace'; readonly programme: number; readonly day: number; bulletin: number }
  | { readonly kind: 'move'; readonly programme: number; readonly day: number; toDay: number; readonly time: string }
  | { readonly kind: 'end'; readonly programme: number }
  | { readonly kind: 'cancel'; readonly session: number }
  | { readonly kind: 'withdraw' | 'approve'; readonly bulletin: number }
  | { readonly kind: 'enrol' }
  | { readonly kind: 'silence'; readonly inHours: number; readonly hours: number; readonly cluster: number | 'all' }
  | { readonly kind: 'quiet'; readonly from: string; readonly to: string }
  | { readonly kind: 'wait'; readonly hours: number }
  /** To shortly before or after the start of a session to come. */
  | { readonly kind: 'near'; readonly session: number; readonly ms: number }

export interface Series {
  readonly startsIn: number
  readonly time: string
  readonly rule: string | null
  readonly bulletins: readonly number[]
  readonly without: number | null
}

const small = fc.nat(6)
const time = fc.constantFrom('05:00', '05:30', '06:15', '11:00', '17:00', '17:01', '21:58')
const series = {
  startsIn: fc.integer({ min: 0, max: 9 }),
  time,
  rule: fc.constantFrom(null, 'FREQ=DAILY', 'FREQ=DAILY', 'FREQ=WEEKLY;BYDAY=MO,WE,FR', 'FREQ=DAILY;INTERVAL=3'),
  bulletins: fc.uniqueArray(fc.nat(3), { minLength: 1, maxLength: 3 }),
  without: fc.option(small),
}
const kind = <K extends string>(...kinds: K[]) => fc.constantFrom(...kinds)

export const changes: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: kind('create'), ...series }) },
  { weight: 3, arbitrary: fc.record({ kind: kind('update'), programme: small, ...series }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: kind('skip', 'usual', 'replace'), programme: small, day: fc.nat(9), bulletin: small }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: kind('move'),
      programme: small,
      day: fc.nat(9),
      toDay: fc.oneof(fc.integer({ min: -2, max: 3 }), fc.integer({ min: 4, max: 14 })),
      time,
    }),
  },
  fc.record({ kind: kind('end'), programme: small }),
  { weight: 3, arbitrary: fc.record({ kind: kind('cancel'), session: fc.nat(12) }) },
  { weight: 2, arbitrary: fc.record({ kind: kind('withdraw', 'approve'), bulletin: small }) },
  fc.constant({ kind: 'enrol' as const }),
  fc.record({
    kind: kind('silence'),
    inHours: fc.integer({ min: -2, max: 60 }),
    hours: fc.integer({ min: 1, max: 30 }),
    cluster: fc.oneof(fc.constant('all' as const), small),
  }),
  fc.record({ kind: kind('quiet'), from: kind('21:00', '22:00', '17:00'), to: kind('05:00', '05:30') }),
)

const passing: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ kind: kind('wait'), hours: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ kind: kind('near'), session: fc.nat(3), ms: fc.integer({ min: -90_000, max: 90_000 }) }),
)

export const deeds = fc.array(fc.oneof({ weight: 3, arbitrary: changes }, { weight: 1, arbitrary: passing }), {
  minLength: 1,
  maxLength: 25,
})
