/** The same list with one of its members a place further up or down; at the ends it stays. */
export function reorder(names: readonly string[], name: string, by: -1 | 1): string[] {
  const from = names.indexOf(name)
  const to = from + by
  if (from === -1 || to < 0 || to >= names.length) return [...names]
  const others = names.filter((each) => each !== name)
  return [...others.slice(0, to), name, ...others.slice(to)]
}
