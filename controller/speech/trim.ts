/** About -56 dB: below this an engine is clearing its throat. */
const AUDIBLE = 50
/** Left standing, so that soft beginnings and endings are not clipped. */
const BEFORE_MS = 10
const AFTER_MS = 30

/** Cuts the silence that engines put around what they say; empty when nothing can be heard. */
export function trimSilence(samples: Int16Array, sampleRate: number): Int16Array {
  const first = samples.findIndex((x) => Math.abs(x) > AUDIBLE)
  if (first < 0) return samples.subarray(0, 0)
  const last = samples.findLastIndex((x) => Math.abs(x) > AUDIBLE)
  const margin = (ms: number): number => Math.round((ms * sampleRate) / 1000)
  return samples.subarray(Math.max(0, first - margin(BEFORE_MS)), last + 1 + margin(AFTER_MS))
}
