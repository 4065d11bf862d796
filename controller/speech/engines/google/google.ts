import { encodeWav, isSpeechWav, parseWavHeader, wavSamples } from '../../../audio/wav.ts'
import type { Clock } from '../../../clock.ts'
import type { SpeechBudget } from '../../budget.ts'
import { type Line, type Speech, SpeechError, type SpeechMeter, type VoicePart } from '../../speech.ts'
import { lookAhead } from '../look-ahead.ts'
import type { GoogleClient } from './client.ts'
import { sexOf } from './counterpart.ts'
import { failureOf, type GoogleFailure, mayBeBilled, retryDelay, toSpeechError } from './failure.ts'
import type { VoiceInFamily } from './families.ts'
import { billedCharacters, type GoogleSound, piecesOf, SAMPLE_RATE, synthesisRequest } from './request.ts'
import type { ListGoogleVoices } from './voices.ts'

export interface GoogleSpeechSettings extends GoogleSound, VoiceInFamily {
  /** Asks and talks with the first; the same again when that one is to speak alone. */
  readonly second: VoiceInFamily
  /** How long one request may take. */
  readonly timeoutMs: number
}

interface Needs {
  readonly client: GoogleClient
  readonly listVoices: ListGoogleVoices
  readonly budget: SpeechBudget
  readonly clock: Clock
  /** From 0 to 1, for the jitter. */
  readonly random: () => number
}

/** Requests under way at once: the slowest family allows 200 a minute. */
const AHEAD = 3

/**
 * Google Cloud Text-to-Speech. It has one Vietnamese, without regions: whatever region a station has chosen, the voices
 * are those of the settings.
 */
export function createGoogleSpeech(settings: GoogleSpeechSettings, ctx: Needs): Speech {
  const { speakingRate } = settings
  const cast: Readonly<Record<VoicePart, VoiceInFamily>> = { lead: settings, second: settings.second }

  const trying = async <T>(attempt: () => Promise<T>, signal: AbortSignal): Promise<T> => {
    for (let tries = 1; ; tries++) {
      try {
        return await attempt()
      } catch (error) {
        signal.throwIfAborted()
        const failure = failureOf(error)
        if (!failure) throw error
        const wait = retryDelay(failure, tries, ctx.random)
        if (wait === null) throw toSpeechError(failure, error)
        await ctx.clock.sleep(wait, signal)
      }
    }
  }

  const requireVoices = async (wanted: readonly string[], signal: AbortSignal): Promise<void> => {
    const voices = await trying(() => ctx.listVoices(signal), signal)
    const missing = wanted.find((voice) => !voices.some(({ name }) => name === voice))
    if (missing === undefined) return
    throw new SpeechError('voice', `Google has no voice ${missing}; it has ${voices.map((v) => v.name).join(', ')}`)
  }

  /** One request, counted before it is made. */
  const request = async (piece: string, { voice, family }: VoiceInFamily, signal: AbortSignal): Promise<Buffer> => {
    const reservation = await ctx.budget.reserve(family, billedCharacters(piece))
    try {
      const limits = { timeoutMs: settings.timeoutMs, signal }
      return await ctx.client.synthesise(synthesisRequest(piece, { voice, speakingRate }), limits)
    } catch (error) {
      if (!isBillable(error)) await ctx.budget.release(reservation)
      throw error
    }
  }

  const say = async ({ text, part }: Line, signal: AbortSignal): Promise<Buffer> => {
    const spoken: Int16Array[] = []
    for (const piece of piecesOf(text)) {
      spoken.push(samplesOf(await trying(() => request(piece, cast[part], signal), signal)))
    }
    return encodeWav(joined(spoken), SAMPLE_RATE)
  }

  const meterOf = ({ family }: VoiceInFamily): SpeechMeter => ({
    family,
    count: (text) => piecesOf(text).reduce((sum, piece) => sum + billedCharacters(piece), 0),
    left: () => ctx.budget.left(family),
  })

  return {
    // The service does not tell versions of its voices: this is the version of its interface.
    engine: `google/v1@${speakingRate}x${SAMPLE_RATE}`,
    voiceName: (_voice, part) => cast[part].voice,
    voiceSex: (_voice, part) => sexOf(cast[part].voice),
    meter: { lead: meterOf(cast.lead), second: meterOf(cast.second) },
    async speak(lines, _voice, onWav, signal) {
      await requireVoices([...new Set(lines.map(({ part }) => cast[part].voice))], signal)
      await lookAhead(lines, AHEAD, say, onWav, signal)
    },
    [Symbol.asyncDispose]: async () => ctx.client[Symbol.asyncDispose](),
  }
}

/** Errors of our own making, such as a key that cannot be read, happen before anything is sent. */
function isBillable(error: unknown): boolean {
  const failure: GoogleFailure | null = failureOf(error)
  return !(error instanceof SpeechError) && mayBeBilled(failure)
}

function samplesOf(wav: Buffer): Int16Array {
  const header = parseWavHeader(wav)
  if (!header || !isSpeechWav(header) || header.sampleRate !== SAMPLE_RATE) {
    throw new SpeechError('crashed', `Google did not answer with a WAV of ${SAMPLE_RATE} Hz`)
  }
  return wavSamples(wav, header)
}

function joined(parts: readonly Int16Array[]): Int16Array {
  const all = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
