import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { topics } from '#protocol/topics.ts'
import { requireProgram, withProgram } from '../support/programs.ts'
import { type BrokerUnderTest, brokers } from './brokers.ts'
import { connectDevice } from './device.ts'
import { createLink, listen } from './links.ts'
import { statusOf } from './messages.ts'

const me = 'clu_me'
const plan = topics.plan.path({ clusterId: me })
const presence = topics.presence.path({ clusterId: me })
const status = topics.status.path({ clusterId: me })

for (const kind of brokers) {
  const title = `the link over ${kind.name}`
  const canRun = kind.program === null || requireProgram(kind.program)
  describe.skipIf(!canRun)(kind.program ? withProgram(title, kind.program) : title, () => {
    let t: BrokerUnderTest
    beforeEach(async () => {
      t = await kind.start()
      await t.admit({ clusterId: me, generation: 1, areaCodes: ['31822'] })
    })
    afterEach(() => t[Symbol.asyncDispose]())

    test('a cluster that joins late gets the retained plan, and a controller its presence', async () => {
      await using first = createLink(t.broker)
      await first.start()
      await first.publish('plan', { clusterId: me }, 'old')
      await first.publish('plan', { clusterId: me }, 'new')
      await using device = await connectDevice(t.broker.url, me)
      await device.publish(presence, { state: 'online', boot: 4 }, { retain: true })
      await device.subscribe(plan)
      expect(await device.until((m) => m.topic === plan)).toEqual({ topic: plan, text: 'new', retain: true })
      await using late = createLink(t.broker)
      const heard = listen(late, 'presence')
      await late.start()
      await heard.until((m) => m.boot === 4 && m.state === 'online')
    })

    test('a cleared plan is gone for those who come later, and is no bad message', async () => {
      await using link = createLink(t.broker)
      const plans = listen(link, 'plan')
      await link.start()
      await link.publish('plan', { clusterId: me }, 'old')
      await link.clear('plan', { clusterId: me })
      await link.publish('command', { clusterId: me }, 'after')
      await plans.until((m) => m === 'old')
      await using device = await connectDevice(t.broker.url, me)
      await device.subscribe(plan, topics.command.path({ clusterId: me }))
      await link.publish('command', { clusterId: me }, 'last')
      await device.until((m) => m.text === 'last')
      expect(device.received.map((m) => m.text)).toEqual(['last'])
      expect(link.stats().dropped).toBe(0)
    })

    test('a cluster that dies without a word is reported by its will; one that says goodbye is not', async () => {
      await using link = createLink(t.broker)
      const heard = listen(link, 'presence')
      await link.start()
      const will = (boot: number) => ({
        will: {
          topic: presence,
          payload: Buffer.from(JSON.stringify({ state: 'offline', boot })),
          qos: 1 as const,
          retain: true,
        },
      })
      const polite = await connectDevice(t.broker.url, me, will(1))
      await polite.publish(presence, { state: 'online', boot: 1 }, { retain: true })
      await polite.client.endAsync()
      const abrupt = await connectDevice(t.broker.url, me, will(2))
      await abrupt.publish(presence, { state: 'online', boot: 2 }, { retain: true })
      abrupt.die()
      await heard.until((m) => m.state === 'offline')
      expect(heard.all.map(({ message }) => `${message.state} ${message.boot}`)).toEqual([
        'online 1',
        'online 2',
        'offline 2',
      ])
    })

    test('a command sent while the cluster is away waits for it', async () => {
      await using link = createLink(t.broker)
      await link.start()
      const command = topics.command.path({ clusterId: me })
      const before = await connectDevice(t.broker.url, me, { clean: false })
      await before.subscribe(command)
      await before.client.endAsync()
      await link.publish('command', { clusterId: me }, 'first')
      await link.publish('command', { clusterId: me }, 'second')
      await using after = await connectDevice(t.broker.url, me, { clean: false })
      await after.until((m) => m.text === 'second')
      expect(after.received.map((m) => m.text)).toEqual(['first', 'second'])
    })

    test('after a restart of the broker the link hears again and says that it reconnected', async () => {
      await using link = createLink(t.broker)
      const heard = listen(link, 'status')
      const connects = countConnects(link)
      await link.start()
      await connects.reached(1)
      await t.crash()
      await t.restart()
      await connects.reached(2)
      expect(link.connected).toBe(true)
      await using device = await connectDevice(t.broker.url, me)
      await device.publish(status, statusOf(7))
      await heard.until((m) => m.volume === 7)
    })

    test('what is published while the broker is away arrives in order when it is back', async () => {
      await using link = createLink(t.broker)
      const connects = countConnects(link)
      await link.start()
      const away = await connectDevice(t.broker.url, me)
      await t.crash()
      await away.closed
      const sent = ['one', 'two', 'three'].map((text) => link.publish('command', { clusterId: me }, text))
      const planned = link.publish('plan', { clusterId: me }, 'the plan')
      expect(link.stats().queued).toBe(4)
      const plans = listen(link, 'plan')
      const commands = listen(link, 'command')
      await t.restart()
      await Promise.all([...sent, planned, connects.reached(2)])
      expect(link.stats().queued).toBe(0)
      await Promise.all([plans.until((m) => m === 'the plan'), commands.until((m) => m === 'three')])
      expect(commands.all.map(({ message }) => message)).toEqual(['one', 'two', 'three'])
    })

    test('the queue is bounded, but a newer plan may always take the place of one that waits', async () => {
      await using link = createLink(t.broker, { maxQueued: 3 })
      await link.start()
      const away = await connectDevice(t.broker.url, me)
      await t.crash()
      await away.closed
      await expect.poll(() => link.connected).toBe(false)
      const kept = ['clu_a', 'clu_b', 'clu_c'].map((clusterId) => link.publish('plan', { clusterId }, 'old'))
      await expect(link.publish('plan', { clusterId: 'clu_d' }, 'too many')).rejects.toMatchObject({
        code: 'unavailable',
        problems: [{ key: 'mqtt.queueFull' }],
      })
      const newer = link.publish('plan', { clusterId: 'clu_b' }, 'new')
      expect(link.stats()).toMatchObject({ queued: 3, rejected: 1 })
      const plans = listen(link, 'plan')
      await t.restart()
      await Promise.all([...kept, newer])
      await plans.until((m) => m === 'new')
      expect(plans.all.map(({ params, message }) => `${params.clusterId} ${message}`).sort()).toEqual([
        'clu_a old',
        'clu_b new',
        'clu_c old',
      ])
    })

    test('a message too large for its topic is refused at once, naming the sizes', async () => {
      await using link = createLink(t.broker)
      await link.start()
      await expect(link.publish('plan', { clusterId: me }, 'x'.repeat(topics.plan.maxBytes + 1))).rejects.toMatchObject(
        {
          code: 'invalid',
          problems: [{ key: 'mqtt.tooLarge', values: { max: topics.plan.maxBytes } }],
        },
      )
      await link.publish('plan', { clusterId: me }, 'x'.repeat(topics.plan.maxBytes))
    })

    test('bad messages are counted and dropped, and handlers that fail do not stop the next', async () => {
      await using link = createLink(t.broker)
      let failures = 0
      link.on('status', () => {
        failures += 1
        throw new Error('handler throws')
      })
      link.on('status', async () => {
        throw new Error('handler rejects')
      })
      const heard = listen(link, 'status')
      await link.start()
      await using device = await connectDevice(t.broker.url, me)
      const bad = ['', 'not json', '{', 'null', '[]', '{"at":"yesterday"}', Buffer.from([0xff, 0xfe, 0x00])]
      for (const payload of bad) await device.publish(status, payload)
      await device.publish(status, { ...statusOf(5), added: 'by newer firmware' })
      await device.publish(status, statusOf(6))
      await heard.until((m) => m.volume === 6)
      expect(heard.all.map(({ message }) => message.volume)).toEqual([5, 6])
      expect(link.stats()).toMatchObject({ connected: true, received: bad.length + 2, dropped: bad.length })
      expect(failures).toBe(2)
    })

    test('a cluster that stops reading does not hold up another', async () => {
      await t.admit({ clusterId: 'clu_stuck', generation: 1, areaCodes: [] })
      await using link = createLink(t.broker)
      await link.start()
      const stuck = await connectDevice(t.broker.url, 'clu_stuck')
      await stuck.subscribe(topics.plan.path({ clusterId: 'clu_stuck' }))
      stuck.client.stream.unpipe().pause()
      const large = 'x'.repeat(topics.plan.maxBytes)
      for (let i = 0; i < 1_000; i++) await link.publish('plan', { clusterId: 'clu_stuck' }, large)
      await using device = await connectDevice(t.broker.url, me)
      await device.subscribe(plan)
      const startedAt = performance.now()
      await link.publish('plan', { clusterId: me }, 'small')
      await device.until((m) => m.text === 'small')
      expect(performance.now() - startedAt).toBeLessThan(1_000)
      stuck.die()
    })

    test('stopping delivers what was promised, then refuses more', async () => {
      const link = createLink(t.broker)
      await link.start()
      await using device = await connectDevice(t.broker.url, me)
      await device.subscribe(topics.command.path({ clusterId: me }))
      const sent = Array.from({ length: 50 }, (_, i) => link.publish('command', { clusterId: me }, `c${i}`))
      await link[Symbol.asyncDispose]()
      await Promise.all(sent)
      await device.until((m) => m.text === 'c49')
      expect(link.connected).toBe(false)
      await expect(link.publish('command', { clusterId: me }, 'late')).rejects.toMatchObject({
        code: 'unavailable',
        problems: [{ key: 'mqtt.closed' }],
      })
    })

    test('stopping while the broker is away rejects what waits, and does not hang', async () => {
      const link = createLink(t.broker)
      await link.start()
      const away = await connectDevice(t.broker.url, me)
      await t.crash()
      await away.closed
      await expect.poll(() => link.connected).toBe(false)
      const waiting = expect(link.publish('plan', { clusterId: me }, 'x')).rejects.toMatchObject({
        code: 'unavailable',
      })
      await link[Symbol.asyncDispose]()
      await waiting
    })

    test('a start with a wrong password, or without a broker, fails in bounded time', async () => {
      const { url, account } = t.broker
      await using stranger = createLink({ url, account: { ...account, password: 'wrong' } }, { startTimeoutMs: 400 })
      await expect(stranger.start()).rejects.toMatchObject({
        code: 'unavailable',
        problems: [{ key: 'mqtt.noBroker' }],
      })
      await t.crash()
      await using alone = createLink({ url, account }, { startTimeoutMs: 400 })
      await expect(alone.start()).rejects.toMatchObject({ code: 'unavailable', problems: [{ key: 'mqtt.noBroker' }] })
    })

    test('a controller that connects hears the retained presence of thousands', async () => {
      await using link = createLink(t.broker, { maxQueued: 5_000 })
      await link.start()
      const ids = Array.from({ length: 3_000 }, (_, i) => `clu_${i}`)
      await Promise.all(ids.map((clusterId) => link.publish('presence', { clusterId }, { state: 'online', boot: 1 })))
      await using late = createLink(t.broker)
      const known = new Set<string>()
      const all = new Promise<void>((resolve) => {
        late.on('presence', ({ clusterId }) => {
          known.add(clusterId)
          if (known.size === ids.length) resolve()
        })
      })
      await late.start()
      await all
    })
  })
}

/** Resolves when the link has said so often that it is connected. */
function countConnects(link: { onConnect(handler: () => void): void }) {
  let count = 0
  const waiting = new Set<() => void>()
  link.onConnect(() => {
    count += 1
    for (const look of waiting) look()
  })
  return {
    reached: (wanted: number) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (count >= wanted) resolve()
        }
        waiting.add(look)
        look()
      }),
  }
}
