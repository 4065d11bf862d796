import type { Sentence } from './reading.ts'

/** As many sentences as are drawn between two keys, even on a cheap phone. */
const USUAL_SIZE = 12

/**
 * Cuts a reading into blocks that are drawn one by one. Where a block begins depends on the sentence that begins it, not
 * on how many stand before: a sentence added above moves no border below.
 */
export function blocksOf(sentences: readonly Sentence[]): Sentence[][] {
  const blocks: Sentence[][] = []
  for (const sentence of sentences) {
    const last = blocks.at(-1)
    if (last && sentence.id % USUAL_SIZE !== 0) last.push(sentence)
    else blocks.push([sentence])
  }
  return blocks
}
