/** A stretch of hops, `from` up to but not including `to`. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** From the first to the last hop that is stronger than `threshold` (mean power); null: none is. */
export function soundingStretch(powers: Float32Array, threshold: number): Stretch | null {
  const from = powers.findIndex((power) => power > threshold)
  return from < 0 ? null : { from, to: powers.findLastIndex((power) => power > threshold) + 1 }
}

/** Stretches within another in which nothing is stronger than `threshold` for at least `hops`. */
export function silentStretches(
  powers: Float32Array,
  within: Stretch,
  { threshold, hops }: { threshold: number; hops: number },
): readonly Stretch[] {
  const found: Stretch[] = []
  let from = within.from
  for (let at = within.from; at <= within.to; at++) {
    if (at < within.to && !((powers[at] as number) > threshold)) continue
    if (at - from >= hops) found.push({ from, to: at })
    from = at + 1
  }
  return found
}
