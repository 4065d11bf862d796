import { createScratch } from './scratch.ts'

/** Follows the highest value that the waveform reaches between its samples as well as on them. */
export interface TruePeakMeter {
  /** One channel of interleaved samples. */
  push(samples: Float32Array, at: { from: number; stride: number }): void
  /** Highest so far, as amplitude. */
  peak(): number
  /** Highest so far that did not exceed the limit. */
  peakWithin(): number
  /** Where the waveform exceeded the limit, one entry for each `SPAN` samples. */
  overs(): readonly Over[]
}

export interface Over {
  /** Index of a sample near the peak. */
  readonly sample: number
  readonly amplitude: number
}

const TAPS = 24
/** The tap at the sample that an interpolated value follows. */
const CENTRE = TAPS / 2 - 1
const SPAN = 32
/** Of a tone in the lower four fifths of the band, samples at twice the rate show at least this share. */
const HALF_STEP_SEES = 0.8

/**
 * Oversamples to at least 176 kHz by windowed sinc, but only beside samples that stand out from their neighbours and
 * reach half of the highest value so far: for a peak to hide elsewhere, the top third of the band would have to be as
 * strong as all the rest.
 */
export function createTruePeakMeter(sampleRate: number, limit = Number.POSITIVE_INFINITY): TruePeakMeter {
  const phases = interpolator(sampleRate <= 24_000 ? 8 : sampleRate <= 48_000 ? 4 : 2)
  const history = new Float32Array(TAPS - 1)
  const scratch = createScratch()
  const overs: Over[] = []
  let highest = 0
  let within = 0
  let pushed = 0

  return {
    push(samples, { from, stride }) {
      const length = Math.ceil((samples.length - from) / stride)
      const work = scratch(history.length + length)
      work.set(history)
      for (let i = 0, at = from; i < length; i++, at += stride) work[history.length + i] = samples[at] as number
      for (let i = 0; i < length; i += SPAN) {
        const end = Math.min(length, i + SPAN)
        const loudest = loudestIn(work, i + CENTRE, end + CENTRE + 1)
        if (loudest * 2 < within) continue
        const peak = peakAround(work, i, end, Math.max(within, loudest), phases)
        if (peak > limit) overs.push({ sample: pushed + i + CENTRE - history.length, amplitude: peak })
        else within = peak
        highest = Math.max(highest, peak)
      }
      pushed += length
      history.set(work.subarray(length))
    },
    peak: () => highest,
    peakWithin: () => within,
    overs: () => overs,
  }
}

function loudestIn(work: Float32Array, from: number, to: number): number {
  let loudest = 0
  for (let i = from; i < to; i++) {
    const value = Math.abs(work[i] as number)
    if (value > loudest) loudest = value
  }
  return loudest
}

function peakAround(work: Float32Array, from: number, to: number, known: number, phases: Phases): number {
  let peak = known
  for (let i = from; i < to; i++) {
    const near = Math.max(Math.abs(work[i + CENTRE] as number), Math.abs(work[i + CENTRE + 1] as number))
    if (near * 2 < peak) continue
    const beside = Math.max(Math.abs(work[i + CENTRE - 1] as number), Math.abs(work[i + CENTRE + 2] as number))
    if (near < beside) continue
    const middle = Math.abs(valueAt(work, i, phases.half))
    if (Math.max(near, middle) < peak * HALF_STEP_SEES) continue
    peak = Math.max(peak, middle)
    for (const taps of phases.others) peak = Math.max(peak, Math.abs(valueAt(work, i, taps)))
  }
  return peak
}

function valueAt(work: Float32Array, from: number, taps: Float32Array): number {
  let value = 0
  for (let tap = 0; tap < TAPS; tap++) value += (work[from + tap] as number) * (taps[tap] as number)
  return value
}

interface Phases {
  readonly half: Float32Array
  readonly others: readonly Float32Array[]
}

/** The interpolation filter at the fractions of a sample, each between the taps `CENTRE` and `CENTRE + 1`. */
function interpolator(factor: number): Phases {
  const steps = Array.from({ length: factor - 1 }, (_, i) => i + 1)
  return {
    half: phaseAt(1 / 2),
    others: steps.filter((step) => step * 2 !== factor).map((step) => phaseAt(step / factor)),
  }
}

function phaseAt(shift: number): Float32Array {
  const taps = Float32Array.from({ length: TAPS }, (_, tap) => {
    const x = tap - CENTRE - shift
    return sinc(x) * kaiser((2 * x) / TAPS)
  })
  const gain = taps.reduce((a, b) => a + b, 0)
  return taps.map((tap) => tap / gain)
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))

const KAISER_BETA = 6

const kaiser = (x: number): number =>
  Math.abs(x) > 1 ? 0 : besselI0(KAISER_BETA * Math.sqrt(1 - x * x)) / besselI0(KAISER_BETA)

function besselI0(x: number): number {
  let term = 1
  let total = 1
  for (let n = 1; n < 30; n++) {
    term *= (x / (2 * n)) ** 2
    total += term
  }
  return total
}
