import type { OmittablePart } from '#protocol/http/bulletins.ts'
import type { SpokenSpan } from '#protocol/http/speech.ts'
import type { Reading } from './reading.ts'

/** One marked place: the part `part` of a sentence. */
export interface Place {
  readonly sentence: number
  readonly part: number
}

export const isSamePlace = (a: Place | null, b: Place | null): boolean =>
  a?.sentence === b?.sentence && a?.part === b?.part

/** The places where the rules guessed, in the order of the script; in what is not said nobody need look. */
export const doubtfulPlaces = ({ sentences }: Reading, omit: readonly OmittablePart[] = []): Place[] =>
  sentences.flatMap(({ id, kind, parts }) =>
    omit.some((part) => part === kind)
      ? []
      : parts.flatMap(({ mark }, part) => (mark?.needsReview ? [{ sentence: id, part }] : [])),
  )

/** From `current`, wherever that is, to the next or previous of `places`, and round from the end to the beginning. */
export function stepPlace(
  reading: Reading,
  places: readonly Place[],
  current: Place | null,
  step: 1 | -1,
): Place | null {
  const order = new Map(reading.sentences.map(({ id }, index) => [id, index]))
  const compare = (a: Place, b: Place): number =>
    (order.get(a.sentence) ?? -1) - (order.get(b.sentence) ?? -1) || a.part - b.part
  const inOrder = step === 1 ? places : [...places].reverse()
  const beyond =
    current && order.has(current.sentence) ? inOrder.find((place) => compare(place, current) * step > 0) : null
  return beyond ?? inOrder[0] ?? null
}

/** The mark at a place, and where it stands in the script that was read; null when the place is gone. */
export function markAt(reading: Reading, place: Place | null): { mark: SpokenSpan; start: number; end: number } | null {
  const sentence = place && reading.sentences.find(({ id }) => id === place.sentence)
  const mark = sentence?.parts[place?.part ?? -1]?.mark
  if (!sentence || !mark) return null
  const base = reading.starts.get(sentence.id) ?? 0
  return { mark, start: base + mark.start, end: base + mark.end }
}
