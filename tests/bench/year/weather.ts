import type { ClockState } from '#protocol/rules/airtime.ts'
import type { Window } from '#protocol/rules/civil-time.ts'
import type { Random } from '../../../firmware-sim/random.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** What happens to one cluster, in true time: when it has power and network, and how its clock stands. */
export interface Weather {
  readonly power: readonly Window[]
  readonly network: readonly Window[]
  readonly clock: readonly ClockState[]
}

/** Storms take power and network from many clusters at once, for days. */
export function stormsOf(random: Random, span: Window): Window[] {
  const storms: Window[] = []
  for (let at = span.from + random.around(50 * DAY, 0.8); at < span.until; at += random.around(90 * DAY, 0.6))
    storms.push({ from: at, until: at + random.around(36 * HOUR, 0.7) })
  return storms
}

export function weatherOf(random: Random, span: Window, storms: readonly Window[]): Weather {
  const hitBy = storms.filter(() => random.next() < 0.3)
  const power = without(span, [...hitBy, ...outages(random, span, 45 * DAY, [5 * MINUTE, 4 * HOUR, 20 * HOUR])])
  const network = without(span, [
    ...hitBy.map(({ from, until }) => ({ from: from - HOUR, until: until + random.around(8 * HOUR, 0.9) })),
    // One in some lasts longer than a plan is valid.
    ...outages(random, span, 25 * DAY, [10 * MINUTE, 3 * HOUR, 2 * DAY, 12 * DAY]),
  ])
  return { power, network, clock: clockOf(random, span, power, network) }
}

/** Moments are far apart on average by `everyMs`; each outage is of about one of these lengths, the short ones oftener. */
function outages(random: Random, span: Window, everyMs: number, lengths: readonly number[]): Window[] {
  const found: Window[] = []
  for (let at = span.from - Math.log(1 - random.next()) * everyMs; at < span.until; ) {
    const length = lengths[Math.floor(random.next() ** 3 * lengths.length)] ?? 0
    found.push({ from: at, until: at + random.around(length, 0.9) })
    at += length - Math.log(1 - random.next()) * everyMs
  }
  return found
}

/** What is left of a span; whole milliseconds. */
function without(span: Window, gaps: readonly Window[]): Window[] {
  const left: Window[] = []
  let from = span.from
  for (const gap of [...gaps].sort((a, b) => a.from - b.from)) {
    if (gap.from > from) left.push({ from: Math.ceil(from), until: Math.floor(gap.from) })
    from = Math.max(from, gap.until)
  }
  return [...left, { from: Math.ceil(from), until: Number.POSITIVE_INFINITY }].filter(({ from, until }) => from < until)
}

export const isWithin = (windows: readonly Window[], at: number): boolean =>
  windows.some(({ from, until }) => from <= at && at < until)

/** The first instant at or after another that lies in both. */
export function nextIn(one: readonly Window[], other: readonly Window[], at: number): number {
  for (let found = at; ; ) {
    const next = Math.max(from(one, found), from(other, found))
    if (next === found) return found
    found = next
  }
}

const from = (windows: readonly Window[], at: number): number =>
  windows.find(({ until }) => until > at)?.from ?? Number.POSITIVE_INFINITY

/**
 * Synchronised with a small error while there is network; after a boot without network it is not trusted until there is. A
 * few times a year it jumps by hours, which the cluster notices, and is set right within the hour.
 */
function clockOf(random: Random, span: Window, power: readonly Window[], network: readonly Window[]): ClockState[] {
  const error = (): number => Math.round((random.next() - 0.5) * 3_000)
  const states: ClockState[] = [{ from: span.from - DAY, offsetMs: error(), isGood: true }]
  for (const { from: boot } of power.slice(1)) {
    const synchronised = nextIn(power, network, boot)
    if (synchronised > boot) states.push({ from: boot, offsetMs: -Math.round(random.next() * 9 * HOUR), isGood: false })
    if (Number.isFinite(synchronised)) states.push({ from: synchronised, offsetMs: error(), isGood: true })
  }
  for (let at = span.from + random.next() * 200 * DAY; at < span.until; at += random.around(150 * DAY, 0.8)) {
    const jumped = Math.round(at)
    const offsetMs = Math.round((random.next() - 0.5) * 20 * HOUR)
    states.push({ from: jumped, offsetMs, isGood: false })
    const noticed = nextIn(power, network, jumped + Math.round(random.next() * HOUR))
    if (Number.isFinite(noticed)) states.push({ from: noticed, offsetMs: error(), isGood: true })
  }
  return states.sort((a, b) => a.from - b.from).filter(({ from: at }, i, all) => all[i + 1]?.from !== at)
}
