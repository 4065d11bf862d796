import { normalise } from './normalise.ts'
import type { NormaliseOptions } from './types.ts'

/** One breath of speech: what an engine is asked to say at once. */
export interface Utterance {
  source: string
  /** UTF-16 offset into the script, inclusive. */
  start: number
  /** UTF-16 offset into the script, exclusive. */
  end: number
  spoken: string
  pauseAfterMs: number
  /** Who speaks; anything but the three fixed names is a skit character as written in the script. */
  turn: 'narrator' | 'question' | 'answer' | (string & {})
  kind: 'heading' | 'sentence' | 'signature' | 'table'
}

/** Cuts a whole script into utterances, each already normalised. */
export function scriptToUtterances(script: string, options: NormaliseOptions = {}): Utterance[] {
  const utterances: Utterance[] = []
  for (const match of script.matchAll(/[^.?!\n]+[.?!]*/g)) {
    const spoken = normalise(match[0], options).spoken
    if (!/\p{L}/u.test(spoken)) continue
    const end = match.index + match[0].length
    utterances.push({
      source: match[0],
      start: match.index,
      end,
      spoken,
      pauseAfterMs: 400,
      turn: 'narrator',
      kind: 'sentence',
    })
  }
  return utterances
}
