import { expect, test } from 'vitest'
import type { ClusterCommand } from '#protocol/messages.ts'
import { topics } from '#protocol/topics.ts'
import { dropAcks, duplicateMessages, reorderMessages, staleFirmware, withFaults } from '../../firmware-sim/faults.ts'
import { CLUSTER, MINUTE, MORNING, occurrence, openSite, SECOND, type Site } from './support/site.ts'

const START = MORNING + 10 * MINUTE

const command = (site: Site, kind: ClusterCommand['kind'], change: Partial<ClusterCommand> = {}): ClusterCommand => ({
  clusterId: CLUSTER,
  commandId: `cmd-${kind}`,
  kind,
  issuedAt: site.clock.now(),
  expiresAt: site.clock.now() + MINUTE,
  ...change,
})

async function ask(site: Site, kind: ClusterCommand['kind'], change: Partial<ClusterCommand> = {}) {
  const before = site.office.replies.length
  await site.office.sendCommand(command(site, kind, change))
  return site.until(() => site.office.replies[before], `reply to ${kind}`)
}

test('messages that come three times and in any order change nothing', async () => {
  await using site = await openSite({
    change: (parts) => withFaults(parts, reorderMessages(4), duplicateMessages(3)),
  })
  await site.boot()
  const item = site.audio('a', 5_000)
  for (let version = 1; version <= 8; version++) await site.plan([occurrence('brd_a', START, [item])], { version })
  await site.journalled({ kind: 'plan-accepted', planVersion: 8 })
  await site.journalled({ kind: 'armed', occurrenceId: 'brd_a' })
  await site.advanceTo(START + MINUTE)
  await site.journalled({ kind: 'finished' })
  await site.tells('brd_a', ['armed', 'started', 'finished'])
  const accepted = site.office
    .journalOf(CLUSTER)
    .flatMap(({ kind, planVersion = 0 }) => (kind === 'plan-accepted' ? [planVersion] : []))
  expect(accepted).toEqual([...accepted].sort((a, b) => a - b))
})

test('entries are sent again until acknowledged, and never again afterwards', async () => {
  await using site = await openSite({ change: (parts) => withFaults(parts, dropAcks(3)) })
  await site.boot()
  await site.clock.advance(5 * MINUTE)
  const batches = (): number[][] => site.office.batches.map(({ batch }) => batch.entries.map(({ seq }) => seq))
  await site.until(() => batches().length >= 4)
  expect(batches().slice(0, 4)).toEqual([[1], [1], [1], [1]])
  // An answer comes after whatever was on its way when the acknowledgement came.
  await ask(site, 'self-test')
  const sent = batches().length
  await site.clock.advance(60 * MINUTE)
  await ask(site, 'self-test', { commandId: 'again' })
  expect(batches()).toHaveLength(sent)
  await site.cluster.reboot()
  await site.cluster.connected()
  await site.journalled({ kind: 'boot', seq: 2 })
  expect(batches().at(-1)).toEqual([2])
})

test('more than a batch of entries travels in batches of at most 200, without a gap', async () => {
  await using site = await openSite()
  site.office.acknowledges = false
  await site.boot()
  const item = site.audio('a', 5_000)
  for (let version = 1; version <= 3; version++) {
    const many = Array.from({ length: 90 }, (_, i) => occurrence(`brd_${version}x${i}`, START + i * MINUTE, [item]))
    await site.plan(many, { version })
    await site.until(() => site.office.journalOf(CLUSTER).length === 1 + version * 91)
  }
  site.broker.dropAll()
  await site.until(() => site.office.batches.some(({ batch }) => batch.entries.length === 200))
  expect(Math.max(...site.office.batches.map(({ batch }) => batch.entries.length))).toBeLessThanOrEqual(200)
  expect(site.office.journalOf(CLUSTER).map(({ seq }) => seq)).toEqual(Array.from({ length: 274 }, (_, i) => i + 1))
})

test('presence carries a boot number that grows, and the will carries that of its own boot', async () => {
  await using site = await openSite()
  await site.boot()
  await site.until(() => site.office.presences.length === 1)
  await site.cluster.cutPower()
  await site.until(() => site.office.presences.length === 2)
  await site.boot()
  await site.until(() => site.office.presences.length === 3)
  const [first, will, second] = site.office.presences.map(({ presence }) => presence)
  expect([first?.state, will?.state, second?.state]).toEqual(['online', 'offline', 'online'])
  expect(will?.boot).toBe(first?.boot)
  expect(second?.boot).toBeGreaterThan(first?.boot ?? 0)
})

test('a cluster whose broker is gone can still be switched off', async () => {
  await using site = await openSite()
  await site.boot()
  await site.loseNetwork()
  await site.cluster[Symbol.asyncDispose]()
  await site.until(() => site.office.presences.at(-1)?.presence.state === 'offline')
})

test('status says the version held, what is armed, and which firmware', async () => {
  await using site = await openSite({ change: (parts) => withFaults(parts, staleFirmware('0.9')) })
  await site.boot()
  await site.plan([occurrence('brd_a', START, [site.audio('a', 5_000)])])
  const { status } = await site.until(() =>
    site.office.statuses.find(({ status: { upcoming } }) => upcoming[0]?.state === 'armed'),
  )
  expect(status).toMatchObject({ planVersion: 1, upcoming: [{ id: 'brd_a' }], volume: 80, firmware: '0.9' })
})

