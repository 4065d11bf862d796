import { expect, test } from 'vitest'
import { ClusterId } from '#protocol/ids.ts'
import type { SilentSpan } from '#protocol/rules/silences.ts'
import * as airingRules from '../../controller/areas/airing-rules.store.ts'
import { DEFAULT_STATION } from '../../controller/areas/stations.ts'
import { compilePlan, silencesOf } from '../../controller/broadcasts/compile-plan.ts'
import { enqueuePlan } from '../../controller/broadcasts/replan.ts'
import { transact } from '../../controller/db/transact.ts'
import { MINUTE, openProvince, takeHand } from './commune.ts'

const DAY = 86_400_000
const station = { areaCode: '31813', areaName: 'Xã', name: 'Đài', ...DEFAULT_STATION }
const [ONE, OTHER] = [ClusterId.parse('clu_mot'), ClusterId.parse('clu_hai')]
const span = (from: number, until: number, clusters: SilentSpan['clusters'] = 'all'): SilentSpan => ({
  from,
  until,
  clusters,
  reason: 'tang lễ',
})

test('a cluster is told its own silences, in order, those that overlap or follow on each other as one', () => {
  const silences = [span(50, 60), span(10, 20), span(15, 30, [OTHER]), span(20, 25), span(40, 55, [ONE])]
  expect(silencesOf(ONE, silences)).toEqual([
    { from: 10, until: 25 },
    { from: 40, until: 60 },
  ])
  expect(silencesOf(OTHER, silences)).toEqual([
    { from: 10, until: 30 },
    { from: 50, until: 60 },
  ])
})

test('where there is no silence the plan says what it said before there were any', () => {
  const without = compilePlan(station, 'http://x/', [])
  expect(without.settings).not.toHaveProperty('silences')
  expect(silencesOf(ONE, [span(1, 2, [OTHER])])).toEqual([])
  expect(compilePlan(station, 'http://x/', [], silencesOf(ONE, [span(1, 2)])).hash).not.toBe(without.hash)
})

test('a plan carries every silence that may begin while it is valid, also one for this cluster alone', async () => {
  await using p = await openProvince()
  const areaCode = '00004'
  const [one, other] = [await p.enrol(areaCode), await p.enrol(areaCode)]
  await using hand = await takeHand(one)
  await using neighbour = await takeHand(other)
  const { ctx } = p.controller.controller
  const at = (ms: number) => {
    const local = new Date(ms + 7 * 60 * MINUTE).toISOString()
    return { date: local.slice(0, 10), time: local.slice(11, 16) }
  }
  const now = p.clock.now()
  const once = (from: number, until: number, clusters: 'all' | ClusterId[]) => ({
    period: { kind: 'once' as const, from: at(from), until: at(until) },
    clusters,
    reason: 'tang lễ',
  })
  const rules = { quietHours: null, limits: {}, holidays: [], updatedByName: 'u', updatedAt: now }
  await transact(ctx, async (tx) => {
    const said = {
      scope: areaCode,
      ...rules,
      silences: [
        once(now + 9 * DAY - MINUTE, now + 12 * DAY, 'all'),
        once(now - MINUTE, now + 60 * MINUTE, [one.clusterId]),
        once(now + 20 * DAY, now + 21 * DAY, 'all'),
      ],
    }
    await airingRules.saveAiringRules(tx.db, said, 0)
    await enqueuePlan(ctx, tx, areaCode)
  })
  const later = { from: now + 9 * DAY - MINUTE, until: now + 12 * DAY }
  await p.until(async () => (await hand.plan())?.settings.silences, 'a plan with silences')
  expect((await hand.plan())?.settings.silences).toEqual([{ from: now - MINUTE, until: now + 60 * MINUTE }, later])
  await p.until(async () => (await neighbour.plan())?.settings.silences, 'its neighbour’s')
  expect((await neighbour.plan())?.settings.silences).toEqual([later])
})
