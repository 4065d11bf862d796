import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Broadcast } from '#protocol/http/broadcasts.ts'
import type { Asset } from '#protocol/http/uploads.ts'
import { filesOf } from '#protocol/rules/relay.ts'
import { topics } from '#protocol/topics.ts'
import { problemsOf } from '../http/support.ts'
import { sound, tempDir, writeWav } from '../support/audio.ts'
import { tusClient } from '../uploads/tus.ts'
import { openProvince, type Province, playedStory, takeHand } from './commune.ts'

const [COMMUNE, ELSEWHERE, THIRD, FOURTH] = ['00004', '00008', '00070', '00025']
const FRAME = [{ kind: 'chime', sound: 'built-in' }, { kind: 'inbox' }, { kind: 'closing', sound: 'built-in' }]
let p: Province
beforeAll(async () => {
  p = await openProvince()
})
afterAll(() => p[Symbol.asyncDispose]())

async function bringChime(areaCode: string): Promise<Asset> {
  await using dir = await tempDir()
  const samples = sound((t) => 0.3 * Math.sin(2 * Math.PI * 900 * t), 2, 48_000)
  const content = await readFile(await writeWav(join(dir.path, 'chime.wav'), samples, 48_000))
  const tus = tusClient(p.controller.url, p.admin)
  const about = { purpose: 'chime', fileName: 'nhac-hieu.wav', areaCode, licenceNote: 'Đài tự làm' }
  const path = (await tus.create(content.length, about)).headers.get('location') ?? ''
  await tus.patch(path, 0, Uint8Array.from(content))
  return p.until(async () => {
    const [newest]: Asset[] = (await p.admin.get(`/api/assets?areaCode=${areaCode}`)).body.items
    return newest?.state === 'ready' && path.endsWith(newest.id) && newest
  }, 'the chime to be checked')
}

/** A daily programme in ten minutes with this rundown. */
const programmeOf = (rundown: unknown[], areaCode = COMMUNE) => {
  const local = new Date(p.clock.now() + (7 * 60 + 10) * 60_000).toISOString()
  return {
    name: 'Bản tin sáng',
    areaCode,
    startsOn: local.slice(0, 10),
    startTime: local.slice(11, 19),
    targets: { areas: [areaCode] },
    rundown,
  }
}

test('a session with chimes: made once, between them bulletins without their own, in each cluster’s codec, and reported as what was said', async () => {
  const [mp3, thrifty] = [await p.enrol(COMMUNE), await p.enrol(COMMUNE)]
  await using hand = await takeHand(mp3)
  await using other = await takeHand(thrifty)
  await other.device.publish(topics.status.path({ clusterId: thrifty.clusterId }), {
    at: p.clock.now(),
    planVersion: 0,
    upcoming: [],
    clock: { offsetMs: 0, synchronised: true },
    volume: 80,
    firmware: 'test 1',
    codecs: ['mp3', 'opus'],
  })
  const own = await bringChime(COMMUNE)
  const [one, two] = [await p.bulletin({ title: 'Một' }), await p.bulletin({ title: 'Hai' })]
  const rundown = [
    { kind: 'chime', sound: 'built-in' },
    { kind: 'bulletin', bulletinId: one },
    { kind: 'bulletin', bulletinId: two },
    { kind: 'closing', sound: own.id },
  ]
  const { id } = await p.schedule(COMMUNE, one, { rundown })
  const broadcast: Broadcast = await p.until(async () => {
    const now = await p.broadcast(id)
    return now.rundown.length === 4 && now.rundown[1]?.ms !== undefined && now.rundown[1].ms < 4_000 && now
  }, 'chimes and cut bulletins')
  expect(broadcast.rundown.map(({ kind, title }) => [kind, title])).toEqual([
    ['chime', null],
    ['bulletin', 'Một'],
    ['bulletin', 'Hai'],
    ['closing', 'nhac-hieu.wav'],
  ])
  expect(broadcast.bulletins.map(({ title }) => title)).toEqual(['Một', 'Hai'])

  const whole = (await p.admin.get(`/api/bulletins/${one}`)).body.rendition.audio
  const items = await p.until(async () => {
    const planned = (await hand.plan())?.occurrences.find((occurrence) => occurrence.id === id)?.items ?? []
    const files = filesOf(planned)
    return files.length === 4 && files[1]?.sha256 !== whole.sha256 && files
  }, 'all of it in the plan')
  expect(whole.ms - (items[1]?.ms ?? 0)).toBeGreaterThan(4_500)
  expect(items[3]?.sha256).toBe(own.audio?.sha256)
  for (const item of items) {
    const answer = await fetch(new URL(item.url, p.controller.url))
    expect((await answer.arrayBuffer()).byteLength).toBe(item.bytes)
  }
  await p.until(async () => {
    const found = (await other.plan())?.occurrences.find((occurrence) => occurrence.id === id)?.items
    return found?.map(({ codec }) => codec).join() === 'opus,opus,opus,opus'
  }, 'all of it in opus')

  await p.jumpTo(Date.parse(broadcast.endAt))
  await hand.journal(playedStory(broadcast))
  await other.journal(playedStory(broadcast))
  const { report } = await p.until(
    () => p.source.reports.find((stored) => stored.report.broadcastId === id),
    'the report',
  )
  expect(report.bulletins.map(({ title }) => title)).toEqual(['Một', 'Hai'])
  expect(report.clustersPlayed).toBe(2)
}, 120_000)

