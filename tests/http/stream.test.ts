import { afterAll, beforeAll, expect, test } from 'vitest'
import { transact } from '../../controller/db/transact.ts'
import { FakeClock } from '../support/fake-clock.ts'
import type { Session } from '../support/session.ts'
import { startTestController, type TestController } from '../support/start-controller.ts'

let t: TestController
let clock: FakeClock
let admin: Session
beforeAll(async () => {
  clock = new FakeClock(Date.now())
  t = await startTestController({ overrides: { clock } })
  admin = await t.signIn()
})
afterAll(() => t[Symbol.asyncDispose]())

interface Frame {
  readonly event?: string
  readonly id?: string
  readonly data?: string
  readonly comment?: string
}

/** A browser's end of the stream. */
async function listen(lastEventId?: string) {
  const stop = new AbortController()
  const headers = { cookie: admin.cookie, ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) }
  const response = await fetch(`${t.url}/api/stream`, { headers, signal: stop.signal })
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  const reader = response.body?.getReader()
  const decoder = new TextDecoder()
  let text = ''
  return {
    async next(): Promise<Frame> {
      for (;;) {
        const end = text.indexOf('\n\n')
        if (end >= 0) {
          const block = text.slice(0, end)
          text = text.slice(end + 2)
          return frameOf(block)
        }
        const { value, done } = (await reader?.read()) ?? { done: true, value: undefined }
        if (done) throw new Error('the stream has ended')
        text += decoder.decode(value, { stream: true })
      }
    },
    [Symbol.dispose]: () => stop.abort(),
  }
}

function frameOf(block: string): Frame {
  if (block.startsWith(':')) return { comment: block.slice(1).trim() }
  return Object.fromEntries(
    block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  )
}

const happen = (...refs: string[]) =>
  transact(t.controller.ctx, async (tx) => {
    for (const ref of refs) await tx.event('bulletin.changed', ref)
  })
const refOf = ({ data = '{}' }: Frame): string => JSON.parse(data).ref

test('a reader hears of what happens from then on, in order, as it happens', async () => {
  await happen('bul_before')
  using stream = await listen()
  const hello = await stream.next()
  expect(hello).toMatchObject({ event: 'hello' })
  await happen('bul_a', 'bul_b')
  const [a, b] = [await stream.next(), await stream.next()]
  expect(a).toMatchObject({ event: 'change', id: String(Number(hello.id) + 1) })
  expect([refOf(a), refOf(b)]).toEqual(['bul_a', 'bul_b'])
  expect(JSON.parse(a.data ?? '')).toMatchObject({ kind: 'bulletin.changed', seq: Number(a.id) })
})

test('a reader that comes back gets exactly what it has missed, however many pages', async () => {
  using first = await listen()
  const { id } = await first.next()
  const missed = Array.from({ length: 1_203 }, (_, n) => `bul_${n}`)
  await happen(...missed)
  using back = await listen(id)
  expect(await back.next()).toMatchObject({ event: 'hello', id })
  const heard = []
  for (const _ of missed) heard.push(refOf(await back.next()))
  expect(heard).toEqual(missed)
  await happen('bul_live')
  expect(refOf(await back.next())).toBe('bul_live')
})

test.each(['0', '99999999', '-5'])(
  'a reader whose place is lost (%s) is told to start over, and goes on live',
  async (place) => {
    await t.controller.ctx.db.deleteFrom('event').where('ref', '!=', 'bul_live').execute()
    using stream = await listen(place)
    expect(await stream.next()).toMatchObject({ event: 'reset' })
    expect(await stream.next()).toMatchObject({ event: 'hello' })
    await happen('bul_after')
    expect(refOf(await stream.next())).toBe('bul_after')
  },
)

test('a reader too far behind starts over instead of being fed for minutes', async () => {
  using first = await listen()
  const { id } = await first.next()
  const at = clock.now()
  const rows = Array.from({ length: 5_001 }, (_, n) => ({ kind: 'bulletin.changed', ref: `bul_${n}`, at }))
  for (let i = 0; i < rows.length; i += 1_000)
    await t.controller.ctx.db
      .insertInto('event')
      .values(rows.slice(i, i + 1_000))
      .execute()
  using back = await listen(id)
  expect(await back.next()).toMatchObject({ event: 'reset' })
})

test('a silent stream beats, so that nobody in between thinks it dead', async () => {
  using stream = await listen()
  await stream.next()
  const beat = stream.next()
  await clock.advance(15_000)
  expect(await beat).toEqual({ comment: 'heartbeat' })
})

test('a controller that stops ends its streams at once, so that readers come back to the next', async () => {
  const stopping = await startTestController()
  const reader = await stopping.signIn()
  const response = await fetch(`${stopping.url}/api/stream`, { headers: { cookie: reader.cookie } })
  const startedAt = performance.now()
  const [text] = await Promise.all([response.text(), stopping[Symbol.asyncDispose]()])
  expect(text).toContain('event: hello')
  expect(performance.now() - startedAt).toBeLessThan(3_000)
})
