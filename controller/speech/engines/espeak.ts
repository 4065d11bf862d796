import { type Speech, SpeechError, type VoiceId, type VoicePart } from '../speech.ts'

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

/**
 * The variant that makes a region's voice, which is a man's, a woman's. Of all that eSpeak NG comes with it keeps the
 * melody of the six tones best (correlation 0.97 to 0.99 with the man's, over a wider range), has the most of its sound in
 * the band of a horn loudspeaker, and neither echo nor breath. Where it is missing, eSpeak NG speaks as without.
 */
const SECOND = '+Annie'

const variantOf = (part: VoicePart): string => (part === 'second' ? SECOND : '')

/** What its voices are called in cache keys, and what they sound like, however it is run. */
export const ESPEAK_CAST: Required<Pick<Speech, 'voiceName' | 'voiceSex'>> = {
  voiceName: (voice, part) => `${voice}${variantOf(part)}`,
  voiceSex: (_voice, part) => (part === 'second' ? 'female' : 'male'),
}

/** UTF-8, no markup, no pause at the end: pauses are ours. */
export const espeakArguments = (voice: VoiceId, part: VoicePart, settings: EspeakSettings): readonly string[] => [
  ...['-v', `${ESPEAK_VOICES[voice]}${variantOf(part)}`],
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
