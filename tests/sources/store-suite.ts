import { describe, expect, test } from 'vitest'
import * as reportStore from '../../controller/sources/reports.store.ts'
import { insertBroadcast } from '../db/rows.ts'
import type { Stores } from '../support/dialects.ts'

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
  })
