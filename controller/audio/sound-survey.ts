import type { SoundFormat } from './float-wav.ts'
import { GrowingFloats } from './growing-floats.ts'

export const SURVEY_HOP_MS = 20

/** What can be wrong with a recording, gathered while it streams through. */
export interface SoundSurvey {
  /** Mean power of each hop of `SURVEY_HOP_MS`, of the louder channel. */
  readonly powers: Float32Array
  /** Samples that lie in runs at full scale, and how many there are of those runs, over all channels. */
  readonly clippedSamples: number
  readonly clippedRuns: number
  /** The largest mean of a channel: 0 for a sound that swings evenly. */
  readonly dc: number
  /** Power of each channel and of their mean, over everything. */
  readonly channelPowers: readonly number[]
  readonly mixPower: number
}

/** Where 16 bits end; a decoder of compressed sound also goes beyond. */
const FULL_SCALE = 32_767 / 32_768
/** One sample at full scale is a peak, two may be; three in a row have lost theirs. */
const SHORTEST_RUN = 3

export interface SoundSurveyor {
  /** Interleaved samples, whole frames only. */
  push(samples: Float32Array): void
  result(): SoundSurvey
}

/** Mono or stereo. */
export function createSoundSurveyor({ sampleRate, channels }: SoundFormat): SoundSurveyor {
  const hopFrames = Math.round((sampleRate * SURVEY_HOP_MS) / 1000)
  const tracks = Array.from({ length: channels }, () => newTrack())
  const powers = new GrowingFloats()
  let mixEnergy = 0
  let frames = 0

  return {
    push(samples) {
      const [first = [], second = []] = tracks.map((track, from) =>
        advance(track, samples, { from, stride: channels, hopFrames }),
      )
      for (const [hop, power] of first.entries()) powers.push(Math.max(power, second[hop] ?? 0))
      if (channels === 2) mixEnergy += energyOfMix(samples)
      frames += samples.length / channels
    },
    result() {
      for (const track of tracks) {
        endRun(track, track.run)
        track.run = 0
      }
      const mean = (sum: number): number => sum / Math.max(1, frames)
      const channelPowers = tracks.map(({ energy, hopEnergy }) => mean(energy + hopEnergy))
      return {
        powers: powers.values(),
        clippedSamples: tracks.reduce((sum, track) => sum + track.clippedSamples, 0),
        clippedRuns: tracks.reduce((sum, track) => sum + track.clippedRuns, 0),
        dc: Math.max(...tracks.map(({ sum }) => Math.abs(mean(sum)))),
        channelPowers,
        mixPower: channels === 2 ? mean(mixEnergy) : (channelPowers[0] ?? 0),
      }
    },
  }
}

/** One channel: what it adds up to, and where the open hop and the open run stand. */
interface Track {
  inHop: number
  hopEnergy: number
  energy: number
  sum: number
  run: number
  clippedSamples: number
  clippedRuns: number
}

const newTrack = (): Track => ({
  inHop: 0,
  hopEnergy: 0,
  energy: 0,
  sum: 0,
  run: 0,
  clippedSamples: 0,
  clippedRuns: 0,
})

/** Takes every `stride`th sample and gives the mean powers of the hops that these complete. */
function advance(track: Track, samples: Float32Array, at: { from: number; stride: number; hopFrames: number }) {
  // Local variables, since the compiler keeps no others in registers.
  const { from, stride, hopFrames } = at
  let { inHop, hopEnergy, energy, sum, run } = track
  const completed: number[] = []
  for (let i = from; i < samples.length; i += stride) {
    const x = samples[i] as number
    sum += x
    hopEnergy += x * x
    if (x >= FULL_SCALE || x <= -FULL_SCALE) run += 1
    else if (run > 0) {
      endRun(track, run)
      run = 0
    }
    inHop += 1
    if (inHop < hopFrames) continue
    completed.push(hopEnergy / hopFrames)
    energy += hopEnergy
    hopEnergy = 0
    inHop = 0
  }
  Object.assign(track, { inHop, hopEnergy, energy, sum, run })
  return completed
}

function endRun(track: Track, length: number): void {
  if (length < SHORTEST_RUN) return
  track.clippedSamples += length
  track.clippedRuns += 1
}

function energyOfMix(samples: Float32Array): number {
  let energy = 0
  for (let i = 0; i < samples.length; i += 2) {
    const x = ((samples[i] as number) + (samples[i + 1] as number)) / 2
    energy += x * x
  }
  return energy
}
