import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Asset } from '#protocol/http/uploads.ts'
import { openProvince, type Province } from '../broadcasts/commune.ts'
import { problemsOf } from '../http/support.ts'
import { ffmpegs, measureByFfmpeg, sound, tempDir, writeWav } from '../support/audio.ts'
import { tusClient } from './tus.ts'

const [ffmpeg = ''] = ffmpegs.map(({ path }) => path).reverse()
const [COMMUNE, ELSEWHERE] = ['00004', '00008']
/** Far above the built-in chimes and the voice of these tests. */
const CHIME_HZ = 6_000
const BED_HZ = 4_000
let p: Province
let dir: Awaited<ReturnType<typeof tempDir>>

beforeAll(async () => {
  dir = await tempDir()
  p = await openProvince()
})
afterAll(async () => {
  await p[Symbol.asyncDispose]()
  await dir[Symbol.asyncDispose]()
})

const tone = (hz: number, seconds: number) => sound((t) => 0.3 * Math.sin(2 * Math.PI * hz * t), seconds, 48_000)

async function bring(purpose: 'chime' | 'bed', samples: Float32Array, areaCode = COMMUNE): Promise<Asset> {
  const content = await readFile(await writeWav(join(dir.path, `${purpose}.wav`), samples, 48_000))
  const tus = tusClient(p.controller.url, p.admin)
  const fields = { purpose, fileName: `${purpose}.wav`, areaCode, licenceNote: 'Đài tự làm' }
  const begun = await tus.create(content.length, fields)
  const path = begun.headers.get('location') ?? ''
  expect((await tus.patch(path, 0, Uint8Array.from(content))).status).toBe(204)
  return p.until(async () => {
    const { items } = (await p.admin.get(`/api/assets?areaCode=${areaCode}`)).body
    const [newest]: Asset[] = items
    return newest?.state !== 'checking' && path.endsWith(newest?.id ?? '?') && newest
  }, 'the sound to be checked')
}

async function setMusic(areaCode: string, music: Record<string, unknown>) {
  const { body: station } = await p.admin.get(`/api/stations/${areaCode}`)
  return p.admin.put(`/api/stations/${areaCode}`, { ...station, music })
}

/** The loudness of one pitch at the beginning of a bulletin, and through all of it. */
async function heardIn(id: string, hz: number): Promise<{ first: number; all: number }> {
  const { audio } = (await p.admin.get(`/api/bulletins/${id}`)).body.rendition
  const file = join(p.controller.dataDir, 'media', audio.sha256.slice(0, 2), `${audio.sha256}.mp3`)
  const only = `highpass=f=${hz - 300}:p=2,highpass=f=${hz - 300}:p=2,lowpass=f=${hz + 300}:p=2`
  const lufs = async (...filters: string[]) => (await measureByFfmpeg(ffmpeg, file, filters)).lufs
  return { first: await lufs('atrim=0:2', only), all: await lufs(only) }
}

test('a bulletin for one commune has the chimes and the music of its station, one for several has the built-in chimes', async () => {
  for (const areaCode of [COMMUNE, ELSEWHERE]) await p.enrol(areaCode)
  const chime = await bring('chime', tone(CHIME_HZ, 2))
  const bed = await bring('bed', tone(BED_HZ, 10))
  expect([chime.state, bed.state]).toEqual(['ready', 'ready'])
  const before = await p.bulletin({ targets: [COMMUNE] }, [])
  const music = { opening: chime.id, closing: 'none', bed: bed.id }
  expect(await setMusic(COMMUNE, music)).toMatchObject({ status: 200, body: { music } })
  expect((await p.admin.get(`/api/stations/${COMMUNE}`)).body.music).toEqual(music)

  const own = await p.bulletin({ targets: [COMMUNE] }, [])
  const shared = await p.bulletin({ targets: [COMMUNE, ELSEWHERE] }, [])
  expect((await heardIn(own, CHIME_HZ)).first).toBeGreaterThan(-30)
  expect((await heardIn(own, BED_HZ)).all).toBeGreaterThan(-40)
  for (const id of [before, shared]) {
    expect((await heardIn(id, CHIME_HZ)).first).toBeLessThan(-45)
    expect((await heardIn(id, BED_HZ)).all).toBeLessThan(-45)
  }

  expect((await p.admin.post(`/api/bulletins/${before}/produce`)).status).toBe(200)
  await p.until(async () => (await p.admin.get(`/api/bulletins/${before}`)).body.rendition.step === 'ready')
  expect((await heardIn(before, CHIME_HZ)).first).toBeGreaterThan(-30)
}, 120_000)

test('a station cannot choose what another one has brought, what was refused, or music for a chime', async () => {
  const foreign = await bring('chime', tone(CHIME_HZ, 2), ELSEWHERE)
  const silent = await bring(
    'chime',
    sound(() => 0, 2, 48_000),
  )
  const bed = await bring('bed', tone(BED_HZ, 5))
  expect(silent.state).toBe('refused')
  const unknown = 'upl_00000000000000000000000000'
  for (const id of [foreign.id, silent.id, bed.id]) {
    const answer = await setMusic(COMMUNE, { opening: 'built-in', closing: id, bed: null })
    expect(answer.status).toBe(422)
    expect(problemsOf(answer.body)).toEqual(['music.closing station.chime'])
  }
  const answer = await setMusic(COMMUNE, { opening: 'none', closing: 'none', bed: foreign.id })
  expect(problemsOf(answer.body)).toEqual(['music.bed station.bed'])
  expect((await setMusic(COMMUNE, { opening: unknown, closing: 'none', bed: null })).status).not.toBe(200)
}, 60_000)

test('what a station has chosen cannot be removed from its library; what nobody uses can, by those who set the station up', async () => {
  const chime = await bring('chime', tone(CHIME_HZ, 2))
  await setMusic(COMMUNE, { opening: chime.id, closing: 'built-in', bed: null })
  const remove = (by = p.admin) => by.post(`/api/assets/${chime.id}/remove`)
  const inUse = await remove()
  expect([inUse.status, problemsOf(inUse.body)]).toEqual([409, [' asset.inUse']])
  await setMusic(COMMUNE, { opening: 'built-in', closing: 'built-in', bed: null })
  expect((await remove(await p.controller.signIn('officer', [COMMUNE]))).status).toBe(403)
  expect((await remove(await p.controller.signIn('province', ['96']))).status).toBe(403)
  const removed = await remove()
  expect(removed.status).toBe(200)
  expect(removed.body.items.map(({ id }: Asset) => id)).not.toContain(chime.id)
  expect((await remove()).status).toBe(404)
}, 60_000)
