import { type AirOccurrence, airOf, airtime } from '#protocol/rules/airtime.ts'
import { LADDER, LEVELS, type Level } from '#protocol/rules/ladder.ts'
import { byTurn } from '#protocol/rules/turn.ts'
import { seededRandom } from '../../firmware-sim/random.ts'

const CLUSTERS = 10_000
const SESSIONS_A_DAY = 8
const MORNING = Date.parse('2026-11-23T05:30+07:00')
const SETTINGS = {
  leadInMs: 800,
  delayMs: 0,
  quietHours: { from: '22:00', to: '05:00' },
  timeZone: 'Asia/Ho_Chi_Minh',
}

interface AirtimeFigures {
  clusters: number
  occurrences: number
  segments: number
  cpuMs: number
  occurrencesPerSecond: number
  /** If each commune had settings of its own. */
  apartCpuMs: number
  /** Sorting the same days by turn: what any answer needs at least. */
  sortingCpuMs: number
}

/** The processor time that the days of 10,000 clusters take, crowded into two hours so that sessions collide. */
export async function airtimeBench(): Promise<AirtimeFigures> {
  const days = Array.from({ length: CLUSTERS }, (_, i) => dayOf(i))
  const together = airOf(SETTINGS)
  for (const day of days.slice(0, 500)) airtime(day, together)
  const shared = timed(days, (day) => airtime(day, together).segments.length)
  const apart = timed(days, (day) => airtime(day, airOf(SETTINGS)).segments.length)
  const sorting = timed(days, (day) => [...day].sort(byTurn).length)
  const occurrences = CLUSTERS * SESSIONS_A_DAY
  return {
    clusters: CLUSTERS,
    occurrences,
    segments: shared.sum,
    cpuMs: shared.cpuMs,
    occurrencesPerSecond: Math.round((occurrences / shared.cpuMs) * 1_000),
    apartCpuMs: apart.cpuMs,
    sortingCpuMs: sorting.cpuMs,
  }
}

function dayOf(cluster: number): AirOccurrence[] {
  const random = seededRandom(cluster)
  const within = (n: number): number => Math.floor(random.next() * n)
  return Array.from({ length: SESSIONS_A_DAY }, (_, i) => {
    const level: Level = LADDER[within(LADDER.length)] ?? 'programme'
    const { startPolicy, maxLateMs, onInterrupt } = LEVELS[level]
    const startAt = MORNING + within(7_200) * 1_000
    return { id: `brd_${i}`, level, startAt, startPolicy, maxLateMs, onInterrupt, ms: 60_000 + within(600) * 1_000 }
  })
}

function timed(days: readonly AirOccurrence[][], count: (day: AirOccurrence[]) => number) {
  const before = process.cpuUsage()
  const sum = days.reduce((total, day) => total + count(day), 0)
  const { user, system } = process.cpuUsage(before)
  return { sum, cpuMs: Math.round((user + system) / 1_000) }
}
