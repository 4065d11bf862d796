import { AudioError } from './errors.ts'
import type { Ffmpeg } from './ffmpeg.ts'
import { createFloatWavReader, type SoundFormat } from './float-wav.ts'
import { createMeter, type Measurement } from './meter.ts'
import { decodeRecipe } from './recipe.ts'
import { decodeLimitMs } from './time-limit.ts'
import { createWavePeaks } from './wave-peaks.ts'

export interface ProbedAudio {
  /** Counted in decoded samples, not announced. */
  readonly ms: number
  readonly loudnessLufs: number
  readonly truePeakDbtp: number
  readonly codec: string
  readonly sampleRate: number
  readonly channels: number
  /** Where the true peak exceeded the limit that the caller named, in decoded samples; and how high all else is. */
  readonly overs: Measurement['overs']
  readonly withinDbtp: number
  /** For a picture of the sound. */
  readonly peaks: Uint8Array
}

/** Decodes the whole file and says what is in it. */
export async function probe(
  ctx: { readonly ffmpeg: Ffmpeg },
  file: string,
  signal: AbortSignal,
  limitDbtp = Number.POSITIVE_INFINITY,
): Promise<ProbedAudio> {
  const reader = createFloatWavReader((format) => createListener(format, limitDbtp))
  const timeoutMs = await decodeLimitMs(file)
  const { log } = await ctx.ffmpeg.run(decodeRecipe(file), { signal, timeoutMs, onOutput: reader.take })
  const heard = reader.result()
  if (!heard) throw new AudioError('undecodable', `${file} has no sound in it`)
  const { format, sink } = heard
  const { samples, ...measured } = sink.result()
  return { ...measured, ...format, ms: (samples * 1000) / format.sampleRate, codec: codecOf(log) }
}

/** `Stream #0:0: Audio: mp3 (mp3float), 24000 Hz, …`, of the first input. */
const codecOf = (log: string): string => /Stream #0:\d+.*?: Audio: (\w+)/.exec(log)?.[1] ?? 'unknown'

function createListener(format: SoundFormat, limitDbtp: number) {
  const meter = createMeter({ ...format, limitDbtp })
  const peaks = createWavePeaks(format.channels)
  return {
    push(samples: Float32Array): void {
      meter.push(samples)
      peaks.push(samples)
    },
    result: () => ({ ...meter.result(), peaks: peaks.result() }),
  }
}
