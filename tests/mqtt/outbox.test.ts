import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createOutbox, type OutboxLimits, type Outgoing } from '../../controller/mqtt/outbox.ts'

const limits: OutboxLimits = { maxMessages: 5, maxBytes: 1_000, window: 2, maxAttempts: 3 }
const message = (payload: string, retain = false): Outgoing => ({ topic: 'a', payload, qos: 1, retain })

/** A connection that acknowledges when told, in order. */
function connection() {
  const sent: string[] = []
  const waiting: (() => void)[] = []
  return {
    sent,
    send: ({ payload }: Outgoing, done: () => void) => {
      sent.push(payload)
      waiting.push(done)
    },
    acknowledge: () => waiting.shift()?.(),
  }
}

describe('the outbox', () => {
  test('keeps no more under way than its window, and order', async () => {
    const box = createOutbox(limits)
    const line = connection()
    box.attach(line.send)
    const added = ['1', '2', '3', '4'].map((text) => box.add(message(text)))
    expect(line.sent).toEqual(['1', '2'])
    line.acknowledge()
    expect(line.sent).toEqual(['1', '2', '3'])
    for (let i = 0; i < 3; i++) line.acknowledge()
    await Promise.all(added)
    expect(line.sent).toEqual(['1', '2', '3', '4'])
    expect(box.size).toBe(0)
  })

  test('sends again, in order, what a lost connection left unacknowledged, and ignores its late answers', async () => {
    const box = createOutbox(limits)
    const first = connection()
    box.attach(first.send)
    const added = ['1', '2', '3'].map((text) => box.add(message(text)))
    box.detach()
    first.acknowledge()
    expect(box.size).toBe(3)
    const second = connection()
    box.attach(second.send)
    for (let i = 0; i < 3; i++) second.acknowledge()
    await Promise.all(added)
    expect(second.sent).toEqual(['1', '2', '3'])
  })

  test('gives a message up that was under way in too many lost connections, and goes on with the rest', async () => {
    const box = createOutbox({ ...limits, window: 1 })
    const poison = box.add(message('poison'))
    const fine = box.add(message('fine'))
    const given = expect(poison).rejects.toMatchObject({
      code: 'unavailable',
      problems: [{ key: 'mqtt.notDelivered' }],
    })
    for (let i = 0; i < limits.maxAttempts; i++) {
      box.attach(() => {})
      box.detach()
    }
    await given
    const line = connection()
    box.attach(line.send)
    line.acknowledge()
    await fine
    expect(line.sent).toEqual(['fine'])
  })

  test('is bounded in bytes as well as in messages', async () => {
    const box = createOutbox(limits)
    void box.add(message('x'.repeat(900))).catch(() => {})
    await expect(box.add(message('x'.repeat(101)))).rejects.toMatchObject({ code: 'unavailable' })
    void box.add(message('x'.repeat(100))).catch(() => {})
    expect(box.size).toBe(2)
  })

  test('whatever happens: never over its bounds, every promise settles once, and the newest state goes out last', async () => {
    const step = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({
          do: fc.constant('add' as const),
          topic: fc.constantFrom('a', 'b'),
          retain: fc.boolean(),
        }),
      },
      { weight: 2, arbitrary: fc.constant({ do: 'acknowledge' as const }) },
      { weight: 1, arbitrary: fc.constantFrom({ do: 'attach' as const }, { do: 'detach' as const }) },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const box = createOutbox({ ...limits, maxAttempts: 1_000 })
        const added: { message: Outgoing; isKept: Promise<boolean> }[] = []
        const delivered: Outgoing[] = []
        let waiting: { message: Outgoing; done: () => void }[] = []
        const lose = () => {
          waiting = []
          box.detach()
        }
        const attach = () => {
          lose()
          box.attach((sent, done) => waiting.push({ message: sent, done }))
        }
        const acknowledge = () => {
          const next = waiting.shift()
          if (next) delivered.push(next.message)
          next?.done()
        }
        const add = (topic: string, retain: boolean) => {
          const next: Outgoing = { topic, payload: `${added.length}`, qos: 1, retain }
          const kept = box.add(next).then(
            () => true,
            () => false,
          )
          added.push({ message: next, isKept: kept })
        }
        for (const s of steps) {
          if (s.do === 'attach') attach()
          else if (s.do === 'detach') lose()
          else if (s.do === 'acknowledge') acknowledge()
          else add(s.topic, s.retain)
          expect(box.size).toBeLessThanOrEqual(limits.maxMessages)
          expect(waiting.length).toBeLessThanOrEqual(limits.window)
        }
        attach()
        while (box.size > 0) acknowledge()
        await box.drained()
        const newest = new Map<string, string>()
        for (const { message: m, isKept } of added) if (m.retain && (await isKept)) newest.set(m.topic, m.payload)
        for (const [topic, payload] of newest)
          expect(delivered.filter((m) => m.topic === topic && m.retain).at(-1)?.payload).toBe(payload)
        for (const { message: m, isKept } of added) if (!m.retain && (await isKept)) expect(delivered).toContain(m)
      }),
      { numRuns: 200 },
    )
  })
})
