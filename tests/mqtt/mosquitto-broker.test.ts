import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock as clock } from '../../controller/clock.ts'
import { randomId } from '../../controller/ids.ts'
import type { Broker, ClusterGrant } from '../../controller/mqtt/broker.ts'
import { createMosquittoBroker } from '../../controller/mqtt/mosquitto-broker.ts'
import { type PrivateMosquitto, startMosquitto } from '../support/mosquitto.ts'
import { requireProgram, withProgram } from '../support/programs.ts'
import { log, MASTER_SECRET } from './brokers.ts'
import { connectDevice } from './device.ts'
import { createLink } from './links.ts'

const grants: ClusterGrant[] = Array.from({ length: 30 }, (_, i) => ({
  clusterId: `clu_${i}`,
  generation: 1,
  areaCodes: ['31822'],
}))

describe.skipIf(!requireProgram('mosquitto'))(withProgram('administering Mosquitto', 'mosquitto'), () => {
  let mosquitto: PrivateMosquitto
  beforeAll(async () => {
    mosquitto = await startMosquitto()
  })
  afterAll(() => mosquitto[Symbol.asyncDispose]())

  async function administer(settings: { masterSecret?: string; account?: Broker['account'] } = {}): Promise<Broker> {
    const { url, admin } = mosquitto
    const broker = createMosquittoBroker(
      { url, admin, masterSecret: MASTER_SECRET, ...settings },
      { clock, log, newId: randomId },
    )
    await broker.start()
    return broker
  }

  test('agreeing again and again changes nothing: nobody is cut off', async () => {
    await using broker = await administer()
    await broker.sync(grants)
    await using device = await connectDevice(broker.url, 'clu_7')
    await using link = createLink(broker)
    await link.start()
    await using again = await administer()
    await again.sync(grants)
    await device.subscribe('$nothing').catch(() => {})
    expect([device.client.connected, link.connected]).toEqual([true, true])
  })

  test('accounts are still there after the broker restarted', async () => {
    await using broker = await administer()
    await broker.sync(grants)
    await mosquitto.stop()
    await mosquitto.start()
    await using device = await connectDevice(broker.url, 'clu_7')
    expect(device.client.connected).toBe(true)
    await broker.grant({ clusterId: 'clu_new', generation: 1, areaCodes: [] })
    await using later = await connectDevice(broker.url, 'clu_new')
    expect(later.client.connected).toBe(true)
  })

  test('with another master secret every password is replaced', async () => {
    await using before = await administer()
    await before.sync(grants)
    await using after = await administer({ masterSecret: 'another' })
    await after.sync(grants)
    await expect(connectDevice(after.url, 'clu_7')).rejects.toThrow()
    await before.start()
    await before.sync(grants)
    await using device = await connectDevice(before.url, 'clu_7')
    expect(device.client.connected).toBe(true)
  })

  test('accounts that are not clusters are left alone', async () => {
    await using other = await administer({ account: { username: 'watcher', password: 'of its own' } })
    await using broker = await administer()
    await broker.sync([])
    await using watcher = createLink(other)
    await watcher.start()
    await expect(connectDevice(broker.url, 'clu_7')).rejects.toThrow()
  })

  test('two controllers that bring the same list at once do not disturb each other', async () => {
    await using one = await administer()
    await using two = await administer()
    await Promise.all([one.sync(grants), two.sync(grants)])
    await using device = await connectDevice(one.url, 'clu_29')
    expect(device.client.connected).toBe(true)
  })
})
