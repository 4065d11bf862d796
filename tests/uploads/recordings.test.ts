import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Bulletin } from '#protocol/http/bulletins.ts'
import { filesOf } from '#protocol/rules/relay.ts'
import { tickHousekeeping } from '../../controller/ticks.ts'
import { openProvince, type Province, playedStory, takeHand } from '../broadcasts/commune.ts'
import { problemsOf } from '../http/support.ts'
import { ffmpegs, SOUNDS } from '../support/audio.ts'
import { soundMaker } from './sounds.ts'
import { type TusAnswer, tusClient } from './tus.ts'

const [ffmpeg = ''] = ffmpegs.map(({ path }) => path).reverse()
const COMMUNE = '00004'
const DAY = 86_400_000
let p: Province
let folder: string
let make: ReturnType<typeof soundMaker>
let khmer: string
let reading: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loa-recordings-'))
  make = soundMaker(ffmpeg, folder)
  khmer = await make.encode(await make.wav(SOUNDS.syllables, 4), 'mp3')
  reading = await make.encode(await make.wav(SOUNDS.pulses, 6), 'mp3')
  p = await openProvince()
})
afterAll(async () => {
  await p[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

const bulletinOf = async (id: string): Promise<Bulletin> =>
  Bulletin.parse((await p.admin.get(`/api/bulletins/${id}`)).body)
const draft = (set: Record<string, unknown> = {}) => p.bulletin(set, [])
const post = (id: string, what: string) => p.admin.post(`/api/bulletins/${id}/${what}`)

/** Sends a whole file; gives the answer to its last byte. */
async function send(bulletinId: string, language: string, file: string): Promise<TusAnswer> {
  const tus = tusClient(p.controller.url, p.admin)
  const content = await readFile(file)
  const begun = await tus.create(content.length, {
    purpose: 'recording',
    fileName: basename(file),
    bulletinId,
    language,
  })
  if (begun.status !== 201) return begun
  return tus.patch(begun.headers.get('location') ?? '', 0, Uint8Array.from(content))
}

const checked = (id: string) =>
  p.until(async () => {
    const bulletin = await bulletinOf(id)
    const isChecked = bulletin.recordings.every((one) => ![one.state, one.replacement?.state].includes('checking'))
    return isChecked && bulletin
  }, 'recordings to be checked')

async function recorded(id: string, language: string, file: string): Promise<Bulletin> {
  expect((await send(id, language, file)).status).toBe(204)
  return checked(id)
}

test('a recording is shown with who brought it, and airs right after the Vietnamese; ledger and report say the languages', async () => {
  const id = await draft()
  await recorded(id, 'km', khmer)
  const { recordings } = await recorded(id, 'rad', khmer)
  expect(recordings.map(({ language }) => language)).toEqual(['rad', 'km'])
  expect(recordings[1]).toMatchObject({
    state: 'ready',
    fileName: basename(khmer),
    broughtByName: 'Tài khoản account-1',
    recordedFor: 1,
    notes: [],
  })
  const audio = recordings[1]?.audio
  // Chime, lead-in, four seconds, closing.
  expect(audio?.ms).toBeGreaterThan(9_000)
  expect(audio?.loudnessLufs).toBeCloseTo(-16, 0)
  for (const step of ['submit', 'approve']) expect((await post(id, step)).status).toBe(200)

  const hand = await takeHand(await p.enrol(COMMUNE))
  const broadcast = await p.schedule(COMMUNE, id)
  await p.until(() => hand.holds(broadcast.id))
  const items = filesOf((await hand.plan())?.occurrences[0]?.items ?? [])
  const bulletin = await bulletinOf(id)
  expect(items.map(({ sha256 }) => sha256)).toEqual([
    bulletin.rendition.audio?.sha256,
    recordings[0]?.audio?.sha256,
    audio?.sha256,
  ])
  expect(Date.parse(broadcast.endAt) - Date.parse(broadcast.startAt)).toBe(items.reduce((sum, { ms }) => sum + ms, 0))
  expect(broadcast.bulletins).toEqual([{ id, title: 'Bản tin', languages: ['vi', 'rad', 'km'] }])
  await p.jumpTo(Date.parse(broadcast.endAt) + 1_000)
  await hand.journal(playedStory(broadcast))
  const report = await p.until(() => p.source.reports.find(({ report }) => report.broadcastId === broadcast.id))
  expect(report.report.bulletins).toEqual([{ id, title: 'Bản tin', versionNumber: 1, languages: ['vi', 'rad', 'km'] }])
  expect(report.report.clustersPlayed).toBe(1)
  await hand[Symbol.asyncDispose]()
})

test('a Vietnamese reading airs in place of the synthetic voice', async () => {
  const areaCode = '00008'
  const id = await draft()
  const { recordings } = await recorded(id, 'vi', reading)
  for (const step of ['submit', 'approve']) await post(id, step)
  await p.enrol(areaCode)
  const broadcast = await p.schedule(areaCode, id)
  expect(broadcast.bulletins[0]?.languages).toEqual(['vi'])
  expect(Date.parse(broadcast.endAt) - Date.parse(broadcast.startAt)).toBe(recordings[0]?.audio?.ms)
})

test('another recording in the same language takes the place of the first, and one can be taken away', async () => {
  const id = await draft()
  const [first] = (await recorded(id, 'km', khmer)).recordings
  const [second, ...others] = (await recorded(id, 'km', reading)).recordings
  expect(others).toEqual([])
  expect(second?.id).not.toBe(first?.id)
  expect(second?.audio?.ms).toBeGreaterThan(first?.audio?.ms ?? 0)
  const { ctx } = p.controller.controller
  const rows = await ctx.db
    .selectFrom('upload')
    .select('id')
    .where('bulletinId', '=', id as never)
    .execute()
  expect(rows).toEqual([{ id: second?.id }])
  expect((await post(id, 'recordings/km/remove')).body.recordings).toEqual([])
  expect((await post(id, 'recordings/km/remove')).status).toBe(200)
})

test('a good recording stays in use until the one that is to replace it is found good; a refused one changes nothing', async () => {
  const id = await draft()
  const [first] = (await recorded(id, 'km', khmer)).recordings
  const broken = await make.write('no sound at all', 'mp3')
  const [kept, ...others] = (await recorded(id, 'km', broken)).recordings
  expect(others).toEqual([])
  expect(kept).toMatchObject({ id: first?.id, state: 'ready', audio: first?.audio, notes: [] })
  expect(kept?.replacement).toMatchObject({ state: 'refused', notes: [expect.stringContaining('không phải là tệp')] })

  // Another try puts the failed one out of sight.
  const slow = await make.encode(await make.wav(SOUNDS.pulses, 120, 16_000), 'mp3')
  await send(id, 'km', slow)
  const [meanwhile] = (await bulletinOf(id)).recordings
  expect(meanwhile).toMatchObject({ id: first?.id, state: 'ready', replacement: { state: 'checking' } })
  expect(meanwhile?.replacement?.id).not.toBe(kept?.replacement?.id)
  // What is edited meanwhile is not what was read.
  await p.clock.advance(10)
  const { title, script, targets } = await bulletinOf(id)
  const content = { title, class: 'ordinary', script: `${script} Thêm một câu.`, targets }
  expect((await p.admin.put(`/api/bulletins/${id}`, content)).status).toBe(200)
  expect((await post(id, 'submit')).status).toBe(200)
  expect(problemsOf((await post(id, 'approve')).body)).toEqual([' recording.checking'])
  const [second] = (await checked(id)).recordings
  expect(second).toMatchObject({ id: meanwhile?.replacement?.id, state: 'ready', replacement: null, recordedFor: 1 })
  expect((await post(id, 'approve')).status).toBe(200)
})

test('what failed to replace a recording is dropped alone, with the recording, or with the draft', async () => {
  const id = await draft()
  const broken = await make.write('no sound at all', 'mp3')
  const idsOf = async () => {
    const { ctx } = p.controller.controller
    const rows = await ctx.db
      .selectFrom('upload')
      .select('id')
      .where('bulletinId', '=', id as never)
      .execute()
    return rows.map((row) => row.id)
  }
  const [first] = (await recorded(id, 'km', khmer)).recordings
  await recorded(id, 'km', broken)
  expect(await idsOf()).toHaveLength(2)
  expect((await post(id, 'recordings/km/replacement/remove')).body.recordings).toEqual([first])
  expect(await idsOf()).toEqual([first?.id])
  await recorded(id, 'km', broken)
  expect((await post(id, 'recordings/km/remove')).body.recordings).toEqual([])
  expect(await idsOf()).toEqual([])
  for (const file of [khmer, broken]) await recorded(id, 'km', file)
  expect((await post(id, 'delete')).status).toBe(200)
  expect(await idsOf()).toEqual([])
})

test('what is still being checked cannot be approved, and what was refused cannot be handed in', async () => {
  const id = await draft()
  // Long enough to be caught being checked; in simulated time the check itself waits for nothing.
  await send(id, 'km', await make.encode(await make.wav(SOUNDS.syllables, 120, 16_000), 'mp3'))
  expect((await post(id, 'submit')).status).toBe(200)
  const early = await post(id, 'approve')
  expect([early.status, early.body.error.message]).toEqual([
    409,
    'Bản thu “Khmer” còn đang được kiểm tra. Hãy đợi kiểm tra xong rồi duyệt.',
  ])
  await checked(id)
  expect((await post(id, 'approve')).status).toBe(200)

  const broken = await draft()
  const { recordings } = await recorded(broken, 'rad', await make.write('no sound at all', 'mp3'))
  expect(recordings[0]?.notes[0]).toContain('Đây không phải là tệp âm thanh')
  const refused = await post(broken, 'submit')
  expect([refused.status, refused.body.error.message]).toEqual([
    409,
    'Bản thu “Ê Đê” không dùng được. Hãy xóa hoặc thay bản thu đó rồi gửi duyệt.',
  ])
  await post(broken, 'recordings/rad/remove')
  expect((await post(broken, 'submit')).status).toBe(200)
})

test('what has been handed in keeps its recordings: none is added, replaced or taken away until it is returned', async () => {
  const id = await draft()
  await recorded(id, 'km', khmer)
  await post(id, 'submit')
  for (const answer of [await send(id, 'km', reading), await send(id, 'rad', khmer)]) {
    expect([answer.status, problemsOf(answer.body)]).toEqual([409, [' recording.locked']])
  }
  expect((await post(id, 'recordings/km/remove')).status).toBe(409)
  await p.admin.post(`/api/bulletins/${id}/return`, { reason: 'Thu lại giúp.' })
  expect((await recorded(id, 'km', reading)).recordings).toHaveLength(1)
})

test('an upload that ends after the bulletin was handed in is kept, and linked once it is returned', async () => {
  const id = await draft()
  const tus = tusClient(p.controller.url, p.admin)
  const content = await readFile(khmer)
  const fields = { purpose: 'recording', fileName: 'a.mp3', bulletinId: id, language: 'km' }
  const path = (await tus.create(content.length, fields)).headers.get('location') ?? ''
  await tus.patch(path, 0, Uint8Array.from(content.subarray(0, 1_000)))
  await post(id, 'submit')
  const late = await tus.patch(path, 1_000, Uint8Array.from(content.subarray(1_000)))
  expect([late.status, problemsOf(late.body)]).toEqual([409, [' recording.locked']])
  expect((await bulletinOf(id)).recordings).toEqual([])
  await p.admin.post(`/api/bulletins/${id}/return`, { reason: 'Thiếu bản thu.' })
  const head = await tus.head(path)
  expect(head.headers.get('upload-offset')).toBe(String(content.length))
  expect((await checked(id)).recordings.map(({ state }) => state)).toEqual(['ready'])
})

test('a new version carries recordings over, marked with the version they were read for, and may drop them', async () => {
  const id = await draft()
  await recorded(id, 'km', khmer)
  for (const step of ['submit', 'approve']) await post(id, step)
  const { title, script, targets } = await bulletinOf(id)
  const content = { title, class: 'ordinary', script: `${script} Thêm một câu.`, targets }
  await p.admin.put(`/api/bulletins/${id}`, content)
  const edited = await bulletinOf(id)
  expect(edited.versionNumber).toBe(2)
  expect(edited.recordings).toMatchObject([{ language: 'km', state: 'ready', recordedFor: 1 }])
  const [carried] = edited.recordings
  expect((await recorded(id, 'km', reading)).recordings).toMatchObject([{ recordedFor: 2 }])
  expect((await post(id, 'recordings/km/remove')).body.recordings).toEqual([])
  // The approved version still has its own.
  const audio = await fetch(`${p.controller.url}${carried?.audio?.url}`, { method: 'HEAD' })
  expect(audio.status).toBe(200)
  const { ctx } = p.controller.controller
  expect(
    await ctx.db
      .selectFrom('upload')
      .select('id')
      .where('id', '=', carried?.id ?? ('' as never))
      .execute(),
  ).toHaveLength(1)
})

test('the sound of a recording that was replaced is counted as unused, then removed with its file; the new one stays', async () => {
  const id = await draft()
  const [first] = (await recorded(id, 'km', await make.encode(await make.wav(SOUNDS.noise, 3), 'mp3'))).recordings
  const [second] = (await recorded(id, 'km', await make.encode(await make.wav(SOUNDS.uneven, 3), 'mp3'))).recordings
  const { ctx } = p.controller.controller
  const statusOf = async (url: string | undefined) =>
    (await fetch(`${p.controller.url}${url}`, { method: 'HEAD' })).status
  const unused = async () =>
    /loa_audio_files\{origin="recording",used="false"\} (\d+)/.exec(
      await (await fetch(`${p.controller.url}/metrics`)).text(),
    )?.[1]
  expect(await unused()).toBeUndefined()
  await tickHousekeeping(ctx)
  expect(Number(await unused())).toBeGreaterThanOrEqual(1)
  await p.jumpTo(p.clock.now() + 29 * DAY)
  await tickHousekeeping(ctx)
  expect(await statusOf(first?.audio?.url)).toBe(200)
  await p.jumpTo(p.clock.now() + 2 * DAY)
  await tickHousekeeping(ctx)
  expect([await statusOf(first?.audio?.url), await statusOf(second?.audio?.url)]).toEqual([404, 200])
  expect((await bulletinOf(id)).recordings[0]?.audio?.sha256).toBe(second?.audio?.sha256)
}, 60_000)
