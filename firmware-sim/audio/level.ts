/** Below this mean level nobody would call it sound. */
const AUDIBLE_DBFS = -50

/** Multiplies by a gain in decibels; what does not fit is clipped, as an amplifier input would. */
export function withGain(samples: Int16Array, gainDb: number): Int16Array {
  if (gainDb === 0) return samples
  const factor = 10 ** (gainDb / 20)
  return samples.map((sample) => Math.max(-32_768, Math.min(32_767, Math.round(sample * factor))))
}

/** Adds up the energy of what sounded. */
export class LevelMeter {
  #energy = 0
  #frames = 0

  add(samples: Int16Array): void {
    for (const sample of samples) this.#energy += sample * sample
    this.#frames += samples.length
  }

  /** Undefined when nothing was measured. */
  isAudible(): boolean | undefined {
    if (this.#frames === 0) return undefined
    const rms = Math.sqrt(this.#energy / this.#frames) / 32_768
    return rms > 0 && 20 * Math.log10(rms) > AUDIBLE_DBFS
  }
}
