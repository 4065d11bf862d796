import { localTimes, MINUTES_PER_DAY, minutesOfClock } from '#protocol/rules/civil-time.ts'
import { freeStarts, type MinuteSpan, quietSpans } from '#protocol/rules/free-starts.ts'
import { occurrencesOf } from '#protocol/rules/occurrences.ts'
import { MINUTE } from '../units.ts'
import { hearersOf, type PlacedProgramme, type Prepared } from './place-problems.ts'

/** As many as fit on a small screen in one row. */
const MOST_OFFERED = 3
const MOST_TRIED = 8

/**
 * Other starts on the same days at which nothing is in the way, nearest first. Free minutes are looked for where they are
 * free on all of the days; `isSound` has the last word on each.
 */
export function alternativesTo(
  own: PlacedProgramme,
  given: Prepared,
  isSound: (startTime: string) => boolean,
): string[] {
  const { quietHours } = given.times
  const { earliest, latest } = given.limits
  const taken: MinuteSpan[] = [
    ...quietSpans(quietHours),
    ...(earliest === undefined ? [] : [{ from: 0, until: minutesOfClock(earliest) }]),
    ...(latest === undefined ? [] : [{ from: minutesOfClock(latest) || MINUTES_PER_DAY, until: 2 * MINUTES_PER_DAY }]),
    ...takenByOthers(own, startsOf(own, given), given),
  ]
  const starts = freeStarts({ wanted: own.startTime, minutes: own.maxMinutes }, taken).slice(0, MOST_TRIED)
  const sound: string[] = []
  for (const start of starts) if (sound.length < MOST_OFFERED && isSound(start)) sound.push(start)
  return sound
}

/** Its starts, those in silence or quiet hours included: another time of the day may do. */
const startsOf = (own: PlacedProgramme, { times, window }: Prepared): number[] =>
  occurrencesOf(own, window, times.timeZone, { holidays: times.holidays ?? [] }).map(({ startAt }) => startAt)

/** On any of the days: by sessions that share a loudspeaker with this one, and by silences of all. */
function takenByOthers(own: PlacedProgramme, starts: readonly number[], given: Prepared): MinuteSpan[] {
  const { others, clusters, times } = given
  const hearers = hearersOf([own, ...others], clusters)
  const heard = hearers.get(own.id)
  const meets = ({ id }: PlacedProgramme): boolean =>
    [...(hearers.get(id) ?? [])].some((cluster) => heard?.has(cluster))
  const heardWith = new Set(others.filter(meets).map(({ id }) => id))
  const silences = (times.silences ?? []).filter((span) => span.clusters === 'all')
  const busy = [
    ...given.slots
      .filter(({ programmeId }) => heardWith.has(programmeId))
      .map(({ startAt, endAt }) => ({ from: startAt, until: endAt })),
    ...silences,
  ].sort((a, b) => a.from - b.from)
  const localOf = localTimes(times.timeZone)
  const spans = new Map<string, MinuteSpan>()
  let next = 0
  for (const startAt of starts) {
    const midnight = startAt - localOf(startAt).minutes * MINUTE
    while ((busy[next]?.until ?? Number.POSITIVE_INFINITY) <= midnight) next++
    for (let i = next; (busy[i]?.from ?? Number.POSITIVE_INFINITY) < midnight + 2 * MINUTES_PER_DAY * MINUTE; i++) {
      const { from, until } = busy[i] ?? { from: 0, until: 0 }
      const span = { from: Math.floor((from - midnight) / MINUTE), until: Math.ceil((until - midnight) / MINUTE) }
      spans.set(`${span.from} ${span.until}`, span)
    }
  }
  return [...spans.values()]
}
