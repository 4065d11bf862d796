import { systemClock } from '../../controller/clock.ts'
import { simulateProvince, type YearFigures } from './year/simulate.ts'

/** Cà Mau has as many communes. */
const STATIONS = 64
const CLUSTERS_EACH = 32
/** By then every kind of edit should have been done; one that never is proves nothing. */
const EACH_EDIT_WITHIN_DAYS = 30

/**
 * A year of a province of 2,048 clusters in simulated time: the real planner, signed plans, journal recorder and ledger over
 * an SQLite file; people who edit, storms, outages, a restart a day and clocks that are set. Clusters are played by the model
 * of the air (`rules/airtime.ts`), which the simulated firmware is held to; no sockets are opened. Faults must all be 0.
 */
export async function yearBench(options: { days?: number; seed?: number } = {}): Promise<YearFigures> {
  const { days = 365, seed = 1 } = options
  const startedAt = systemClock.now()
  const figures = await simulateProvince({
    stations: STATIONS,
    clustersEach: CLUSTERS_EACH,
    days,
    seed,
    onDay: (day) => {
      const seconds = Math.round((systemClock.now() - startedAt) / 1_000)
      if ((day + 1) % 30 === 0) process.stderr.write(`day ${day + 1} after ${seconds} s\n`)
    },
  })
  const never = Object.entries(figures.edits).flatMap(([kind, times]) => (times === 0 ? [kind] : []))
  if (days >= EACH_EDIT_WITHIN_DAYS && never.length > 0) throw new Error(`always refused: ${never.join(', ')}`)
  return figures
}
