import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reorder } from '../../dashboard/src/lib/reorder.ts'

test('a member moves one place and stays at the ends; nobody is lost, and the others keep their order', () => {
  expect(reorder(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c'])
  expect(reorder(['a', 'b', 'c'], 1, 1)).toEqual(['a', 'c', 'b'])
  const names = fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(names, fc.nat(), fc.constantFrom(-1 as const, 1 as const), (list, at, by) => {
      const name = list[at % list.length] ?? ''
      const moved = reorder(list, list.indexOf(name), by)
      const without = (some: readonly string[]) => some.filter((each) => each !== name)
      expect(without(moved)).toEqual(without(list))
      const from = list.indexOf(name)
      expect(moved.indexOf(name)).toBe(Math.min(list.length - 1, Math.max(0, from + by)))
    }),
  )
})
