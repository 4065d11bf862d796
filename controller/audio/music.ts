import { join } from 'node:path'
import { closingChime, openingChime } from './chime.ts'
import { type Clip, clipSamples } from './clip.ts'
import { fromDb } from './decibels.ts'
import { decodeClip } from './decode-clip.ts'
import { AudioError } from './errors.ts'
import type { Ffmpeg } from './ffmpeg.ts'
import { createMeter } from './meter.ts'

/** What sounds around the speech. Files are of the media store, in any codec. */
export interface Music {
  readonly opening: Chime
  readonly closing: Chime
  /** Played softly under the speech, as often as it takes. */
  readonly bed: string | null
}

export type Chime = 'built-in' | 'none' | { readonly file: string }

export const BUILT_IN_CHIMES: Music = { opening: 'built-in', closing: 'built-in', bed: null }
export const NO_MUSIC: Music = { opening: 'none', closing: 'none', bed: null }

/** A chime at the rate of the programme; its gain makes every chime equally loud. */
export interface Tone {
  readonly sound: Float32Array | Clip
  readonly samples: number
  readonly gain: number
}

/** What lies under the speech, at the rate of the programme. */
export interface BedClip {
  readonly clip: Clip
  readonly loudnessLufs: number
}

export interface ReadyMusic {
  readonly opening: Tone | null
  readonly closing: Tone | null
  readonly bed: BedClip | null
}

/** Any level will do: the plan then brings all chimes to where they belong. */
const TONE_LUFS = -20
/** As for speech: makes soft chimes audible, but not the hiss of an empty recording. */
const MAX_GAIN_DB = 30

/** Decodes what is not built in into `folder`, and measures it. `longestMs`: no more of the bed will be heard. */
export async function readyMusic(
  ctx: { readonly ffmpeg: Ffmpeg },
  input: { readonly music: Music; readonly folder: string; readonly sampleRate: number; readonly longestMs: number },
  signal: AbortSignal,
): Promise<ReadyMusic> {
  const { music, folder, sampleRate, longestMs } = input

  const decode = async (from: string, as: 'opening' | 'closing' | 'bed'): Promise<BedClip> => {
    const code = as === 'bed' ? 'bed' : 'chime'
    const to = join(folder, `${as}.wav`)
    try {
      const clip = await decodeClip(ctx, { from, to, sampleRate, ...(as === 'bed' ? { longestMs } : {}) }, signal)
      const loudnessLufs = await loudnessOf(clipSamples(clip), sampleRate, signal)
      if (loudnessLufs === Number.NEGATIVE_INFINITY) throw new AudioError('silent', 'nothing in it can be heard')
      return { clip, loudnessLufs }
    } catch (cause) {
      if (!(cause instanceof AudioError)) throw cause
      throw new AudioError(code, `${from} is no good for ${as}: ${cause.message}`, { cause })
    }
  }
  const tone = async (chime: Chime, as: 'opening' | 'closing'): Promise<Tone | null> => {
    if (chime === 'none') return null
    if (chime !== 'built-in') {
      const { clip, loudnessLufs } = await decode(chime.file, as)
      return { sound: clip, samples: clip.samples, gain: gainFrom(loudnessLufs) }
    }
    const sound = (as === 'opening' ? openingChime : closingChime)(sampleRate)
    return { sound, samples: sound.length, gain: gainFrom(await loudnessOf([sound], sampleRate, signal)) }
  }
  return {
    opening: await tone(music.opening, 'opening'),
    closing: await tone(music.closing, 'closing'),
    bed: music.bed === null ? null : await decode(music.bed, 'bed'),
  }
}

const gainFrom = (loudnessLufs: number): number => fromDb(Math.min(MAX_GAIN_DB, TONE_LUFS - loudnessLufs))

async function loudnessOf(
  chunks: Iterable<Float32Array> | AsyncIterable<Float32Array>,
  sampleRate: number,
  signal: AbortSignal,
): Promise<number> {
  const meter = createMeter({ sampleRate, channels: 1 })
  for await (const samples of chunks) {
    signal.throwIfAborted()
    meter.push(samples)
  }
  return meter.result().loudnessLufs
}
