import type { SpokenMark } from '#protocol/http/bulletins.ts'

/**
 * Index of the sentence that sounds at `ms`, or that sounded last before a pause within the speech; -1 during the chimes
 * and before and after everything.
 */
export function sentenceAt(marks: readonly Pick<SpokenMark, 'startMs' | 'endMs'>[], ms: number): number {
  let [begun, ahead] = [0, marks.length]
  while (begun < ahead) {
    const middle = (begun + ahead) >> 1
    if ((marks[middle]?.startMs ?? 0) <= ms) begun = middle + 1
    else ahead = middle
  }
  const isOver = begun === marks.length && (marks.at(-1)?.endMs ?? 0) < ms
  return isOver ? -1 : begun - 1
}
