import type { PreviewInput } from './api/preview-speech.ts'
import type { Reading } from './reading.ts'

/** How the reading keeps up with the script: it waits for a pause in typing, asks once, and shows only the newest. */
export interface PreviewState {
  readonly wanted: PreviewInput
  /** Counts what was wanted: an answer to an earlier turn is stale. */
  readonly turn: number
  readonly phase: 'resting' | 'waiting' | 'asking'
  /** The last answer stays while the next is on its way. `script` is what its offsets point into. */
  readonly shown: { readonly script: string; readonly reading: Reading } | null
  readonly failure: unknown
}

export type PreviewEvent =
  | { readonly kind: 'wanted'; readonly input: PreviewInput }
  /** Nothing was typed for a while. */
  | { readonly kind: 'settled'; readonly turn: number }
  | { readonly kind: 'answered'; readonly turn: number; readonly reading: Reading }
  | { readonly kind: 'failed'; readonly turn: number; readonly error: unknown }
  /** The dictionary changed, or somebody tries again: ask at once. */
  | { readonly kind: 'again' }

/** What stands there when the page opens is read without waiting. */
export const startPreview = (input: PreviewInput): PreviewState => ({
  wanted: input,
  turn: 0,
  phase: isBlank(input) ? 'resting' : 'asking',
  shown: null,
  failure: null,
})

export function nextPreview(state: PreviewState, event: PreviewEvent): PreviewState {
  switch (event.kind) {
    case 'wanted':
      return want(state, event.input)
    case 'again':
      return isBlank(state.wanted) ? state : { ...state, turn: state.turn + 1, phase: 'asking', failure: null }
    case 'settled':
      return event.turn === state.turn && state.phase === 'waiting' ? { ...state, phase: 'asking' } : state
    case 'answered':
      return event.turn === state.turn && state.phase === 'asking'
        ? { ...state, phase: 'resting', shown: { script: state.wanted.script, reading: event.reading }, failure: null }
        : state
    case 'failed':
      return event.turn === state.turn && state.phase === 'asking'
        ? { ...state, phase: 'resting', failure: event.error }
        : state
  }
}

function want(state: PreviewState, input: PreviewInput): PreviewState {
  const { wanted } = state
  if (input.script === wanted.script && input.areaCode === wanted.areaCode) return state
  const turn = state.turn + 1
  if (isBlank(input)) return { wanted: input, turn, phase: 'resting', shown: null, failure: null }
  // Choosing an area is one deed; typing is many.
  const phase = input.script === wanted.script ? 'asking' : 'waiting'
  return { ...state, wanted: input, turn, phase, failure: null }
}

const isBlank = ({ script }: PreviewInput): boolean => script.trim() === ''

const SHORTEST_MS = 350
const LONGEST_MS = 1_500

/** A long script costs more to send and to read, so it is asked about less often. */
export const patienceMs = (scriptLength: number): number => Math.min(LONGEST_MS, SHORTEST_MS + scriptLength / 50)
