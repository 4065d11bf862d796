/** Keys that move from sentence to sentence. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowUp: -1,
  ArrowLeft: -1,
  ArrowDown: 1,
  ArrowRight: 1,
  PageUp: -10,
  PageDown: 10,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
}

/** To which of `count` sentences a key leads from this one; null for keys that lead nowhere. */
export function sentenceByKey(key: string, from: number, count: number): number | null {
  const step = STEPS[key]
  return step === undefined ? null : Math.max(0, Math.min(count - 1, from + step))
}
