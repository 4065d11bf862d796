import { diffArrays, diffWordsWithSpace } from 'diff'

/** A stretch of two scripts, in the order of the newer; `count` lines that are alike and far from any change are skipped. */
export type Stretch =
  | { readonly kind: 'same' | 'added' | 'removed'; readonly text: string }
  | { readonly kind: 'skipped'; readonly count: number }

/** Beyond this the texts have so little in common that one simply stands for the other. */
const PATIENCE_MS = 400
/** Lines shown around a change. */
const CONTEXT = 1

/** What has become of a script: by lines, and within lines that were changed by words. */
export function diffScripts(before: string, after: string): Stretch[] {
  const lines = diffArrays(linesOf(before), linesOf(after), { timeout: PATIENCE_MS })
  if (!lines) return replaced(before, after)
  return lines.flatMap(({ value, removed, added }, i) => {
    const next = lines[i + 1]
    if (removed)
      return next?.added ? words(textOf(value), textOf(next.value)) : [{ kind: 'removed', text: textOf(value) }]
    if (added) return lines[i - 1]?.removed ? [] : [{ kind: 'added', text: textOf(value) }]
    return folded(value, { isFirst: i === 0, isLast: i === lines.length - 1 })
  })
}

const linesOf = (script: string): string[] => script.split('\n').filter((line) => line.trim() !== '')
const textOf = (lines: readonly string[]): string => `${lines.join('\n')}\n`

function words(before: string, after: string): Stretch[] {
  const changes = diffWordsWithSpace(before, after, { timeout: PATIENCE_MS })
  if (!changes) return replaced(before, after)
  return changes.map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }))
}

const replaced = (before: string, after: string): Stretch[] => [
  { kind: 'removed', text: before },
  { kind: 'added', text: after },
]

/** Of lines that are alike, only those beside a change. */
function folded(lines: readonly string[], { isFirst, isLast }: { isFirst: boolean; isLast: boolean }): Stretch[] {
  const head = isFirst ? 0 : CONTEXT
  const tail = isLast ? 0 : CONTEXT
  const count = lines.length - head - tail
  if (count <= 1) return [{ kind: 'same', text: textOf(lines) }]
  const shown = (some: readonly string[]): Stretch[] => (some.length > 0 ? [{ kind: 'same', text: textOf(some) }] : [])
  return [...shown(lines.slice(0, head)), { kind: 'skipped', count }, ...shown(lines.slice(lines.length - tail))]
}
