import { SpeechError, type VoiceId } from '../speech.ts'

/** How eSpeak NG is asked to speak, however it is run. */
export interface EspeakSettings {
  /** Words (in Vietnamese: roughly 7 syllables to 5) a minute. Slower than a newsreader: loudspeakers outdoors echo. */
  readonly wordsPerMinute: number
  /** How long one text may take before the engine is taken to be stuck. */
  readonly textTimeoutMs: number
}

export const ESPEAK_DEFAULTS: EspeakSettings = { wordsPerMinute: 155, textTimeoutMs: 30_000 }

const ESPEAK_VOICES: Record<VoiceId, string> = {
  'vi-north': 'vi',
  'vi-central': 'vi-vn-x-central',
  'vi-south': 'vi-vn-x-south',
}

/** UTF-8, no markup, no pause at the end: pauses are ours. */
export const espeakArguments = (voice: VoiceId, settings: EspeakSettings): readonly string[] => [
  ...['-v', ESPEAK_VOICES[voice]],
  ...['-s', String(settings.wordsPerMinute)],
  ...['-b', '1'],
  '-z',
]

/** The rate changes the sound, so it is part of the engine's name and thereby of every cache key. */
export const espeakName = (kind: 'espeak-ng' | 'espeak-ng-wasm', version: string, settings: EspeakSettings): string =>
  `${kind}/${version}@${settings.wordsPerMinute}wpm`

const MAX_CHARACTERS = 10_000

/** One line without control characters or eSpeak's own `[[phoneme]]` notation. */
export function espeakText(text: string): string {
  if (text.length > MAX_CHARACTERS) {
    throw new SpeechError('refused', `a text of ${text.length} characters is too long to be one utterance`)
  }
  return text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\p{Cc}|\[\[|\]\]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
}
