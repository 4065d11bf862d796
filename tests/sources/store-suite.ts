import { describe, expect, test } from 'vitest'
import type { SourceProblem } from '../../controller/sources/problem.ts'
import * as reportStore from '../../controller/sources/reports.store.ts'
import { insertBroadcast } from '../db/rows.ts'
import type { Stores } from '../support/dialects.ts'

const problem = (key: SourceProblem['key'], values: SourceProblem['values'] = {}): string =>
  JSON.stringify({ key, values })

export const describeReportStore = (database: Stores) =>
  describe('reports to the source', () => {
    test('each revision of a report is a row of its own, listed latest first', async () => {
      const { db } = database()
      const { id: broadcastId } = await insertBroadcast(db)
      const row = {
        broadcastId,
        sourceName: 'Thông tin nguồn',
        bodyJson: '{}',
        state: 'waiting' as const,
        attempts: 0,
        deliveredAt: null,
        lastError: null,
        createdAt: 1,
      }
      await reportStore.insertReport(db, { ...row, revision: 1 })
      await reportStore.insertReport(db, { ...row, revision: 2 })
      await expect(reportStore.insertReport(db, { ...row, revision: 2 })).rejects.toThrow()
      const set = { state: 'delivered' as const, attempts: 3, deliveredAt: 60_000, lastError: null }
      await reportStore.updateReport(db, { broadcastId, revision: 1 }, set)
      expect(await reportStore.findReport(db, broadcastId, 1)).toEqual({ ...row, revision: 1, ...set })
      expect(await reportStore.findReport(db, broadcastId, 3)).toBeNull()
      const summary = { sourceName: 'Thông tin nguồn', lastError: null }
      expect(await reportStore.listReports(db, broadcastId)).toEqual([
        { ...summary, state: 'waiting', revision: 2, attempts: 0, deliveredAt: null },
        { ...summary, state: 'delivered', revision: 1, attempts: 3, deliveredAt: '1970-01-01T00:01:00.000Z' },
      ])
    })

    test('why a report was not taken is told in a sentence, never in the raw text that rows of earlier versions hold', async () => {
      const { db } = database()
      const { id: broadcastId } = await insertBroadcast(db)
      const row = { broadcastId, sourceName: 'Thông tin nguồn', bodyJson: '{}', state: 'waiting' as const }
      const raw = ['fetch failed: connect ECONNREFUSED 10.1.2.3:8443', '{"key":"source.other"}', '"10.1.2.3"']
      for (const [i, lastError] of raw.entries())
        await reportStore.insertReport(db, {
          ...row,
          revision: i + 1,
          attempts: 1,
          deliveredAt: null,
          lastError,
          createdAt: 1,
        })
      const told = await reportStore.listReports(db, broadcastId)
      expect(told.map(({ lastError }) => lastError)).toEqual(raw.map(() => 'Lần gửi gần nhất không thành công.'))
      await reportStore.updateReport(
        db,
        { broadcastId, revision: 1 },
        { state: 'failed', attempts: 1, deliveredAt: null, lastError: problem('source.refused', { status: 422 }) },
      )
      for (const revision of [1, 2])
        await reportStore.failReport(db, { broadcastId, revision }, problem('source.gaveUp'))
      expect((await reportStore.listReports(db, broadcastId)).slice(1)).toMatchObject([
        { state: 'failed', lastError: expect.stringMatching(/^Đã gửi nhiều lần/) },
        { state: 'failed', lastError: expect.stringMatching(/HTTP 422/) },
      ])
    })
  })
