import { type Clip, clipSamples } from './clip.ts'
import type { BedClip } from './music.ts'

/** Music under the speech: what, and from which sample of the programme to which. */
export interface Bed extends BedClip {
  readonly from: number
  readonly to: number
}

/** The bed swells up before the first word and dies away after the last. */
export const FADE_MS = 1_500
/** Where it begins anew, its end and its beginning sound together for so long. */
const SEAM_MS = 80

/** So far below the speech: to be heard in its pauses, and never instead of it. */
export const BELOW_SPEECH_LU = 19

/** Lays it under everything from the first word to the last. */
export function bedUnder(sentences: readonly { readonly from: number; readonly to: number }[], bed: BedClip): Bed {
  const fade = Math.round((FADE_MS * bed.clip.sampleRate) / 1000)
  const from = Math.max(0, (sentences.at(0)?.from ?? 0) - fade)
  return { ...bed, from, to: (sentences.at(-1)?.to ?? 0) + fade }
}

/** Adds a bed to the sound that streams through, however it is cut. Holds a chunk of it at a time. */
export interface BedMixer extends AsyncDisposable {
  addTo(samples: Float32Array, gain: number): Promise<void>
}

export function createBedMixer({ clip, from, to }: Bed): BedMixer {
  const fade = Math.min((FADE_MS * clip.sampleRate) / 1000, (to - from) / 2)
  const music = endless(clip)
  let chunk: Float32Array = new Float32Array(0)
  let used = 0
  let at = 0
  const refill = async (): Promise<void> => {
    const next = await music.next()
    if (!next.done) chunk = next.value
    used = 0
  }
  return {
    async addTo(samples, gain) {
      const begin = Math.max(0, from - at)
      const end = Math.min(samples.length, to - at)
      for (let i = begin; i < end; ) {
        if (used === chunk.length) await refill()
        const stop = Math.min(end, i + chunk.length - used)
        for (; i < stop; i++) {
          const left = Math.min(1, (at + i - from) / fade, (to - at - i) / fade)
          const swell = left < 1 ? (1 - Math.cos(Math.PI * left)) / 2 : 1
          samples[i] = (samples[i] as number) + (chunk[used++] as number) * gain * swell
        }
      }
      at += samples.length
    },
    [Symbol.asyncDispose]: async () => {
      await music.return()
    },
  }
}

/** A clip over and over; its end is blended into its beginning, so that nothing clicks. */
async function* endless(clip: Clip): AsyncGenerator<Float32Array, void> {
  const seam = Math.min(Math.round((SEAM_MS * clip.sampleRate) / 1000), clip.samples >> 1)
  const body = clip.samples - seam
  const tail = new Float32Array(seam)
  for (let isFirst = true; ; isFirst = false) {
    let at = 0
    for await (const samples of clipSamples(clip)) {
      for (let i = 0; !isFirst && at + i < seam && i < samples.length; i++) {
        const share = (at + i) / seam
        samples[i] = (samples[i] as number) * Math.sqrt(share) + (tail[at + i] as number) * Math.sqrt(1 - share)
      }
      const kept = Math.max(0, Math.min(samples.length, body - at))
      tail.set(samples.subarray(kept), Math.max(0, at - body))
      if (kept > 0) yield samples.subarray(0, kept)
      at += samples.length
    }
  }
}
