import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { OPERATOR } from '../../controller/accounts/actor.ts'
import { createAuth } from '../../controller/accounts/auth.ts'
import { disableAccount, signOutAccount } from '../../controller/accounts/end-access.ts'
import { createBus } from '../../controller/bus.ts'
import { openDatabase } from '../../controller/db/open.ts'
import { transact } from '../../controller/db/transact.ts'
import { FakeClock } from '../support/fake-clock.ts'
import type { Session } from '../support/session.ts'
import { startTestController, type TestController } from '../support/start-controller.ts'
import { bulletinInput, COMMUNE, created, ELSEWHERE, PROVINCE, SISTER } from './support.ts'

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
async function listen(lastEventId?: string, who = admin) {
  const stop = new AbortController()
  const headers = { cookie: who.cookie, ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) }
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
  return Object.fromEntries(
    block
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf(':')) || 'comment', line.slice(line.indexOf(':') + 1).trim()]),
  )
}

const happen = (...refs: string[]) =>
  transact(t.controller.ctx, async (tx) => {
    for (const ref of refs) await tx.event('bulletin.changed', ref)
  })
const beatAt = (seq: number): Frame => ({ comment: 'heartbeat', id: String(seq) })
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
  const { id } = await stream.next()
  const beat = stream.next()
  await clock.advance(15_000)
  expect(await beat).toEqual(beatAt(Number(id)))
})

test('a stream beats and goes on while others are told of something every few seconds', async () => {
  using stream = await listen()
  await stream.next()
  const heard: Frame[] = []
  for (let second = 0; second < 20; second += 5) {
    await happen(`bul_${second}`)
    heard.push(await stream.next())
    await clock.advance(5_000)
  }
  expect(heard.map(({ comment }) => comment)).toEqual([undefined, undefined, undefined, 'heartbeat'])
})

test('a stream ends at once with its session, whichever way that ends, and no other stream does', async () => {
  const leaver = await t.signIn()
  using left = await listen(undefined, leaver)
  using stays = await listen()
  await Promise.all([left.next(), stays.next()])
  await leaver.post('/api/auth/sign-out', {})
  await expect(left.next()).rejects.toThrow('the stream has ended')

  const changer = await t.signIn()
  using before = await listen(undefined, changer)
  await before.next()
  const change = { currentPassword: 'mat-khau-thu-nghiem', newPassword: 'mat-khau-moi-hon' }
  expect((await changer.post('/api/auth/change-password', change)).status).toBe(200)
  await expect(before.next()).rejects.toThrow('the stream has ended')

  await happen('bul_still')
  expect(refOf(await stays.next())).toBe('bul_still')
})

test.each([
  ['signed out', signOutAccount],
  ['disabled', disableAccount],
])('a stream ends within a beat when its account is %s by a command beside the controller', async (_, act) => {
  const who = await t.signIn()
  using stream = await listen(undefined, who)
  const { id } = await stream.next()
  await clock.advance(15_000)
  expect(await stream.next()).toEqual(beatAt(Number(id)))
  await besideController(act, (await who.get('/api/me')).body.username)
  await happen('bul_meanwhile')
  await clock.advance(15_000)
  await expect(stream.next().then(() => stream.next())).rejects.toThrow('the stream has ended')
})

/** What a command does: in the same database, but without a word to this process. */
async function besideController(act: typeof signOutAccount, username: string): Promise<void> {
  const { log, publicUrl } = t.controller.ctx
  const database = openDatabase({ kind: 'sqlite', file: join(t.dataDir, 'loa.db') })
  const auth = createAuth(database, { secret: 'of the command’s own', publicUrl, log, bus: createBus(log) })
  await act({ db: database.db, auth }, { actor: OPERATOR, username })
  await database.db.destroy()
}

test('a stream ends within a beat of the end of its session’s time', async () => {
  const who = await t.signIn()
  using stream = await listen(undefined, who)
  await stream.next()
  const now = clock.now()
  await clock.set(now + 8 * 86_400_000)
  await clock.advance(15_000)
  await expect(stream.next()).rejects.toThrow('the stream has ended')
  await clock.set(now)
})

test('each hears of what concerns their areas, and of nothing else', async () => {
  const [own, other, above, foreign] = await Promise.all([
    t.signIn('leader', [COMMUNE]),
    t.signIn('officer', [SISTER]),
    t.signIn('province', [PROVINCE]),
    t.signIn('leader', [ELSEWHERE]),
  ])
  const listeners = { own, other, above, foreign, admin }
  const streams = await Promise.all(Object.values(listeners).map((who) => listen(undefined, who)))
  for (const stream of streams) await stream.next()
  const rules = { quietHours: null, limits: { sessionsPerDay: 4 }, holidays: [], revision: 0 }
  const cluster = async (areaCode: string) =>
    (await admin.post('/api/clusters', { name: 'Cụm', areaCode })).body.cluster.id as string
  const ofOwn = await cluster(COMMUNE)
  const ofOther = await cluster(SISTER)
  expect((await above.put(`/api/rules/${PROVINCE}`, rules)).status).toBe(200)
  expect((await own.put(`/api/rules/${COMMUNE}`, rules)).status).toBe(200)
  const shared = await created(above.post('/api/bulletins', bulletinInput({ targets: [PROVINCE] })))
  const local = await created(other.post('/api/bulletins', bulletinInput({ targets: [SISTER] })))
  expect((await above.put(`/api/bulletins/${local}`, bulletinInput({ targets: [COMMUNE] }))).status).toBe(200)
  await happen('for-all')

  const heard = await Promise.all(
    streams.map(async (stream) => {
      const refs = new Set<string>()
      for (let ref = ''; ref !== 'for-all'; refs.add(ref)) ref = refOf(await stream.next())
      stream[Symbol.dispose]()
      const names = Object.entries({ ofOwn, ofOther, PROVINCE, COMMUNE, shared, local })
      return names.flatMap(([name, ref]) => (refs.has(ref) ? [name] : []))
    }),
  )
  const all = ['ofOwn', 'ofOther', 'PROVINCE', 'COMMUNE', 'shared', 'local']
  expect(Object.fromEntries(Object.keys(listeners).map((name, i) => [name, heard[i]]))).toEqual({
    own: ['ofOwn', 'PROVINCE', 'COMMUNE', 'shared', 'local'],
    other: ['ofOther', 'PROVINCE', 'shared', 'local'],
    above: all,
    foreign: [],
    admin: all,
  })
})

test('a reader whom nothing concerns keeps up with the log all the same', async () => {
  const foreign = await t.signIn('officer', [ELSEWHERE])
  using stream = await listen(undefined, foreign)
  const { id } = await stream.next()
  await transact(t.controller.ctx, (tx) => tx.event('station.changed', COMMUNE, SISTER))
  await clock.advance(30_000)
  expect(await stream.next()).toEqual(beatAt(Number(id)))
  const later = await stream.next()
  expect(later.comment).toBe('heartbeat')
  expect(Number(later.id)).toBeGreaterThanOrEqual(Number(id) + 2)
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
