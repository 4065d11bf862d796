export interface Range {
  readonly start: number
  readonly end: number
}

/** Where a stretch of `before` stands in `after`, one edit later; null when the edit touched it. */
export function followRange(before: string, after: string, range: Range): Range | null {
  if (before === after) return range
  const shorter = Math.min(before.length, after.length)
  let prefix = 0
  while (prefix < shorter && before.charCodeAt(prefix) === after.charCodeAt(prefix)) prefix++
  if (range.end <= prefix) return range
  let suffix = 0
  while (
    suffix < shorter - prefix &&
    before.charCodeAt(before.length - 1 - suffix) === after.charCodeAt(after.length - 1 - suffix)
  )
    suffix++
  if (range.start < before.length - suffix) return null
  const shift = after.length - before.length
  return { start: range.start + shift, end: range.end + shift }
}

/** A text field keeps one character for each line end, whatever the text that it was given has. */
export const toFieldOffset = (text: string, offset: number): number =>
  offset - (text.slice(0, offset).match(/\r\n/g)?.length ?? 0)
