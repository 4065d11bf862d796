import { expect, test } from 'vitest'
import { wrongAnswers } from '../support/vectors.ts'

test('a simulated cluster computes by the same rules, and gives every case its answer', () => {
  expect(wrongAnswers()).toEqual([])
})