test('stop silences what sounds, and the journal says who did', async () => {
  await using site = await openSite()
  await site.boot()
  await site.plan([occurrence('brd_a', START, [site.audio('a', 60_000)])])
  await site.journalled({ kind: 'armed' })
  await site.advanceTo(START + 10 * SECOND)
  expect(await ask(site, 'stop')).toEqual({ commandId: 'cmd-stop', ok: true })
  const { ms } = await site.journalled({ kind: 'interrupted', reason: 'stopped', occurrenceId: 'brd_a' })
  expect(ms).toBeGreaterThanOrEqual(9_500)
  expect(ms).toBeLessThan(15_000)
  expect(site.cluster.soundsNow).toBeNull()
})

test('a command that comes twice is obeyed once and answered twice', async () => {
  await using site = await openSite()
  await site.boot()
  expect(await ask(site, 'reboot', { commandId: 'x' })).toEqual({ commandId: 'x', ok: true })
  await site.journalled({ kind: 'boot', seq: 2 })
  await site.cluster.connected()
  expect(await ask(site, 'set-volume', { commandId: 'y', volume: 30 })).toEqual({ commandId: 'y', ok: true })
  await site.until(() => site.office.statuses.at(-1)?.status.volume === 30)
  expect(await ask(site, 'set-volume', { commandId: 'y', volume: 60 })).toEqual({ commandId: 'y', ok: true })
  await site.clock.advance(20 * MINUTE)
  expect(site.office.statuses.at(-1)?.status.volume).toBe(30)
})

test('a volume above the cap of the signed settings is held to the cap', async () => {
  await using site = await openSite()
  await site.boot()
  await site.plan([])
  await site.journalled({ kind: 'plan-accepted' })
  await ask(site, 'set-volume', { volume: 100 })
  await site.clock.advance(20 * MINUTE)
  expect(site.office.statuses.at(-1)?.status.volume).toBe(80)
})

test('commands that came too late, are unknown here, or lack something are answered and not obeyed', async () => {
  await using site = await openSite()
  await site.boot()
  expect(await ask(site, 'stop', { expiresAt: MORNING - 1 })).toMatchObject({ ok: false, code: 'expired' })
  expect(await ask(site, 'live-start')).toMatchObject({ ok: false, code: 'unsupported' })
  expect(await ask(site, 'set-volume')).toMatchObject({ ok: false, code: 'malformed' })
})

test('self-test and test tone answer for what they find', async () => {
  await using site = await openSite()
  await site.boot()
  expect(await ask(site, 'self-test')).toMatchObject({ ok: true })
  expect(await ask(site, 'test-tone')).toMatchObject({ ok: true })
  await site.plan([occurrence('brd_a', START, [site.audio('a', 60_000)])])
  await site.journalled({ kind: 'armed' })
  await site.advanceTo(START + 5 * SECOND)
  expect(await ask(site, 'test-tone', { commandId: 'again' })).toMatchObject({ ok: false, code: 'busy' })
})

test('refetch finds a file that the flash has damaged and fetches it again', async () => {
  await using site = await openSite()
  await site.boot()
  const item = site.audio('a', 5_000)
  await site.plan([occurrence('brd_a', START, [item])])
  await site.journalled({ kind: 'armed' })
  await site.damageFlash(item)
  expect(await ask(site, 'refetch')).toMatchObject({ ok: true })
  await site.until(() => site.media.requests.length === 2)
})

test('a file that the flash has damaged is noticed before it sounds, and fetched again', async () => {
  await using site = await openSite()
  await site.boot()
  const item = site.audio('a', 5_000)
  await site.plan([occurrence('brd_a', START, [item])])
  await site.journalled({ kind: 'armed' })
  await site.damageFlash(item)
  await site.advanceTo(START + MINUTE)
  await site.journalled({ kind: 'finished', occurrenceId: 'brd_a' })
  expect(site.media.requests).toHaveLength(2)
})

test('what is not signed, not for it, or not even text is dropped without a word', async () => {
  await using site = await openSite()
  await site.boot()
  await site.office.publish(topics.command.path({ clusterId: CLUSTER }), 'không phải lệnh')
  await site.office.publish(topics.journalAck.path({ clusterId: CLUSTER }), '{"seq":')
  await site.office.publish(topics.journalAck.path({ clusterId: CLUSTER }), '{"logId":"khac0000","seq":99}')
  expect(await ask(site, 'self-test')).toMatchObject({ ok: true })
  expect(site.office.replies).toHaveLength(1)
})

test('an acknowledgement of entries that were never sent forgets nothing', async () => {
  await using site = await openSite()
  site.office.acknowledges = false
  await site.boot()
  const { batch } = await site.until(() => site.office.batches[0])
  const topic = topics.journalAck.path({ clusterId: CLUSTER })
  await site.office.publish(topic, JSON.stringify({ logId: batch.logId, seq: 99 }))
  await ask(site, 'self-test')
  const before = site.office.batches.length
  site.broker.dropAll()
  await site.until(() => site.office.batches.slice(before).some((again) => again.batch.entries[0]?.seq === 1))
})
