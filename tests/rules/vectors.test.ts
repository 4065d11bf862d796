import { expect, test } from 'vitest'
import { VECTOR_CASES } from '../support/vectors.ts'

test('there are enough cases, and no two of a file have one name', () => {
  expect(VECTOR_CASES.length).toBeGreaterThan(300)
  const names = VECTOR_CASES.map(({ file, name }) => `${file}: ${name}`)
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
})

test.each(VECTOR_CASES)('$file: $name', ({ expected, answer }) => {
  expect(answer()).toEqual(expected)
})
