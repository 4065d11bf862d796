import fc from 'fast-check'
import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import { createSpeechBudget, type Reservation } from '../../controller/speech/budget.ts'
import { MINUTE } from '../../controller/units.ts'
import type { Stores } from '../support/dialects.ts'
import { FakeClock } from '../support/fake-clock.ts'

export const describeSpeechBudget = (database: Stores) =>
  describe('the speech budget', () => {
    let families = 0

    /** A family of its own, with so many characters; each call of `open` is another controller. */
    function budgetOf(limit: number) {
      const family = `family-${families++}`
      const clock = new FakeClock(Date.UTC(2026, 10, 23))
      const warnings: Record<string, unknown>[] = []
      const log = pino({ level: 'warn' }, { write: (line: string) => void warnings.push(JSON.parse(line)) })
      const open = () =>
        createSpeechBudget({ limits: { [family]: limit }, warnAt: 0.8 }, { db: database().db, clock, log })
      return { family, clock, warnings, open }
    }

    test('however many ask at once, what is granted never passes the limit, and what is left is exact', async () => {
      const amounts = fc.array(fc.record({ characters: fc.integer({ min: 1, max: 60 }), isBilled: fc.boolean() }), {
        maxLength: 25,
      })
      await fc.assert(
        fc.asyncProperty(amounts, fc.integer({ min: 0, max: 400 }), async (requests, limit) => {
          const { family, open } = budgetOf(limit)
          const controllers = [open(), open()]
          let held = 0
          let most = 0
          await Promise.all(
            requests.map(async ({ characters, isBilled }, i) => {
              const budget = controllers[i % 2] ?? open()
              const reservation = await budget.reserve(family, characters).catch(() => null)
              if (!reservation) return
              held += characters
              most = Math.max(most, held)
              if (isBilled) return
              held -= characters
              await budget.release(reservation)
            }),
          )
          expect(most).toBeLessThanOrEqual(limit)
          expect(await open().left(family)).toBe(limit - held)
        }),
        { numRuns: 25 },
      )
    })

    test('what does not fit is refused by its own code, and what fits exactly is granted', async () => {
      const { family, open } = budgetOf(100)
      const budget = open()
      await budget.reserve(family, 60)
      await expect(budget.reserve(family, 41)).rejects.toMatchObject({ name: 'SpeechError', code: 'budget' })
      await budget.reserve(family, 40)
      expect(await budget.left(family)).toBe(0)
      await expect(budget.reserve(family, 1)).rejects.toMatchObject({ code: 'budget' })
    })

    test('a family without a limit has no budget', async () => {
      await expect(budgetOf(100).open().reserve('studio', 1)).rejects.toMatchObject({ code: 'budget' })
    })

    test('what was reserved before a crash stays counted', async () => {
      const { family, open } = budgetOf(100)
      await open().reserve(family, 70)
      const afterwards = open()
      expect(await afterwards.left(family)).toBe(30)
      await expect(afterwards.reserve(family, 31)).rejects.toMatchObject({ code: 'budget' })
    })

    test('a new month of the provider brings a new budget; what is given back goes to its own month', async () => {
      const { family, clock, open } = budgetOf(100)
      const budget = open()
      await clock.set(Date.UTC(2026, 11, 1, 7, 59))
      const november: Reservation = await budget.reserve(family, 100)
      await clock.advance(MINUTE)
      expect(await budget.left(family)).toBe(100)
      await budget.reserve(family, 30)
      await budget.release(november)
      expect(await budget.left(family)).toBe(70)
      await clock.set(Date.UTC(2026, 11, 1, 7, 59))
      expect(await budget.left(family)).toBe(100)
    })

    test('crossing the share for warnings is said once', async () => {
      const { family, warnings, open } = budgetOf(100)
      const budget = open()
      await budget.reserve(family, 79)
      expect(warnings).toEqual([])
      await budget.reserve(family, 1)
      await budget.reserve(family, 1)
      expect(warnings).toMatchObject([{ family, used: 80, limit: 100, month: '2026-11' }])
    })
  })
