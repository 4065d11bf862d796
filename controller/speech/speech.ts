/** The voices a station can choose; each engine maps them to its own. */
export const VOICES = ['vi-north', 'vi-central', 'vi-south'] as const
export type VoiceId = (typeof VOICES)[number]

/** Who speaks in a script: the voice of the station, or the one that asks it and talks with it. */
export const VOICE_PARTS = ['lead', 'second'] as const
export type VoicePart = (typeof VOICE_PARTS)[number]

export type Sex = 'female' | 'male'

/** A text and who is to speak it. */
export interface Line {
  readonly text: string
  readonly part: VoicePart
}

/** Turns fully spelled text into sound. Implementations are programs or services that may be slow, crash or hang. */
export interface Speech {
  /** Engine, version and settings that shape the sound, part of every cache key, e.g. `espeak-ng-wasm/1.0.2@155wpm`. */
  readonly engine: string
  /**
   * The engine's own name of a voice, which stands in cache keys: two of ours may be one of its. An engine with one
   * speaker gives both parts the same name. Left out, ours are its own, and one speaks both parts.
   */
  readonly voiceName?: (voice: VoiceId, part: VoicePart) => string
  /** What a voice sounds like; null or left out when nobody knows. */
  readonly voiceSex?: (voice: VoiceId, part: VoicePart) => Sex | null
  /** For engines that cost money. */
  readonly meter?: Readonly<Record<VoicePart, SpeechMeter>>
  /**
   * Speaks each line to a 16-bit mono WAV and calls `onWav(index, wav)` as each is ready, in order; all at one sample rate.
   * The next line waits until `onWav` has resolved. Rejects with `SpeechError`, or with the signal's reason when aborted.
   */
  speak(
    lines: readonly Line[],
    voice: VoiceId,
    onWav: (index: number, wav: Buffer) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void>
  [Symbol.asyncDispose]?(): Promise<void>
}

/** A voice as its engine calls it. */
export interface EngineVoice {
  readonly name: string
  readonly sex: Sex | null
}

/** Who speaks each part; the same name twice where an engine has one voice. */
export type Voices = Readonly<Record<VoicePart, EngineVoice>>

export function voicesOf(speech: Speech, voice: VoiceId): Voices {
  const voiceOf = (part: VoicePart): EngineVoice => ({
    name: speech.voiceName?.(voice, part) ?? voice,
    sex: speech.voiceSex?.(voice, part) ?? null,
  })
  return { lead: voiceOf('lead'), second: voiceOf('second') }
}

/** What a text costs, and what may still be spent. */
export interface SpeechMeter {
  /** What is billed and budgeted together, e.g. `neural2`. */
  readonly family: string
  /** Characters as the provider counts them. */
  count(text: string): number
  /** Characters left in this month's budget. */
  left(): Promise<number>
}

/** Engines in the order in which a script is tried with them. */
export type SpeechChain = readonly [Speech, ...Speech[]]

/**
 * `missing`: the engine is not installed. `crashed`: it ended or answered nonsense. `timeout`: it hung and was ended.
 * `silent`: it answered a text that has words with no sound. `refused`: it understood and declined the text.
 * `voice`: it has no such voice. `unreachable`: no way to it through the network. `quota`: it takes no more just now.
 * `budget`: our own limit for the month. `credentials`: it does not let us in.
 */
export const SPEECH_ERROR_CODES = [
  'missing',
  'crashed',
  'timeout',
  'silent',
  'refused',
  'voice',
  'unreachable',
  'quota',
  'budget',
  'credentials',
] as const
export type SpeechErrorCode = (typeof SPEECH_ERROR_CODES)[number]

/** Nothing but a change of text, settings or month can help. */
const LASTING: readonly SpeechErrorCode[] = ['missing', 'silent', 'refused', 'voice', 'budget', 'credentials']

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

  /** Whether another try may go better. */
  get isPassing(): boolean {
    return !LASTING.includes(this.code)
  }
}
