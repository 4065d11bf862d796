import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Bulletin } from '#protocol/http/bulletins.ts'
import { examine } from '../../controller/audio/examine.ts'
import { createFfmpeg } from '../../controller/audio/ffmpeg.ts'
import { expireUploads } from '../../controller/uploads/expire.ts'
import { openProvince, type Province } from '../broadcasts/commune.ts'
import { problemsOf } from '../http/support.ts'
import { FRESH, ffmpegs, SOUNDS } from '../support/audio.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { soundMaker } from './sounds.ts'
import { tusClient } from './tus.ts'

const [ffmpeg = ''] = ffmpegs.map(({ path }) => path).reverse()
let p: Province
let folder: string
let khmer: string

/** What ffmpeg does instead of its work, as long as a file says so; the other programs of a machine are well meanwhile. */
const FAULTS = {
  missing: 'exit 127',
  killed: 'kill -9 $$',
  full: 'echo "av_interleaved_write_frame(): No space left on device" >&2; exit 1',
} as const
const setFault = (fault: keyof typeof FAULTS | '') => writeFile(join(folder, 'fault'), fault)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loa-faults-'))
  const make = soundMaker(ffmpeg, folder)
  khmer = await make.encode(await make.wav(SOUNDS.syllables, 3, 16_000), 'mp3')
  const program = join(folder, 'ffmpeg')
  const cases = Object.entries(FAULTS).map(([fault, does]) => `${fault}) ${does} ;;`)
  const script = ['#!/bin/sh', `case "$(cat ${folder}/fault)" in`, ...cases, 'esac', `exec ${ffmpeg} "$@"`]
  await writeFile(program, `${script.join('\n')}\n`, { mode: 0o755 })
  await setFault('')
  p = await openProvince({ env: { LOA_FFMPEG_PATH: program } })
})
afterAll(async () => {
  await p[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

const bulletinOf = async (id: string): Promise<Bulletin> =>
  Bulletin.parse((await p.admin.get(`/api/bulletins/${id}`)).body)
const post = (id: string, what: string) => p.admin.post(`/api/bulletins/${id}/${what}`)
const checked = (id: string) =>
  p.until(async () => {
    const bulletin = await bulletinOf(id)
    return bulletin.recordings.every(({ state }) => state !== 'checking') && bulletin
  }, 'the recording to be checked')

async function send(bulletinId: string): Promise<void> {
  const tus = tusClient(p.controller.url, p.admin)
  const content = await readFile(khmer)
  const fields = { purpose: 'recording', fileName: basename(khmer), bulletinId, language: 'km' }
  const path = (await tus.create(content.length, fields)).headers.get('location') ?? ''
  expect((await tus.patch(path, 0, Uint8Array.from(content))).status).toBe(204)
}
const kept = () => readdir(join(p.dataDir, 'uploads'))
const isGone = async () => (await kept()).length === 0

test.each<[keyof typeof FAULTS, string]>([
  ['missing', 'Chương trình xử lý âm thanh (ffmpeg) trên máy chủ bị thiếu hoặc hỏng nên chưa kiểm tra được'],
  ['killed', 'Chương trình xử lý âm thanh (ffmpeg) trên máy chủ bị thiếu hoặc hỏng nên chưa kiểm tra được'],
  ['full', 'Ổ đĩa của máy chủ đã đầy nên chưa kiểm tra được'],
])(
  'a fault of the server (%s) costs nobody the file: it is told as such, and checked again when asked',
  async (fault, words) => {
    const id = await p.bulletin({}, [])
    await setFault(fault)
    await send(id)
    const [stopped] = (await checked(id)).recordings
    expect(stopped).toMatchObject({ state: 'unchecked', audio: null, notes: [expect.stringContaining(words)] })
    expect(await kept()).toEqual([stopped?.id])
    const refused = await post(id, 'submit')
    expect([refused.status, problemsOf(refused.body)]).toEqual([409, [' recording.unchecked.submit']])
    await setFault('')
    expect((await post(id, 'recordings/km/check')).body.recordings).toMatchObject([{ state: 'checking', notes: [] }])
    expect((await checked(id)).recordings).toMatchObject([{ id: stopped?.id, state: 'ready' }])
    await p.until(isGone, 'the file to go')
    expect(problemsOf((await post(id, 'recordings/km/check')).body)).toEqual([' upload.cannotRecheck'])
  },
)

test('a fault that passes by itself is never shown', async () => {
  const id = await p.bulletin({}, [])
  await setFault('missing')
  await send(id)
  const { ctx } = p.controller.controller
  await p.until(async () => {
    const { attempts } = await ctx.db
      .selectFrom('job')
      .select('attempts')
      .where('kind', '=', 'ingest')
      .orderBy('createdAt', 'desc')
      .executeTakeFirstOrThrow()
    return attempts > 0
  })
  await setFault('')
  expect((await checked(id)).recordings).toMatchObject([{ state: 'ready', notes: [] }])
})

test('a file that nobody has checked again is let go after a week, and one that is gone is told as lost', async () => {
  const [lost, old] = [await p.bulletin({}, []), await p.bulletin({}, [])]
  await setFault('missing')
  for (const id of [lost, old]) {
    await send(id)
    expect((await checked(id)).recordings[0]?.state).toBe('unchecked')
  }
  await setFault('')
  await rm(join(p.dataDir, 'uploads', (await bulletinOf(lost)).recordings[0]?.id ?? ''))
  await post(lost, 'recordings/km/check')
  expect((await checked(lost)).recordings).toMatchObject([
    { state: 'refused', notes: ['Tệp đã tải lên bị mất trên máy chủ. Hãy tải lên lại.'] },
  ])
  const day = 86_400_000
  await p.jumpTo(p.clock.now() + 7 * day - 60_000)
  await expireUploads(p.controller.controller.ctx)
  expect((await bulletinOf(old)).recordings[0]?.state).toBe('unchecked')
  expect(await kept()).toHaveLength(1)
  await p.jumpTo(p.clock.now() + 120_000)
  await expireUploads(p.controller.controller.ctx)
  expect((await bulletinOf(old)).recordings).toMatchObject([
    {
      state: 'refused',
      notes: ['Máy chủ không kiểm tra được tệp này và đã bỏ tệp sau 7 ngày. Hãy tải lên lại.'],
    },
  ])
  await p.until(isGone, 'the file to go')
})

test('a chime that the server could not check is checked again from the library', async () => {
  const tus = tusClient(p.controller.url, p.admin)
  const content = await readFile(khmer)
  const fields = { purpose: 'chime', fileName: 'a.mp3', areaCode: '00004', licenceNote: 'Đài tự thu' }
  await setFault('missing')
  const path = (await tus.create(content.length, fields)).headers.get('location') ?? ''
  await tus.patch(path, 0, Uint8Array.from(content))
  const settled = () =>
    p.until(async () => {
      const [asset] = (await p.admin.get('/api/assets?areaCode=00004')).body.items
      return asset.state !== 'checking' && asset
    })
  const { id, state } = await settled()
  expect(state).toBe('unchecked')
  const stranger = await p.controller.signIn('province', ['04'])
  expect((await stranger.post(`/api/assets/${id}/check`)).status).toBe(403)
  await setFault('')
  expect((await p.admin.post(`/api/assets/${id}/check`)).status).toBe(200)
  expect(await settled()).toMatchObject({ id, state: 'ready' })
})

test('a program that hangs is stopped after as long as the size of the file warrants, and is not called a broken file', async () => {
  const path = join(folder, 'hangs')
  await writeFile(path, '#!/bin/sh\nexec sleep 600\n', { mode: 0o755 })
  const clock = new FakeClock(0)
  const hangs = createFfmpeg({ path, version: 'fake', encoders: new Set() }, { clock })
  const strange = { file: khmer, format: { name: 'mp3', skipBytes: 0 }, maxMs: 30_000 } as const
  const heard = examine({ ffmpeg: hangs }, strange, () => {}, FRESH())
  const ended = expect(heard).rejects.toMatchObject({ code: 'timeout' })
  await clock.advance(60_000)
  await ended
})
