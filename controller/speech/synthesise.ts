import type { Speech, VoiceId } from './speech.ts'

export interface Utterance {
  /** Fully spelled text, ready for the engine. */
  readonly spoken: string
  readonly pauseAfterMs: number
}

/** One utterance as sound: a 16-bit mono WAV in the cache, trimmed of the engine's silence. */
export interface SpokenSegment {
  readonly file: string
  readonly ms: number
  readonly pauseAfterMs: number
}

/** Speaks what is not yet in the cache. May be run again at any time: only the missing utterances reach the engine. */
export async function synthesiseUtterances(
  _ctx: { readonly speech: Speech; readonly dataDir: string },
  _input: { readonly utterances: readonly Utterance[]; readonly voice: VoiceId },
  _onProgress: (done: number, total: number) => void,
  _signal: AbortSignal,
): Promise<SpokenSegment[]> {
  throw new Error('not built yet')
}
