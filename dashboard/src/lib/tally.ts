import { type BroadcastSummary, DELIVERY_STATES, type DeliveryState, heardOf } from '#protocol/http/broadcasts.ts'
import type { PlayedFigures } from '#protocol/http/reports.ts'

/** Best first: the order in which a tally is read and drawn. `unknown` stands apart, last. */
const ORDER = [
  'played',
  'playing',
  'armed',
  'planned',
  'late',
  'partial',
  'interrupted',
  'refused',
  'missed',
  'unknown',
] as const satisfies readonly DeliveryState[]

export interface TallyPart {
  readonly state: DeliveryState
  readonly count: number
  /** Of all deliveries, 0 to 1. */
  readonly share: number
}

export const totalOf = (tally: BroadcastSummary['tally']): number =>
  DELIVERY_STATES.reduce((sum, state) => sum + (tally[state] ?? 0), 0)

/** Figures of many sessions as the states that a bar draws; of what is still open there is nothing to draw. */
export const tallyOf = (figures: PlayedFigures): BroadcastSummary['tally'] => ({
  played: figures.heard - figures.late,
  late: figures.late,
  partial: figures.partial,
  interrupted: figures.interrupted,
  missed: figures.missed,
  refused: figures.refused,
  unknown: figures.unknown,
})

/** The states that occur, in reading order. */
export function partsOf(tally: BroadcastSummary['tally']): TallyPart[] {
  const total = totalOf(tally)
  return ORDER.flatMap((state) => {
    const count = tally[state] ?? 0
    return count === 0 ? [] : [{ state, count, share: count / total }]
  })
}

/** The one number for the headline: who played it whole, as reports count it; never who may have. */
export function headlineOf(broadcast: Pick<BroadcastSummary, 'status' | 'tally'>): {
  readonly kind: 'ready' | 'playing' | 'played'
  readonly n: number
  readonly total: number
} {
  const { tally, status } = broadcast
  const total = totalOf(tally)
  if (status === 'planned') return { kind: 'ready', n: tally.armed ?? 0, total }
  const playing = tally.playing ?? 0
  if (status === 'airing' && playing > 0) return { kind: 'playing', n: playing, total }
  return { kind: 'played', n: heardOf(tally), total }
}