test('a chime of another station, of nobody, or in the wrong place is refused at save, by name', async () => {
  for (const areaCode of [ELSEWHERE, THIRD]) await p.enrol(areaCode)
  const foreign = await bringChime(ELSEWHERE)
  const refused = async (rundown: unknown[]) => {
    const { status, body } = await p.admin.post('/api/programmes', programmeOf(rundown, THIRD))
    expect(status).toBe(422)
    return problemsOf(body)
  }
  const [chime, inbox, closing] = FRAME
  expect(await refused([{ kind: 'chime', sound: foreign.id }, inbox, closing])).toEqual([
    'rundown.0.sound station.chime',
  ])
  expect(await refused([inbox, { kind: 'closing', sound: 'upl_00000000000000000000000000' }])).toEqual([
    'rundown.1.sound station.chime',
  ])
  expect(await refused([inbox, chime])).toEqual(['rundown.1 programme.chimeNotFirst'])
  expect(await refused([chime, closing, inbox])).toEqual(['rundown.1 programme.closingNotLast'])
}, 60_000)

test('a chime that a programme begins with cannot be removed from the library until the programme has ended', async () => {
  await p.enrol(THIRD)
  const own = await bringChime(THIRD)
  const { body: programme } = await p.admin.post(
    '/api/programmes',
    programmeOf([{ kind: 'chime', sound: own.id }, { kind: 'inbox' }], THIRD),
  )
  const remove = () => p.admin.post(`/api/assets/${own.id}/remove`)
  const inUse = await remove()
  expect([inUse.status, problemsOf(inUse.body)]).toEqual([409, [' asset.inUse']])
  expect((await p.admin.post(`/api/programmes/${programme.id}/end`)).status).toBe(200)
  expect((await remove()).status).toBe(200)
}, 60_000)

test('where a session is called off because its last bulletin was withdrawn, its chimes are not left to sound alone', async () => {
  await p.enrol(FOURTH)
  const one = await p.bulletin({ title: 'Một' })
  const [chime, , closing] = FRAME
  const { id } = await p.schedule(FOURTH, one, { rundown: [chime, { kind: 'bulletin', bulletinId: one }, closing] })
  const uses = await p.until(async () => {
    const { body } = await p.admin.get(`/api/bulletins/${one}/uses`)
    return body.sessions.total > 0 && body
  })
  expect(uses.sessions.emptied).toBe(1)
  expect((await p.admin.post(`/api/bulletins/${one}/withdraw`, { reason: 'Sai' })).status).toBe(200)
  await p.until(async () => (await p.broadcast(id)).status === 'cancelled', 'the session to be called off')
  expect((await p.broadcast(id)).cancelledBy).toBe('withdrawal')
}, 60_000)
