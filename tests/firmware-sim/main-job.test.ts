import { expect, test } from 'vitest'
import { CLUSTER, MINUTE, MORNING, occurrence, openSite, SECOND } from './support/site.ts'

test('a plan is fetched, armed, played on time and journalled, and the journal is forgotten once acknowledged', async () => {
  await using site = await openSite()
  await site.boot()
  await site.plan([occurrence('brd_a', MORNING + MINUTE, [site.audio('a', 20_000)])])
  await site.journalled({ kind: 'plan-accepted', planVersion: 1 })
  await site.clock.advance(10 * SECOND)
  await site.journalled({ kind: 'armed', occurrenceId: 'brd_a' })
  await site.advanceTo(MORNING + MINUTE + SECOND)
  const started = await site.journalled({ kind: 'started', occurrenceId: 'brd_a' })
  expect(started).toMatchObject({ at: MORNING + MINUTE + 500, offsetMs: 0, item: 0 })
  await site.clock.advance(20 * SECOND)
  const finished = await site.journalled({ kind: 'finished', occurrenceId: 'brd_a' })
  expect(finished).toMatchObject({ ms: 20_000 })
  expect(site.office.journalOf(CLUSTER).map(({ kind }) => kind)).toEqual([
    'boot',
    'plan-accepted',
    'armed',
    'started',
    'finished',
  ])
})
