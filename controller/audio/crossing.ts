const STEPS = 20

/** Where a rising function crosses zero, by halving; an end of the range if it does not. */
export function crossing(low: number, high: number, rising: (x: number) => number): number {
  let [below, above] = [low, high]
  for (let step = 0; step < STEPS; step++) {
    const middle = (below + above) / 2
    if (rising(middle) < 0) below = middle
    else above = middle
  }
  return (below + above) / 2
}
