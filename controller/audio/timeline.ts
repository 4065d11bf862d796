import type { SoundProfile } from '#protocol/http/areas.ts'
import { type Bed, FADE_MS } from './bed.ts'
import { type Clip, clipSamples } from './clip.ts'
import type { Shaper } from './horn.ts'
import type { ReadyMusic, Tone } from './music.ts'
import { createScratch } from './scratch.ts'
import { createShaper } from './sound-profile.ts'

/** The programme in the order in which it sounds. */
export type Part =
  | { readonly kind: 'silence'; readonly samples: number }
  | ({ readonly kind: 'tone' } & Tone)
  | {
      readonly kind: 'speech'
      readonly samples: number
      readonly index: number
      /** Who speaks, numbered in the order in which they are first heard. */
      readonly voice: number
      readonly clip: Clip
    }

/** Between the chime and the first word; without a chime, before anything sounds. */
export const LEAD_IN_MS = 600
/** Between the last word and the closing chime, and after the last sound. */
export const LEAD_OUT_MS = 700
const TAIL_MS = 200

export interface SpokenClip {
  readonly clip: Clip
  /** Who speaks: equal for what one voice says. */
  readonly voice: string
  readonly pauseAfterMs: number
}

/** One sound as it is. */
export const justClip = (clip: Clip): Programme => ({
  parts: [{ kind: 'speech', samples: clip.samples, index: 0, voice: 0, clip }],
  sampleRate: clip.sampleRate,
  soundProfile: 'flat',
  bed: null,
})

/**
 * Chime, lead-in, sentences with their pauses, closing. The pause after the last sentence gives way to the lead-out.
 * A bed gets the time to swell up between chime and speech, and to die away after it.
 */
export function layOut(
  spoken: readonly SpokenClip[],
  options: { music: Pick<ReadyMusic, 'opening' | 'closing'>; hasBed: boolean; sampleRate: number },
): readonly Part[] {
  const { music, hasBed, sampleRate } = options
  const silence = (ms: number): Part => ({ kind: 'silence', samples: Math.round((ms * sampleRate) / 1000) })
  const swell = hasBed ? FADE_MS : 0
  const voices = [...new Set(spoken.map(({ voice }) => voice))]
  const speech = spoken.flatMap(({ clip, voice, pauseAfterMs }, index): Part[] => [
    { kind: 'speech', samples: clip.samples, index, voice: voices.indexOf(voice), clip },
    ...(index < spoken.length - 1 ? [silence(pauseAfterMs)] : []),
  ])
  return [
    ...(music.opening ? [{ kind: 'tone', ...music.opening } as const] : []),
    silence(LEAD_IN_MS + swell),
    ...speech,
    silence(LEAD_OUT_MS + swell),
    ...(music.closing ? [{ kind: 'tone', ...music.closing } as const, silence(TAIL_MS)] : []),
  ]
}

export const totalSamples = (parts: readonly Part[]): number => parts.reduce((sum, part) => sum + part.samples, 0)

/** Where each part of one kind lies, in samples. */
export function spansOf(
  parts: readonly Part[],
  kind: Part['kind'],
): readonly { readonly from: number; readonly to: number }[] {
  let at = 0
  return parts.flatMap((part) => {
    const from = at
    at += part.samples
    return part.kind === kind ? [{ from, to: at }] : []
  })
}

/** What is to be levelled and encoded. */
export interface Programme {
  readonly parts: readonly Part[]
  readonly sampleRate: number
  readonly soundProfile: SoundProfile
  readonly bed: Bed | null
}

interface Chunk {
  readonly kind: Part['kind']
  /** Who speaks, or has spoken last. */
  readonly voice: number
  readonly samples: Float32Array
}

/**
 * All samples of the programme, a chunk at a time, speech as its sound profile shapes it; each chunk is overwritten by
 * the next. Each voice is shaped by itself, since its own level is the measure. Tones are left alone: whoever made or
 * chose them knows what they are for.
 */
export async function* programmeSamples(programme: Programme, signal: AbortSignal): AsyncGenerator<Chunk> {
  const shapers = new Map<number, Shaper | null>()
  const shaperOf = (voice: number): Shaper | null => {
    const shaper = shapers.get(voice) ?? createShaper(programme.soundProfile, programme.sampleRate)
    shapers.set(voice, shaper)
    return shaper
  }
  for await (const chunk of timelineSamples(programme.parts, signal)) {
    const shaper = chunk.kind === 'tone' ? null : shaperOf(chunk.voice)
    yield shaper ? { ...chunk, samples: shaper.push(chunk.samples) } : chunk
  }
}

const SILENCE_CHUNK = 32_768

async function* timelineSamples(parts: readonly Part[], signal: AbortSignal): AsyncGenerator<Chunk> {
  const scratch = createScratch()
  const zeros = new Float32Array(SILENCE_CHUNK)
  let voice = 0
  for (const part of parts) {
    signal.throwIfAborted()
    if (part.kind === 'tone') {
      for await (const samples of part.sound instanceof Float32Array ? [part.sound] : clipSamples(part.sound)) {
        signal.throwIfAborted()
        const scaled = scratch(samples.length)
        for (let i = 0; i < samples.length; i++) scaled[i] = (samples[i] as number) * part.gain
        yield { kind: 'tone', voice, samples: scaled }
      }
    }
    if (part.kind === 'speech') {
      voice = part.voice
      for await (const samples of clipSamples(part.clip)) {
        signal.throwIfAborted()
        yield { kind: 'speech', voice, samples }
      }
    }
    if (part.kind === 'silence') {
      for (let left = part.samples; left > 0; left -= SILENCE_CHUNK) {
        yield { kind: 'silence', voice, samples: zeros.subarray(0, Math.min(left, SILENCE_CHUNK)) }
      }
    }
  }
}
