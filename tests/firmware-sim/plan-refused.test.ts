import { expect, test } from 'vitest'
import type { ClusterPlan } from '#protocol/messages.ts'
import { importSigningKey, newSigningJwk, signMessage } from '#protocol/signing.ts'
import { topics } from '#protocol/topics.ts'
import { CLUSTER, MINUTE, MORNING, occurrence, openSite, planSettings, type Site } from './support/site.ts'

const planOf = (site: Site, change: Partial<ClusterPlan> = {}): ClusterPlan => ({
  clusterId: CLUSTER,
  version: 5,
  issuedAt: MORNING,
  validUntil: MORNING + 60 * MINUTE,
  settings: planSettings(site.media.url),
  occurrences: [occurrence('brd_gia', MORNING + 10 * MINUTE, [site.audio('a', 5_000)])],
  ...change,
})
const topic = topics.plan.path({ clusterId: CLUSTER })

test('a plan signed by a stranger is refused as bad-signature and nothing of it is fetched', async () => {
  await using site = await openSite()
  await site.boot()
  const stranger = await importSigningKey(await newSigningJwk())
  await site.office.sendPlan(planOf(site), stranger)
  expect(await site.journalled({ kind: 'plan-refused' })).toMatchObject({ reason: 'bad-signature' })
  await site.clock.advance(5 * MINUTE)
  expect(site.media.requests).toEqual([])
})

test('a forged plan that the broker repeats fills the journal once', async () => {
  await using site = await openSite()
  await site.boot()
  for (let i = 0; i < 3; i++) await site.office.publish(topic, 'bm90.YQ.cGxhbg')
  await site.plan([])
  await site.journalled({ kind: 'plan-accepted' })
  expect(site.office.journalOf(CLUSTER).filter(({ kind }) => kind === 'plan-refused')).toHaveLength(1)
})

test('a signed plan with one changed byte is refused as bad-signature', async () => {
  await using site = await openSite()
  await site.boot()
  const jws = await signMessage('plan', planOf(site), site.office.key)
  const [header, payload = '', signature] = jws.split('.')
  const changed = Buffer.from(payload, 'base64url').toString().replace('"version":5', '"version":6')
  await site.office.publish(topic, [header, Buffer.from(changed).toString('base64url'), signature].join('.'))
  expect(await site.journalled({ kind: 'plan-refused' })).toMatchObject({ reason: 'bad-signature' })
})

test('a plan for another cluster is refused as wrong-cluster', async () => {
  await using site = await openSite()
  await site.boot()
  await site.office.publish(topic, await signMessage('plan', planOf(site, { clusterId: 'clu_khac' }), site.office.key))
  expect(await site.journalled({ kind: 'plan-refused' })).toMatchObject({ reason: 'wrong-cluster', planVersion: 5 })
})

test('a lower version is refused as stale, also after a reboot, and the same version is a no-op', async () => {
  await using site = await openSite()
  await site.boot()
  await site.office.sendPlan(planOf(site))
  await site.journalled({ kind: 'plan-accepted', planVersion: 5 })
  await site.office.sendPlan(planOf(site))
  await site.cluster.reboot()
  await site.cluster.connected()
  await site.office.sendPlan(planOf(site, { version: 4 }))
  expect(await site.journalled({ kind: 'plan-refused' })).toMatchObject({ reason: 'stale-version', planVersion: 4 })
  const accepted = site.office.journalOf(CLUSTER).filter(({ kind }) => kind === 'plan-accepted')
  expect(accepted).toHaveLength(1)
})

test('a plan that is no longer valid is refused as expired', async () => {
  await using site = await openSite()
  await site.boot()
  await site.office.sendPlan(planOf(site, { validUntil: MORNING - 1 }))
  expect(await site.journalled({ kind: 'plan-refused' })).toMatchObject({ reason: 'expired' })
})

test('a signed text that is not a plan is refused as malformed', async () => {
  await using site = await openSite()
  await site.boot()
  const broken = planOf(site, {
    settings: { ...planSettings(site.media.url), quietHours: { from: '25:00', to: '05:00' } },
  })
  await site.office.publish(topic, await signMessage('plan', broken, site.office.key))
  expect(await site.journalled({ kind: 'plan-refused' })).toMatchObject({ reason: 'malformed' })
})

test('after the validity of the plan it refuses what the plan still names', async () => {
  await using site = await openSite()
  await site.boot()
  await site.plan([occurrence('brd_cu', MORNING + 30 * MINUTE, [site.audio('a', 5_000)])], {
    validUntil: MORNING + 20 * MINUTE,
  })
  await site.journalled({ kind: 'armed' })
  await site.advanceTo(MORNING + 30 * MINUTE + 1)
  expect(await site.journalled({ occurrenceId: 'brd_cu', kind: 'refused' })).toMatchObject({ reason: 'expired' })
})
