import { clauseBorder } from '../../normalise/script/sentences.ts'
import { SpeechError } from '../../speech.ts'
import { LANGUAGE } from './families.ts'

/** Of all Vietnamese voices; asked for, so that all sentences of a script fit together whatever the service prefers. */
export const SAMPLE_RATE = 24_000

/** Of input in one request, in UTF-8: https://docs.cloud.google.com/text-to-speech/quotas */
export const MAX_INPUT_BYTES = 5_000

/** Beyond this a text is no utterance but a mistake. */
const MAX_CHARACTERS = 20_000

/** How the voice is to sound. */
export interface GoogleSound {
  /** As the service names it, e.g. `vi-VN-Neural2-A`. */
  readonly voice: string
  /** 1 is the voice's own pace. */
  readonly speakingRate: number
}

/**
 * A request in the shape of the service's proto. Plain text for every family: pauses are ours, numbers are spelled out
 * already, and the service bills markup as it bills words.
 */
export interface SynthesisRequest {
  readonly input: { readonly text: string }
  readonly voice: { readonly languageCode: string; readonly name: string }
  readonly audioConfig: {
    readonly audioEncoding: 'LINEAR16'
    readonly sampleRateHertz: number
    readonly speakingRate: number
  }
}

export const synthesisRequest = (text: string, { voice, speakingRate }: GoogleSound): SynthesisRequest => ({
  input: { text },
  voice: { languageCode: LANGUAGE, name: voice },
  audioConfig: { audioEncoding: 'LINEAR16', sampleRateHertz: SAMPLE_RATE, speakingRate },
})

/** What is billed: every character, spaces and marks too; one of several bytes counts once. */
export const billedCharacters = (text: string): number => [...text].length

/** What is sent for a text: one line, composed (a letter and its accent would be billed as two), in pieces that fit. */
export function piecesOf(text: string): string[] {
  if (text.length > MAX_CHARACTERS) {
    throw new SpeechError('refused', `a text of ${text.length} characters is too long to be one utterance`)
  }
  const line = text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
  // The service answers an error to what says nothing.
  return /[\p{L}\p{N}]/u.test(line) ? fitting(line) : []
}

function fitting(text: string): string[] {
  if (Buffer.byteLength(text) <= MAX_INPUT_BYTES) return [text]
  const cut = clauseBorder(text) ?? betweenCharacters(text, text.length >> 1)
  return [text.slice(0, cut), text.slice(cut)].map((part) => part.trim()).flatMap(fitting)
}

const betweenCharacters = (text: string, at: number): number => (/[\udc00-\udfff]/.test(text.charAt(at)) ? at + 1 : at)
