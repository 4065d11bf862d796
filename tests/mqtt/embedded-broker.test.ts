import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { topics } from '#protocol/topics.ts'
import { systemClock } from '../../controller/clock.ts'
import { createEmbeddedBroker, type LookupCluster } from '../../controller/mqtt/embedded-broker.ts'
import { createMqttLink } from '../../controller/mqtt/link.ts'
import { requireProgram, withProgram } from '../support/programs.ts'
import { log, MASTER_SECRET } from './brokers.ts'
import { connectDevice } from './device.ts'
import { createLink } from './links.ts'
import { statusOf } from './messages.ts'

const me = 'clu_me'
const known: LookupCluster = async (clusterId) => (clusterId === me ? { generation: 1, areaCodes: [] } : null)
const settings = { host: '127.0.0.1', port: 0, masterSecret: MASTER_SECRET }

test('a taken port is reported with the variable that changes it', async () => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const address = taken.address()
  const port = typeof address === 'object' && address ? address.port : 0
  await using broker = createEmbeddedBroker({ ...settings, port }, { log, lookup: known })
  await expect(broker.start()).rejects.toThrow(/LOA_MQTT_PORT/)
  taken.close()
})

test('its address is known once it has started, and each process has a password of its own', async () => {
  await using broker = createEmbeddedBroker(settings, { log, lookup: known })
  expect(() => broker.url).toThrow(/not started/)
  await broker.start()
  expect(broker.url).toMatch(/^mqtt:\/\/127\.0\.0\.1:\d+$/)
  await using other = createEmbeddedBroker(settings, { log, lookup: known })
  expect(other.account.password).not.toBe(broker.account.password)
})

test('when clusters cannot be looked up, they are told to come back, not that they are unknown', async () => {
  const lookup: LookupCluster = async () => {
    throw new Error('database is locked')
  }
  await using broker = createEmbeddedBroker(settings, { log, lookup })
  await broker.start()
  await expect(connectDevice(broker.url, me)).rejects.toThrow(/server unavailable/i)
})

test('what a cluster says as it comes in is heard: it waits at the door until the controller listens', async () => {
  await using broker = createEmbeddedBroker({ ...settings, waitsForController: true }, { log, lookup: known })
  await broker.start()
  const order: string[] = []
  const arrival = connectDevice(broker.url, me).then(async (device) => {
    order.push('cluster')
    await device.publish(topics.status.path({ clusterId: me }), statusOf(80))
    return device
  })
  // Whoever comes later is answered at once, so the one before stands at the door.
  await expect(connectDevice(broker.url, 'clu_nobody')).rejects.toThrow(/not authorized/i)
  await using link = createLink(broker)
  const heard = new Promise<string>((resolve) => link.on('status', ({ clusterId }) => resolve(clusterId)))
  await link.start().then(() => order.push('controller'))
  await using _device = await arrival
  expect(await heard).toBe(me)
  expect(order).toEqual(['controller', 'cluster'])
})

test('a connection without keepalive, that could stay dead for ever, is refused', async () => {
  await using broker = createEmbeddedBroker(settings, { log, lookup: known })
  await broker.start()
  await expect(connectDevice(broker.url, me, { keepalive: 0 })).rejects.toThrow()
  await expect(connectDevice(broker.url, me, { keepalive: 601 })).rejects.toThrow()
})

test('what waits for an absent cluster is bounded: the newest plan and the latest hundred messages', async () => {
  await using broker = createEmbeddedBroker(settings, { log, lookup: known })
  await broker.start()
  await using link = createLink(broker)
  await link.start()
  const before = await connectDevice(broker.url, me, { clean: false })
  await before.subscribe(topics.plan.path({ clusterId: me }), topics.command.path({ clusterId: me }))
  await before.client.endAsync()
  for (let i = 1; i <= 150; i++) await link.publish('command', { clusterId: me }, `command ${i}`)
  for (let i = 1; i <= 5; i++) await link.publish('plan', { clusterId: me }, `plan ${i}`)
  await using after = await connectDevice(broker.url, me, { clean: false })
  await after.until((m) => m.text === 'plan 5')
  const texts = after.received.map((m) => m.text)
  expect(texts.filter((text) => text.startsWith('plan'))).toEqual(['plan 5'])
  expect(texts.filter((text) => text.startsWith('command'))).toEqual(
    Array.from({ length: 99 }, (_, i) => `command ${i + 52}`),
  )
})

