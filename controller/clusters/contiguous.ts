/** The highest number up to which nothing is missing after `from`; `seqs` ascending, numbers up to `from` allowed. */
export function contiguousUpTo(from: number, seqs: readonly number[]): number {
  let reached = from
  for (const seq of seqs) {
    if (seq <= reached) continue
    if (seq !== reached + 1) break
    reached = seq
  }
  return reached
}
