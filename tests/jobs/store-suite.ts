import { describe, expect, test } from 'vitest'
import type { JobKind } from '../../controller/jobs/job.ts'
import * as jobStore from '../../controller/jobs/jobs.store.ts'
import type { Stores } from '../support/dialects.ts'

const KINDS: JobKind[] = ['speak', 'mix']
const claim = { kinds: KINDS, at: 1_000, leaseUntil: 2_000, owner: 'a' }
const job = (key: string, at = 500, kind: JobKind = 'speak'): jobStore.NewJob => ({
  id: `job_${key}`,
  kind,
  dedupeKey: key,
  payloadJson: JSON.stringify({ key }),
  at,
})

export const describeJobStore = (database: Stores) =>
  describe('the job queue', () => {
    const emptied = async () => {
      const { db } = database()
      await db.deleteFrom('job').execute()
      return db
    }

    test('the oldest due job of the asked kinds is claimed once', async () => {
      const db = await emptied()
      await jobStore.enqueue(db, job('later', 900))
      await jobStore.enqueue(db, job('first', 100))
      await jobStore.enqueue(db, job('future', 1_001))
      await jobStore.enqueue(db, job('other', 1, 'report-source'))
      const claimed = await Promise.all([1, 2, 3, 4].map((n) => jobStore.claimNext(db, { ...claim, owner: `o${n}` })))
      expect(claimed.map((one) => one?.id ?? null).sort()).toEqual(['job_first', 'job_later', null, null])
      expect(claimed.find((one) => one?.id === 'job_first')).toEqual({
        id: 'job_first',
        kind: 'speak',
        payloadJson: '{"key":"first"}',
        attempts: 1,
      })
    })

    test('work that is dropped is gone for whoever runs it, and other work of its kind and key stays', async () => {
      const db = await emptied()
      for (const one of [job('k'), job('l'), { ...job('k', 500, 'report-source'), id: 'job_r' }])
        await jobStore.enqueue(db, one)
      await jobStore.claimNext(db, claim)
      await jobStore.drop(db, { kinds: KINDS, dedupeKeys: ['k'] })
      await jobStore.drop(db, { kinds: KINDS, dedupeKeys: [] })
      expect(await jobStore.renew(db, { id: 'job_k', owner: 'a' }, 9_000)).toBe(false)
      const left = await db.selectFrom('job').select('id').orderBy('id').execute()
      expect(left.map(({ id }) => id)).toEqual(['job_l', 'job_r'])
    })

    test('an expired lease is claimable again, and its first owner can neither renew nor end nor postpone it', async () => {
      const db = await emptied()
      await jobStore.enqueue(db, job('k'))
      await jobStore.claimNext(db, claim)
      expect(await jobStore.claimNext(db, { ...claim, at: 1_999, owner: 'b' })).toBeNull()
      expect(await jobStore.claimNext(db, { ...claim, at: 2_000, leaseUntil: 3_000, owner: 'b' })).toMatchObject({
        attempts: 2,
      })
      const stale = { id: 'job_k', owner: 'a' }
      expect(await jobStore.renew(db, stale, 9_000)).toBe(false)
      expect(await jobStore.finish(db, stale, { state: 'done', at: 2_100, error: null })).toBe(false)
      expect(await jobStore.postpone(db, stale, { runAt: 9_000, error: 'late' })).toBe(false)
      expect(await jobStore.finish(db, { id: 'job_k', owner: 'b' }, { state: 'done', at: 2_100, error: null })).toBe(
        true,
      )
      expect(await jobStore.countByState(db)).toEqual([{ kind: 'speak', state: 'done', n: 1 }])
    })

    test('work that gives the same result is not begun anew by asking again, unless it failed', async () => {
      const db = await emptied()
      const stateOf = async () => (await db.selectFrom('job').select(['state', 'attempts', 'leaseOwner']).execute())[0]
      await jobStore.enqueueOnce(db, job('k'))
      await jobStore.claimNext(db, claim)
      await jobStore.enqueueOnce(db, job('k', 600))
      expect(await stateOf()).toEqual({ state: 'waiting', attempts: 1, leaseOwner: 'a' })
      expect(await jobStore.finish(db, { id: 'job_k', owner: 'a' }, { state: 'done', at: 700, error: null })).toBe(true)
      await jobStore.enqueueOnce(db, job('k', 800))
      expect(await stateOf()).toMatchObject({ state: 'done' })
      await db.updateTable('job').set({ state: 'failed' }).execute()
      await jobStore.enqueueOnce(db, job('k', 900))
      expect(await stateOf()).toMatchObject({ state: 'failed' })
      await jobStore.enqueueOnce(db, job('k', 7 * 3_600_000))
      expect(await stateOf()).toEqual({ state: 'waiting', attempts: 0, leaseOwner: null })
    })

    test('a renewed lease is kept past its first end', async () => {
      const db = await emptied()
      await jobStore.enqueue(db, job('k'))
      await jobStore.claimNext(db, claim)
      expect(await jobStore.renew(db, { id: 'job_k', owner: 'a' }, 5_000)).toBe(true)
      expect(await jobStore.claimNext(db, { ...claim, at: 4_999, owner: 'b' })).toBeNull()
    })

    test('a postponed job waits for its time with its error and its count of tries', async () => {
      const db = await emptied()
      await jobStore.enqueue(db, job('k'))
      await jobStore.claimNext(db, claim)
      await jobStore.postpone(db, { id: 'job_k', owner: 'a' }, { runAt: 4_000, error: 'source is down' })
      expect(await jobStore.claimNext(db, { ...claim, at: 3_999 })).toBeNull()
      expect(await jobStore.claimNext(db, { ...claim, at: 4_000, leaseUntil: 5_000 })).toMatchObject({ attempts: 2 })
      const row = await db.selectFrom('job').select('lastError').executeTakeFirstOrThrow()
      expect(row.lastError).toBe('source is down')
    })

    test('enqueueing a key again starts a finished or failed job over and takes a running one from its owner', async () => {
      const db = await emptied()
      for (const state of ['done', 'failed'] as const) {
        await jobStore.enqueue(db, job('k'))
        const claimed = await jobStore.claimNext(db, claim)
        await jobStore.finish(db, { id: claimed?.id ?? '', owner: 'a' }, { state, at: 1_100, error: null })
      }
      await jobStore.enqueue(db, { ...job('k'), id: 'job_again' })
      expect(await jobStore.claimNext(db, claim)).toMatchObject({ id: 'job_again', attempts: 1 })
      await jobStore.enqueue(db, { ...job('k'), id: 'job_third', payloadJson: '{"key":"new"}' })
      expect(await jobStore.finish(db, { id: 'job_again', owner: 'a' }, { state: 'done', at: 1, error: null })).toBe(
        false,
      )
      expect(await jobStore.claimNext(db, { ...claim, owner: 'b' })).toMatchObject({
        id: 'job_third',
        payloadJson: '{"key":"new"}',
      })
      expect((await db.selectFrom('job').selectAll().execute()).length).toBe(1)
    })

    test('leases of a dead process are freed with the try counted, those of a stopping one without', async () => {
      const db = await emptied()
      await jobStore.enqueue(db, job('dead'))
      await jobStore.claimNext(db, { ...claim, owner: 'dead' })
      await jobStore.enqueue(db, job('stopping'))
      await jobStore.claimNext(db, { ...claim, owner: 'stopping' })
      expect((await jobStore.leaseOwners(db)).sort()).toEqual(['dead', 'stopping'])
      await jobStore.releaseLeases(db, ['dead'])
      await jobStore.returnLeases(db, 'stopping')
      await jobStore.releaseLeases(db, [])
      const again = [await jobStore.claimNext(db, claim), await jobStore.claimNext(db, claim)]
      expect(Object.fromEntries(again.map((one) => [one?.id, one?.attempts]))).toEqual({ job_dead: 2, job_stopping: 1 })
    })

    test('housekeeping forgets what is long done and keeps what has failed', async () => {
      const db = await emptied()
      for (const [key, state] of [
        ['old', 'done'],
        ['new', 'done'],
        ['bad', 'failed'],
      ] as const) {
        await jobStore.enqueue(db, job(key))
        await jobStore.claimNext(db, claim)
        await jobStore.finish(
          db,
          { id: `job_${key}`, owner: 'a' },
          { state, at: key === 'new' ? 9_000 : 10, error: 'x' },
        )
      }
      await jobStore.forgetFinished(db, 5_000)
      const rows = await db.selectFrom('job').select('dedupeKey').orderBy('dedupeKey').execute()
      expect(rows.map((row) => row.dedupeKey)).toEqual(['bad', 'new'])
    })
  })
