import { ExemptUpTo } from '#protocol/http/exemptions.ts'
import type { LimitKind } from '#protocol/rules/limits.ts'

export type ValuedKind = Exclude<LimitKind, 'days'>
export const isValued = (kind: LimitKind): kind is ValuedKind => kind !== 'days'

/** What the form of an exemption holds. */
export interface ExemptionValues {
  readonly programmeId: string
  readonly from: string
  readonly until: string
  readonly kinds: LimitKind[]
  /** Of kinds that are not chosen, what was typed before. */
  readonly upTo: Readonly<Record<ValuedKind, number | string>>
  readonly reason: string
}

export const NOTHING_ASKED: ExemptionValues = {
  programmeId: '',
  from: '',
  until: '',
  kinds: [],
  upTo: { sessionsPerDay: '', minutesPerSession: '', minutesPerDay: '', earliest: '', latest: '' },
  reason: '',
}

/** Of the chosen kinds alone. */
export const upToOf = ({ kinds, upTo }: Pick<ExemptionValues, 'kinds' | 'upTo'>): ExemptUpTo =>
  ExemptUpTo.parse(Object.fromEntries(kinds.filter(isValued).map((kind) => [kind, upTo[kind]])))
