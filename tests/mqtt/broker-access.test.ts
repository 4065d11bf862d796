import { connect } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { topics } from '#protocol/topics.ts'
import { requireProgram, withProgram } from '../support/programs.ts'
import { type BrokerUnderTest, brokers } from './brokers.ts'
import { connectDevice } from './device.ts'
import { createLink, listen } from './links.ts'
import { statusOf } from './messages.ts'

const AREA = '31822'
const OTHER_AREA = '31825'

for (const kind of brokers) {
  const title = `access to ${kind.name}`
  const canRun = kind.program === null || requireProgram(kind.program)
  describe.skipIf(!canRun)(kind.program ? withProgram(title, kind.program) : title, () => {
    let t: BrokerUnderTest
    let url: string
    let count = 0
    /** Each test has clusters of its own. */
    let me: string
    let other: string
    beforeAll(async () => {
      t = await kind.start()
      url = t.broker.url
    })
    afterAll(() => t[Symbol.asyncDispose]())
    beforeEach(async () => {
      count += 1
      me = `clu_me${count}`
      other = `clu_other${count}`
      await t.admit({ clusterId: me, generation: 1, areaCodes: [AREA] })
      await t.admit({ clusterId: other, generation: 1, areaCodes: [OTHER_AREA] })
    })

    describe('a cluster cannot connect', () => {
      test('with a wrong password, or another cluster’s', async () => {
        await expect(connectDevice(url, me, { password: 'guess' })).rejects.toThrow()
        await expect(connectDevice(url, me, { password: '' })).rejects.toThrow()
        const password = (await connectDevice(url, other)).client.options.password
        await expect(connectDevice(url, me, { password: password ?? '' })).rejects.toThrow()
      })

      test('with the password of an earlier or later generation', async () => {
        await expect(connectDevice(url, me, { generation: 0 })).rejects.toThrow()
        await expect(connectDevice(url, me, { generation: 2 })).rejects.toThrow()
      })

      test('under the client id of another, which stays connected', async () => {
        await using victim = await connectDevice(url, other)
        await expect(connectDevice(url, me, { clientId: other })).rejects.toThrow()
        await expect(connectDevice(url, me, { clientId: 'anything' })).rejects.toThrow()
        await victim.subscribe(topics.plan.path({ clusterId: other }))
        expect(victim.client.connected).toBe(true)
      })

      test('when nobody knows it, or without saying who it is', async () => {
        await expect(connectDevice(url, 'clu_stranger')).rejects.toThrow()
        await expect(connectDevice(url, me, { username: '', password: '' })).rejects.toThrow()
      })

      test('as the controller with a cluster’s password', async () => {
        await expect(connectDevice(url, me, { username: t.broker.account.username })).rejects.toThrow()
      })
    })

    test('a cluster may do all that it needs', async () => {
      await using link = createLink(t.broker)
      const replies = listen(link, 'reply')
      const presence = listen(link, 'presence')
      const status = listen(link, 'status')
      const journal = listen(link, 'journal')
      await link.start()
      await using device = await connectDevice(url, me)
      await device.subscribe(
        ...[topics.plan, topics.command, topics.journalAck].map((topic) => topic.path({ clusterId: me })),
        ...[AREA, 'all'].map((areaCode) => topics.alert.path({ areaCode })),
      )
      await device.publish(topics.presence.path({ clusterId: me }), { state: 'online', boot: 1 }, { retain: true })
      await device.publish(topics.status.path({ clusterId: me }), statusOf(50), { qos: 0 })
      await device.publish(topics.reply.path({ clusterId: me }), { commandId: 'c1', ok: true })
      const entry = { seq: 1, bootId: 'b', kind: 'boot', at: 1 }
      await device.publish(topics.journal.path({ clusterId: me }), { logId: 'log00001', entries: [entry] })
      await link.publish('plan', { clusterId: me }, 'a.plan.jws')
      await link.publish('command', { clusterId: me }, 'a.command.jws')
      await link.publish('journalAck', { clusterId: me }, { logId: 'log00001', seq: 1 })
      await link.publish('alert', { areaCode: AREA }, 'an.area.jws')
      await link.publish('alert', { areaCode: 'all' }, 'an.alert.jws')
      await Promise.all([
        replies.until((m) => m.ok),
        presence.until((m) => m.state === 'online'),
        status.until((m) => m.volume === 50),
        journal.until((m) => m.entries[0]?.kind === 'boot'),
        ...['a.plan.jws', 'a.command.jws', '{"logId":"log00001","seq":1}', 'an.area.jws', 'an.alert.jws'].map((text) =>
          device.until((m) => m.text === text),
        ),
      ])
      expect(device.received).toHaveLength(5)
    })

    test('a cluster cannot subscribe to anything beyond its own topics', async () => {
      await using device = await connectDevice(url, me)
      const root = topics.plan.filter.split('/')[0]
      for (const filter of [
        '#',
        '+',
        `${root}/#`,
        '$SYS/#',
        '$CONTROL/#',
        topics.plan.filter,
        topics.alert.filter,
        topics.plan.path({ clusterId: me }).replace(/plan$/, '#'),
        topics.plan.path({ clusterId: other }),
        topics.command.path({ clusterId: other }),
        topics.status.path({ clusterId: other }),
        topics.alert.path({ areaCode: OTHER_AREA }),
        `$share/group/${topics.plan.path({ clusterId: other })}`,
      ])
        await expect(device.subscribe(filter), filter).rejects.toThrow(/subscribe/i)
    })

    test('nothing that a cluster writes on another’s topics, or on its own plan, reaches anybody', async () => {
      await using link = createLink(t.broker)
      const status = listen(link, 'status')
      const plans = listen(link, 'plan')
      const acks = listen(link, 'journalAck')
      await link.start()
      await using victim = await connectDevice(url, other)
      await victim.subscribe(topics.plan.path({ clusterId: other }), topics.command.path({ clusterId: other }))
      for (const [topic, payload] of [
        [topics.status.path({ clusterId: other }), statusOf(1)],
        [topics.plan.path({ clusterId: other }), 'forged'],
        [topics.command.path({ clusterId: other }), 'forged'],
        [topics.plan.path({ clusterId: me }), 'forged'],
        [topics.journalAck.path({ clusterId: me }), { logId: 'log00001', seq: 9 }],
        [topics.alert.path({ areaCode: AREA }), 'forged'],
        ['$SYS/broker/uptime', 'forged'],
        ['$CONTROL/dynamic-security/v1', '{"commands":[{"command":"listClients"}]}'],
        ['elsewhere', 'forged'],
      ] as const) {
        await using rogue = await connectDevice(url, me)
        await rogue.publish(topic, payload, { retain: true })
      }
      await victim.publish(topics.status.path({ clusterId: other }), statusOf(2))
      await link.publish('plan', { clusterId: other }, 'true')
      await link.publish('plan', { clusterId: me }, 'true')
      await status.until((m) => m.volume === 2)
      await victim.until((m) => m.text === 'true')
      expect(victim.received.map((m) => m.text)).toEqual(['true'])
      expect(status.all.map(({ message }) => message.volume)).toEqual([2])
      expect(plans.all.map(({ message }) => message)).not.toContain('forged')
      expect(acks.all).toEqual([])
    })

    test('a will on another’s topic is never published', async () => {
      await using link = createLink(t.broker)
      const presence = listen(link, 'presence')
      await link.start()
      const will = {
        topic: topics.presence.path({ clusterId: other }),
        payload: Buffer.from('{"state":"offline","boot":9}'),
      }
      const rogue = await connectDevice(url, me, { will: { ...will, qos: 1, retain: true } }).catch(() => null)
      rogue?.die()
      await rogue?.closed
      await using honest = await connectDevice(url, other)
      await honest.publish(topics.presence.path({ clusterId: other }), { state: 'online', boot: 1 })
      await presence.until((m) => m.state === 'online' && m.boot === 1)
      expect(presence.all.filter(({ message }) => message.boot === 9)).toEqual([])
    })

    test('a revoked cluster is cut off at once and stays out, until it is granted again', async () => {
      await using device = await connectDevice(url, me)
      await t.expel(me)
      await device.closed
      await expect(connectDevice(url, me)).rejects.toThrow()
      await t.expel(me)
      await t.admit({ clusterId: me, generation: 2, areaCodes: [AREA] })
      await expect(connectDevice(url, me)).rejects.toThrow()
      await using again = await connectDevice(url, me, { generation: 2 })
      expect(again.client.connected).toBe(true)
    })

    test('a new password generation cuts the old one off', async () => {
      await using device = await connectDevice(url, me)
      await t.admit({ clusterId: me, generation: 2, areaCodes: [AREA] })
      await device.closed
      await expect(connectDevice(url, me)).rejects.toThrow()
      await using renewed = await connectDevice(url, me, { generation: 2 })
      expect(renewed.client.connected).toBe(true)
    })

    test('a cluster that moved hears its old area no longer, even with its old session', async () => {
      await using link = createLink(t.broker)
      await link.start()
      const filters = [AREA, 'all'].map((areaCode) => topics.alert.path({ areaCode }))
      const before = await connectDevice(url, me, { clean: false })
      await before.subscribe(...filters)
      await before.client.endAsync()
      await t.admit({ clusterId: me, generation: 1, areaCodes: [OTHER_AREA] })
      await using after = await connectDevice(url, me, { clean: false })
      await after.subscribe(topics.alert.path({ areaCode: 'all' }), topics.alert.path({ areaCode: OTHER_AREA }))
      await link.publish('alert', { areaCode: AREA }, 'old.area')
      await link.publish('alert', { areaCode: OTHER_AREA }, 'new.area')
      await after.until((m) => m.text === 'new.area')
      expect(after.received.map((m) => m.text)).toEqual(['new.area'])
    })

    test('a grant that changes nothing leaves the cluster connected', async () => {
      await using device = await connectDevice(url, me)
      await t.admit({ clusterId: me, generation: 1, areaCodes: [AREA] })
      await device.subscribe(topics.plan.path({ clusterId: me }))
      expect(device.client.connected).toBe(true)
    })

    test('a packet that announces more than the limit is refused before it is sent', async () => {
      // CONNECT with a remaining length of 200 MB.
      await expect(closedAfter(url, Buffer.from([0x10, 0x80, 0x84, 0xaf, 0x5f]))).resolves.toBe('closed')
    })

    test('a message over the limit is refused and not delivered, and the controller hears on', async () => {
      await using link = createLink(t.broker)
      const journal = listen(link, 'journal')
      const status = listen(link, 'status')
      await link.start()
      await using large = await connectDevice(url, me)
      await large.publish(topics.journal.path({ clusterId: me }), 'x'.repeat(300_000))
      await large.closed
      await using device = await connectDevice(url, other)
      await device.publish(topics.status.path({ clusterId: other }), statusOf(3))
      await status.until((m) => m.volume === 3)
      expect(journal.all).toEqual([])
    })

    test.each([true, false])(
      'nothing of QoS 2 is taken, let alone kept until it is released (clean: %s)',
      async (clean) => {
        await using link = createLink(t.broker)
        const journal = listen(link, 'journal')
        const status = listen(link, 'status')
        await link.start()
        await using rogue = await connectDevice(url, me, { clean })
        const answers: string[] = []
        rogue.client.on('packetreceive', ({ cmd }) => answers.push(cmd))
        const topic = topics.journal.path({ clusterId: me })
        const entry = { seq: 1, bootId: 'b', kind: 'boot', at: 1 }
        const batch = JSON.stringify({ logId: 'log00001', entries: [entry], padding: 'x'.repeat(60_000) })
        for (let id = 1; id <= 50; id++) rogue.client.stream.write(publishOfQos2(topic, id, batch))
        await rogue.closed
        // PUBREC would say that the broker has stored it.
        expect(answers).toEqual([])
        await using honest = await connectDevice(url, other)
        await honest.publish(topics.status.path({ clusterId: other }), statusOf(4))
        await status.until((m) => m.volume === 4)
        expect(journal.all).toEqual([])
      },
    )

    test('nobody comes in with a will of QoS 2', async () => {
      const will = {
        topic: topics.presence.path({ clusterId: me }),
        payload: Buffer.from('{"state":"offline","boot":1}'),
      }
      await expect(connectDevice(url, me, { will: { ...will, qos: 2, retain: true } })).rejects.toThrow()
      await using device = await connectDevice(url, me, { will: { ...will, qos: 1, retain: true } })
      expect(device.client.connected).toBe(true)
    })

    test('a message over the limit of its topic reaches no handler', async () => {
      await using link = createLink(t.broker)
      const presence = listen(link, 'presence')
      await link.start()
      const padded = { state: 'online', boot: 7, padding: 'x'.repeat(topics.presence.maxBytes) }
      await using device = await connectDevice(url, me)
      await device.publish(topics.presence.path({ clusterId: me }), padded)
      await using honest = await connectDevice(url, other)
      await honest.publish(topics.presence.path({ clusterId: other }), { state: 'online', boot: 8 })
      await presence.until((m) => m.boot === 8)
      expect(presence.all.filter(({ message }) => message.boot === 7)).toEqual([])
    })

    test('the full list lets in whom it names and puts out whom it does not', async () => {
      await using stays = await connectDevice(url, me)
      await using goes = await connectDevice(url, other)
      const listed = { clusterId: me, generation: 1, areaCodes: [AREA] }
      await t.broker.sync([listed])
      await goes.closed
      expect(stays.client.connected).toBe(true)
      await t.broker.sync([listed])
      await stays.subscribe(topics.plan.path({ clusterId: me }))
      expect(stays.client.connected).toBe(true)
    })
  })
}

/** Sends raw bytes and says whether the broker closes the connection. */
function closedAfter(url: string, bytes: Uint8Array): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(bytes))
    socket.on('error', () => {})
    socket.once('close', () => resolve('closed'))
  })
}

/** PUBLISH (MQTT 3.1.1 §3.3) by hand: a client library would release what it has sent. */
function publishOfQos2(topic: string, messageId: number, payload: string): Buffer {
  const body = Buffer.concat([uint16(topic.length), Buffer.from(topic), uint16(messageId), Buffer.from(payload)])
  const length: number[] = []
  for (let rest = body.length; rest > 0; rest >>= 7) length.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0))
  return Buffer.concat([Buffer.from([0x34, ...length]), body])
}

const uint16 = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff])
