import { createScratch } from './scratch.ts'

/** Shapes one channel of speech; what comes out is valid until the next call, and the same however the input is cut. */
export interface Shaper {
  push(samples: Float32Array): Float32Array
}

/** What is below or above this, a horn on a pole turns into heat. Second order: 12 dB an octave. */
const LOW_HZ = 280
const HIGH_HZ = 6_500
const BUTTERWORTH_Q = Math.SQRT1_2

/** Level is followed in blocks of so long. */
const BLOCK_MS = 5
const ATTACK_MS = 10
const RELEASE_MS = 160
/** Over how much speech the speaker's own level is taken. */
const REFERENCE_MS = 3_000
/** What is so far below the reference is a pause or a breath, and tells nothing about it. */
const PAUSE_DB = -25
/** Energies below this are silence. */
const SILENCE = 1e-9

/**
 * Speech for horn loudspeakers: limited to the band that they reproduce, and syllables that stand out from the speaker's
 * own level brought down by half of what they stand out (2:1). Energy then goes into what is heard, and soft endings are
 * heard as well. It follows the speaker's level instead of a fixed threshold, so a quiet voice is treated as a loud one.
 */
export function createHornShaper(sampleRate: number): Shaper {
  const scratch = createScratch()
  const [high, low] = [highPass(LOW_HZ, sampleRate), lowPass(Math.min(HIGH_HZ, sampleRate * 0.45), sampleRate)]
  const state = new Float64Array(4)
  const block = Math.round((sampleRate * BLOCK_MS) / 1000)
  const level = createLevelFollower()
  let inBlock = 0
  let energy = 0
  let gain = 1
  let step = 0

  return {
    // As in the K-weighting, all that the loop uses is local.
    push(samples) {
      const shaped = scratch(samples.length)
      const { b0, b1, b2, a1, a2 } = high
      const { b0: c0, b1: c1, b2: c2, a1: d1, a2: d2 } = low
      let [p1, p2, q1, q2] = state as unknown as [number, number, number, number]
      for (let from = 0; from < samples.length; ) {
        const to = Math.min(samples.length, from + block - inBlock)
        const rise = step
        let g = gain
        let sum = 0
        for (let i = from; i < to; i++) {
          const x = samples[i] as number
          const y = b0 * x + p1
          p1 = b1 * x - a1 * y + p2
          p2 = b2 * x - a2 * y
          const z = c0 * y + q1
          q1 = c1 * y - d1 * z + q2
          q2 = c2 * y - d2 * z
          sum += z * z
          shaped[i] = z * g
          g += rise
        }
        gain = g
        energy += sum
        inBlock += to - from
        from = to
        if (inBlock < block) break
        step = (level.gainAfter(energy / block) - gain) / block
        inBlock = 0
        energy = 0
        // They cannot be heard any more, and denormal numbers are slow.
        if (Math.abs(p1) + Math.abs(p2) + Math.abs(q1) + Math.abs(q2) < 1e-15) p1 = p2 = q1 = q2 = 0
      }
      state.set([p1, p2, q1, q2])
      return shaped
    },
  }
}

/** Takes the mean energy of each block and gives the gain to arrive at by the end of the next. */
function createLevelFollower(): { gainAfter(energy: number): number } {
  const pause = 10 ** (PAUSE_DB / 10)
  let level = 0
  let reference = 0
  // A plain mean at first, so that the very first syllables are measured by themselves.
  let heard = 0
  return {
    gainAfter(energy) {
      level += (energy - level) * (1 - Math.exp(-BLOCK_MS / (energy > level ? ATTACK_MS : RELEASE_MS)))
      if (level < SILENCE) return 1
      if (level > reference * pause) {
        heard = Math.min(heard + 1, REFERENCE_MS / BLOCK_MS)
        reference += (level - reference) / heard
      }
      // Half of the excess in decibels: the fourth root, since these are energies.
      return level > reference ? (reference / level) ** 0.25 : 1
    },
  }
}

interface Biquad {
  readonly b0: number
  readonly b1: number
  readonly b2: number
  readonly a1: number
  readonly a2: number
}

/** Butterworth of second order (bilinear transform, after the Audio EQ Cookbook of R. Bristow-Johnson). */
function lowPass(hz: number, sampleRate: number): Biquad {
  const { cos, alpha, a0 } = prototype(hz, sampleRate)
  const b1 = (1 - cos) / a0
  return { b0: b1 / 2, b1, b2: b1 / 2, a1: (-2 * cos) / a0, a2: (1 - alpha) / a0 }
}

function highPass(hz: number, sampleRate: number): Biquad {
  const { cos, alpha, a0 } = prototype(hz, sampleRate)
  const b1 = -(1 + cos) / a0
  return { b0: -b1 / 2, b1, b2: -b1 / 2, a1: (-2 * cos) / a0, a2: (1 - alpha) / a0 }
}

function prototype(hz: number, sampleRate: number): { cos: number; alpha: number; a0: number } {
  const w = (2 * Math.PI * hz) / sampleRate
  const alpha = Math.sin(w) / (2 * BUTTERWORTH_Q)
  return { cos: Math.cos(w), alpha, a0: 1 + alpha }
}
