/** A struck note: when it begins and how high it is. */
interface Strike {
  readonly atMs: number
  readonly hz: number
}

/** Relative frequency, strength and time to fall by 60 dB of what makes a tone sound like a bar of a vibraphone. */
const PARTIALS = [
  { ratio: 1, strength: 1, fallMs: 2_200 },
  { ratio: 2, strength: 0.28, fallMs: 1_300 },
  { ratio: 3.01, strength: 0.12, fallMs: 700 },
  { ratio: 4.1, strength: 0.06, fallMs: 350 },
] as const

const ATTACK_MS = 6
const FADE_MS = 350
const PEAK = 0.5

// C5, E5, G5, C6: all above the lower end of a horn loudspeaker, and major, so that nobody takes it for an alarm.
const OPENING: readonly Strike[] = [
  { atMs: 0, hz: 523.25 },
  { atMs: 480, hz: 659.26 },
  { atMs: 960, hz: 783.99 },
  { atMs: 1_440, hz: 1046.5 },
]
const CLOSING: readonly Strike[] = [
  { atMs: 0, hz: 783.99 },
  { atMs: 420, hz: 523.25 },
]

/** Four rising bell notes that say a broadcast begins. */
export const openingChime = (sampleRate: number): Float32Array => ring(OPENING, 3_000, sampleRate)

/** Two falling bell notes that say it is over. */
export const closingChime = (sampleRate: number): Float32Array => ring(CLOSING, 1_800, sampleRate)

function ring(strikes: readonly Strike[], lengthMs: number, sampleRate: number): Float32Array {
  const samples = new Float32Array(Math.round((lengthMs * sampleRate) / 1000))
  for (const strike of strikes) addStrike(samples, strike, sampleRate)
  const highest = samples.reduce((peak, x) => Math.max(peak, Math.abs(x)), 0)
  const fade = (FADE_MS * sampleRate) / 1000
  return samples.map((x, i) => {
    const left = Math.min(1, (samples.length - 1 - i) / fade)
    return ((x * PEAK) / highest) * left * left
  })
}

function addStrike(samples: Float32Array, strike: Strike, sampleRate: number): void {
  const start = Math.round((strike.atMs * sampleRate) / 1000)
  const attack = (ATTACK_MS * sampleRate) / 1000
  for (const { ratio, strength, fallMs } of PARTIALS) {
    const step = (2 * Math.PI * strike.hz * ratio) / sampleRate
    const decay = (-3 * Math.LN10) / ((fallMs * sampleRate) / 1000)
    for (let i = start; i < samples.length; i++) {
      const n = i - start
      const swell = n < attack ? (1 - Math.cos((Math.PI * n) / attack)) / 2 : 1
      samples[i] = (samples[i] as number) + strength * swell * Math.exp(decay * n) * Math.sin(step * n)
    }
  }
}
