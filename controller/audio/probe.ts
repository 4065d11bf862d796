import { AudioError } from './errors.ts'
import type { Ffmpeg } from './ffmpeg.ts'
import { createMeter, type Measurement, type Meter } from './meter.ts'
import { decodeRecipe } from './recipe.ts'
import { decodeLimitMs } from './time-limit.ts'
import { parseWavHeader } from './wav.ts'
import { createWavePeaks, type WavePeaks } from './wave-peaks.ts'

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

const MAX_HEADER_BYTES = 65_536

/** Decodes the whole file and says what is in it. */
export async function probe(
  ctx: { readonly ffmpeg: Ffmpeg },
  file: string,
  signal: AbortSignal,
  limitDbtp = Number.POSITIVE_INFINITY,
): Promise<ProbedAudio> {
  const listener = createListener(limitDbtp)
  const timeoutMs = await decodeLimitMs(file)
  const { log } = await ctx.ffmpeg.run(decodeRecipe(file), { signal, timeoutMs, onOutput: listener.take })
  const heard = listener.result()
  if (!heard) throw new AudioError('undecodable', `${file} has no sound in it`)
  const { samples, ...measured } = heard.meter.result()
  return {
    ...measured,
    ms: (samples * 1000) / heard.sampleRate,
    codec: codecOf(log),
    sampleRate: heard.sampleRate,
    channels: heard.channels,
    peaks: heard.peaks.result(),
  }
}

/** `Stream #0:0: Audio: mp3 (mp3float), 24000 Hz, …`, of the first input. */
const codecOf = (log: string): string => /Stream #0:\d+.*?: Audio: (\w+)/.exec(log)?.[1] ?? 'unknown'

interface Heard {
  readonly meter: Meter
  readonly peaks: WavePeaks
  readonly sampleRate: number
  readonly channels: number
}

/** Takes a WAV of 32-bit floats in pieces of any size and measures it. */
function createListener(limitDbtp: number): { take(chunk: Buffer): void; result(): Heard | null } {
  let heard: Heard | null = null
  let pending: Buffer = Buffer.alloc(0)
  return {
    take(chunk) {
      pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
      if (!heard) {
        const header = parseWavHeader(pending)
        if (!header) {
          if (pending.length > MAX_HEADER_BYTES) throw new AudioError('undecodable', 'ffmpeg did not answer with a WAV')
          return
        }
        const { sampleRate, channels } = header
        const meter = createMeter({ sampleRate, channels, limitDbtp })
        heard = { meter, peaks: createWavePeaks(channels), sampleRate, channels }
        pending = pending.subarray(header.dataOffset)
      }
      const frameBytes = 4 * heard.channels
      const whole = pending.length - (pending.length % frameBytes)
      const samples = floats(pending.subarray(0, whole))
      heard.meter.push(samples)
      heard.peaks.push(samples)
      pending = Buffer.from(pending.subarray(whole))
    },
    result: () => heard,
  }
}

/** A view where the bytes begin at a multiple of four, else a copy. */
function floats(bytes: Buffer): Float32Array {
  if (bytes.byteOffset % 4 === 0) return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
  const copy = new Uint8Array(bytes.length)
  copy.set(bytes)
  return new Float32Array(copy.buffer)
}
