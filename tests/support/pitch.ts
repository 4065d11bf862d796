const FRAME_MS = 40
const LOWEST_HZ = 60
const HIGHEST_HZ = 400
/** A frame that repeats itself less well than this is no vowel. */
const VOICED = 0.6
/** Of lags that repeat nearly as well the shortest is the period, the others are its multiples. */
const NEARLY = 0.9

/** How high a voice is: the median of its fundamental frequency over all vowels, in Hz. */
export function pitchOf(samples: Int16Array, sampleRate: number): number {
  const size = Math.round((FRAME_MS * sampleRate) / 1000)
  const pitches: number[] = []
  for (let at = 0; at + size <= samples.length; at += size) {
    const period = periodOf(samples.subarray(at, at + size), sampleRate)
    if (period !== null) pitches.push(sampleRate / period)
  }
  return pitches.sort((a, b) => a - b)[pitches.length >> 1] ?? Number.NaN
}

function periodOf(frame: Int16Array, sampleRate: number): number | null {
  const from = Math.floor(sampleRate / HIGHEST_HZ)
  const likeness = Array.from({ length: Math.ceil(sampleRate / LOWEST_HZ) }, (_, lag) =>
    lag < from ? 0 : likenessAt(frame, lag),
  )
  const best = Math.max(...likeness)
  const isPeak = (lag: number): boolean =>
    (likeness[lag] ?? 0) >= (likeness[lag - 1] ?? 0) && (likeness[lag] ?? 0) >= (likeness[lag + 1] ?? 0)
  const period = likeness.findIndex((value, lag) => lag > from && value >= best * NEARLY && isPeak(lag))
  return best > VOICED && period > 0 ? period : null
}

/** Correlation of a frame with itself, so many samples later: 1 when it repeats exactly. */
function likenessAt(frame: Int16Array, lag: number): number {
  let [product, before, after] = [0, 0, 0]
  for (let i = lag; i < frame.length; i++) {
    const x = frame[i - lag] as number
    const y = frame[i] as number
    product += x * y
    before += x * x
    after += y * y
  }
  return before * after === 0 ? 0 : product / Math.sqrt(before * after)
}
