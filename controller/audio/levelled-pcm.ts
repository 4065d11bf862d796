import { createBedMixer } from './bed.ts'
import { createLimiter } from './limiter.ts'
import { gainOf, type LevelPlan } from './loudness-at.ts'
import { createScratch } from './scratch.ts'
import { TONE } from './survey.ts'
import { type Programme, programmeSamples } from './timeline.ts'

/** The gain of the bed comes on top of the plan: it is so soft that it does not change it. */
export type Gains = LevelPlan & { readonly bedGain: number }

/** The programme with its gains applied, as 16-bit little-endian PCM for an encoder, with no delay. */
export async function* levelledPcm(programme: Programme, gains: Gains, signal: AbortSignal): AsyncGenerator<Buffer> {
  await using bed = programme.bed && createBedMixer(programme.bed)
  const scratch = createScratch()
  const limiter = createLimiter({ sampleRate: programme.sampleRate, ceiling: gains.ceiling })
  let early = limiter.delaySamples
  const pass = (samples: Float32Array, gain: number): Buffer => {
    const limited = limiter.push(samples, gain)
    const drop = Math.min(early, limited.length)
    early -= drop
    return toPcm(limited.subarray(drop))
  }
  for await (const { kind, voice, samples } of programmeSamples(programme, signal)) {
    const gain = gainOf(gains, kind === 'tone' ? TONE : voice)
    if (!bed) {
      yield pass(samples, gain)
      continue
    }
    const mixed = scratch(samples.length)
    for (let i = 0; i < samples.length; i++) mixed[i] = (samples[i] as number) * gain
    await bed.addTo(mixed, gains.bedGain)
    yield pass(mixed, 1)
  }
  // What the limiter still holds, and at most a millisecond of silence that was not there.
  yield pass(new Float32Array(limiter.delaySamples * 2), 1)
}

function toPcm(samples: Float32Array): Buffer {
  const pcm = new Int16Array(samples.length)
  // The ceiling is below full scale, so nothing wraps; half up is how the array's own truncation becomes rounding.
  for (let i = 0; i < samples.length; i++) pcm[i] = Math.floor((samples[i] as number) * 32_767 + 0.5)
  return Buffer.from(pcm.buffer)
}