test('a plan that the controller keeps is read when a cluster wants it, and nothing else of it lies in the broker', async () => {
  const kept = new Map<string, string>()
  const plan = topics.plan.path({ clusterId: me })
  const recall = { keeps: (topic: string) => topic === plan, read: async (topic: string) => kept.get(topic) ?? null }
  await using broker = createEmbeddedBroker(settings, { log, lookup: known, recall })
  await broker.start()
  await using link = createLink(broker)
  await link.start()
  const early = await connectDevice(broker.url, me, { clean: false })
  await early.subscribe(plan, topics.command.path({ clusterId: me }))
  await link.publish('plan', { clusterId: me }, 'first')
  expect(await early.until(() => true)).toMatchObject({ text: 'first' })
  await early.client.endAsync()
  await link.publish('plan', { clusterId: me }, 'second')
  await link.publish('command', { clusterId: me }, 'a command')
  kept.set(plan, 'the newest')
  // What waited for it while it was away, and what is retained.
  await using late = await connectDevice(broker.url, me, { clean: false })
  await late.until(({ text }) => text === 'a command')
  await late.subscribe(plan)
  await late.until(({ retain }) => retain)
  expect(late.received.map(({ text }) => text)).toEqual(['the newest', 'a command', 'the newest'])
  await late.client.endAsync()
  await link.clear('plan', { clusterId: me })
  await using last = await connectDevice(broker.url, me)
  await last.subscribe(plan, topics.command.path({ clusterId: me }))
  await link.publish('command', { clusterId: me }, 'the end')
  await last.until(({ text }) => text === 'the end')
  expect(last.received.map(({ text }) => text)).toEqual(['the end'])
})

test('a message that was delivered is not delivered again in the next session', async () => {
  await using broker = createEmbeddedBroker(settings, { log, lookup: known })
  await broker.start()
  await using link = createLink(broker)
  await link.start()
  const command = topics.command.path({ clusterId: me })
  const first = await connectDevice(broker.url, me, { clean: false })
  await first.subscribe(command)
  await link.publish('command', { clusterId: me }, 'once')
  await first.until((m) => m.text === 'once')
  await first.client.endAsync()
  await link.publish('command', { clusterId: me }, 'later')
  await using second = await connectDevice(broker.url, me, { clean: false })
  await second.until((m) => m.text === 'later')
  expect(second.received.map((m) => m.text)).toEqual(['later'])
})

test('it stops at once, also with a connection that never said who it is', async () => {
  const broker = createEmbeddedBroker(settings, { log, lookup: known })
  await broker.start()
  await using device = await connectDevice(broker.url, me)
  const silent = connect(Number(new URL(broker.url).port), '127.0.0.1')
  silent.on('error', () => {})
  await new Promise((resolve) => silent.once('connect', resolve))
  const closed = new Promise((resolve) => silent.once('close', resolve))
  await broker[Symbol.asyncDispose]()
  await Promise.all([closed, device.closed])
})

describe.skipIf(!requireProgram('openssl'))(withProgram('over TLS', 'openssl'), () => {
  test('the link connects when it trusts the authority, and not otherwise', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'loa-tls-'))
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1']
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
    execFileSync('openssl', ['req', '-x509', ...kind, '-keyout', key, '-out', cert, ...subject], { stdio: 'ignore' })
    const tls = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
    rmSync(folder, { recursive: true })
    await using broker = createEmbeddedBroker({ ...settings, tls }, { log, lookup: known })
    await broker.start()
    expect(broker.url).toMatch(/^mqtts:/)
    const linkSettings = { url: broker.url, ...broker.account, clientId: 'c', maxQueued: 10, startTimeoutMs: 500 }
    await using doubtful = createMqttLink(linkSettings, { clock: systemClock, log })
    await expect(doubtful.start()).rejects.toMatchObject({ code: 'unavailable' })
    await using trusting = createMqttLink({ ...linkSettings, ca: tls.cert }, { clock: systemClock, log })
    await trusting.start()
    await trusting.publish('plan', { clusterId: me }, 'x'.repeat(topics.plan.maxBytes))
    await using device = await connectDevice(broker.url, me, { ca: tls.cert })
    await device.subscribe(topics.plan.path({ clusterId: me }))
    expect((await device.until(() => true)).text).toHaveLength(topics.plan.maxBytes)
  })
})
