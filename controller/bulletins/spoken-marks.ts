import type { SpokenMark } from '#protocol/http/bulletins.ts'
import type { Mark } from '../audio/produce.ts'
import type { Utterance } from '../speech/normalise/utterances.ts'

/**
 * Which stretch of the script sounds when. Something long without a border is said in several breaths that share one
 * stretch: one mark.
 */
export function spokenMarks(
  utterances: readonly Pick<Utterance, 'start' | 'end'>[],
  sounded: readonly Mark[],
): SpokenMark[] {
  const marks: SpokenMark[] = []
  for (const { index, startMs, endMs } of sounded) {
    const utterance = utterances[index]
    if (!utterance) throw new Error(`nothing was written for the sentence ${index} that sounds`)
    const { start, end } = utterance
    const last = marks.at(-1)
    if (last && last.start === start && last.end === end) last.endMs = endMs
    else marks.push({ start, end, startMs, endMs })
  }
  return marks
}
