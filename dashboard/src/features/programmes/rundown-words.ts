import type { RundownItem } from '#protocol/http/programmes.ts'

/** What a programme is made of, in order: bulletins that follow each other are counted. */
export function rundownWords(
  rundown: readonly RundownItem[],
): { readonly kind: RundownItem['kind']; readonly count: number }[] {
  const words: { kind: RundownItem['kind']; count: number }[] = []
  for (const { kind } of rundown) {
    const last = words.at(-1)
    if (last?.kind === kind) last.count += 1
    else words.push({ kind, count: 1 })
  }
  return words
}
