/** The voices a station can choose; each engine maps them to its own. */
export const VOICES = ['vi-north', 'vi-central', 'vi-south'] as const
export type VoiceId = (typeof VOICES)[number]

/** Turns fully spelled text into sound. Implementations are programs or services that may be slow, crash or hang. */
export interface Speech {
  /** Engine and version, part of every cache key, e.g. `espeak-ng-wasm/1.0.2`. */
  readonly engine: string
  /**
   * Speaks each text to a 16-bit mono WAV and calls `onWav(index, wav)` as each is ready, in order.
   * The next text waits until `onWav` has resolved. Rejects with `SpeechError`, or with the signal's reason when aborted.
   */
  speak(
    texts: readonly string[],
    voice: VoiceId,
    onWav: (index: number, wav: Buffer) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void>
  [Symbol.asyncDispose]?(): Promise<void>
}

/**
 * `missing`: the engine is not installed. `crashed`: it ended or answered nonsense. `timeout`: it hung and was ended.
 * `silent`: it answered a text that has words with no sound. `refused`: it understood and declined the text or voice.
 */
export type SpeechErrorCode = 'missing' | 'crashed' | 'timeout' | 'silent' | 'refused'

export class SpeechError extends Error {
  override name = 'SpeechError'
  readonly code: SpeechErrorCode
  /** What the engine printed last, for the log. */
  readonly detail: string

  constructor(code: SpeechErrorCode, message: string, options?: { detail?: string; cause?: unknown }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.detail = options?.detail ?? ''
  }
}
