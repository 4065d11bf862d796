import { expect, test } from 'vitest'
import { billingMonth } from '../../controller/speech/budget.ts'

test('months begin at midnight in California, in winter and in summer', () => {
  expect(billingMonth(Date.UTC(2026, 0, 1, 7, 59, 59))).toBe('2025-12')
  expect(billingMonth(Date.UTC(2026, 0, 1, 8))).toBe('2026-01')
  expect(billingMonth(Date.UTC(2026, 6, 1, 6, 59, 59))).toBe('2026-06')
  expect(billingMonth(Date.UTC(2026, 6, 1, 7))).toBe('2026-07')
})
