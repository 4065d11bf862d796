import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Rendition } from '#protocol/http/bulletins.ts'
import { transact } from '../../controller/db/transact.ts'
import { enqueueJob } from '../../controller/jobs/enqueue.ts'
import type { Speech } from '../../controller/speech/speech.ts'
import { openProvince, type Province } from '../broadcasts/commune.ts'
import { ffmpegs } from '../support/audio.ts'
import { toneSpeech } from '../support/tone-speech.ts'
import { until } from '../support/until.ts'

const run = promisify(execFile)
const ffmpeg = ffmpegs[0]
if (!ffmpeg) throw new Error('no ffmpeg on this machine')

/** Some 15 s of sound: 90 kB of MP3, 700 kB of sentences. */
const SCRIPT = Array.from(
  { length: 10 },
  (_, i) => `Câu thứ ${'abcdefghij'[i]} của bản tin này dài chừng một giây rưỡi.`,
).join('\n')

async function produced(p: Province, script = SCRIPT): Promise<string> {
  const content = { title: 'Thử', class: 'ordinary', script, targets: ['01'] }
  const { status, body } = await p.admin.post('/api/bulletins', content)
  expect(status).toBe(201)
  return body.id
}

const renditionOf = async (p: Province, id: string): Promise<Rendition> =>
  (await p.admin.get(`/api/bulletins/${id}`)).body.rendition

/** Waits for production to be given up; time jumps to each next try. */
async function failure(p: Province, id: string): Promise<string | null> {
  const { db } = p.controller.controller.ctx
  return until('the failure', async () => {
    const rendition = await renditionOf(p, id)
    if (rendition.step === 'ready') throw new Error('it was made after all')
    if (rendition.step === 'failed') return rendition.failure
    const jobs = db.selectFrom('job').select('runAt').where('state', '=', 'waiting').where('leaseOwner', 'is', null)
    const next = await jobs.orderBy('runAt').executeTakeFirst()
    await p.clock.advance(next ? Math.max(0, next.runAt - p.clock.now()) : 0)
    return null
  })
}

const again = async (p: Province, id: string): Promise<void> => {
  expect((await p.admin.post(`/api/bulletins/${id}/produce`)).status).toBe(200)
}

const ready = (p: Province, id: string) => p.until(async () => (await renditionOf(p, id)).step === 'ready', 'the sound')

const attempts = async (p: Province, kind = 'mix'): Promise<readonly number[]> =>
  (await p.controller.controller.ctx.db.selectFrom('job').select('attempts').where('kind', '=', kind).execute()).map(
    (row) => row.attempts,
  )

const leftovers = async (p: Province): Promise<string[]> => readdir(join(p.dataDir, 'work')).catch(() => [])

describe('when ffmpeg does not do its work', () => {
  let folder: string
  let program: string
  let p: Province
  const replaceFfmpeg = async (script: string): Promise<void> => {
    await writeFile(`${program}.new`, `#!/bin/sh\n${script}\n`)
    await chmod(`${program}.new`, 0o755)
    await run('mv', [`${program}.new`, program])
  }
  const mendFfmpeg = () => replaceFfmpeg(`exec '${ffmpeg.path}' "$@"`)

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loa-test-'))
    program = join(folder, 'ffmpeg')
    await mendFfmpeg()
    p = await openProvince({ env: { LOA_FFMPEG_PATH: program } })
  })
  afterEach(mendFfmpeg)
  afterAll(async () => {
    await p[Symbol.asyncDispose]()
    await rm(folder, { recursive: true })
  })

  test.each([
    ['is gone', () => unlink(program)],
    ['fails', () => replaceFfmpeg('echo broken >&2; exit 127')],
    ['does nothing and says that all is well', () => replaceFfmpeg('exit 0')],
    [
      'answers with nonsense',
      () => replaceFfmpeg(`for to; do :; done; case "$to" in file:*) exec > "\${to#file:}" ;; esac; echo nonsense`),
    ],
    [
      'writes the half and says that all is well',
      () => replaceFfmpeg(`'${ffmpeg.path}' "$@"; for to; do :; done; truncate -c -s 50000 -- "\${to#file:}"`),
    ],
    ['crashes', () => replaceFfmpeg('kill -SEGV $$')],
  ])('a program that %s is named, and production goes on once it is mended', async (_, breakIt) => {
    await breakIt()
    const id = await produced(p)
    expect(await failure(p, id)).toMatch(/ffmpeg.*thiếu hoặc hỏng.*Tạo lại bản đọc/)
    expect(await leftovers(p)).toEqual([])
    await mendFfmpeg()
    await again(p, id)
    await ready(p, id)
  })

  test('another codec that cannot be made leaves the bulletin as it is, and says so', async () => {
    const id = await produced(p)
    await ready(p, id)
    const sha256 = (await renditionOf(p, id)).audio?.sha256 ?? ''
    await replaceFfmpeg('exit 127')
    const { ctx } = p.controller.controller
    const changes = async () => {
      const rows = ctx.db.selectFrom('event').select('seq').where('kind', '=', 'bulletin.changed').where('ref', '=', id)
      return (await rows.execute()).length
    }
    const before = await changes()
    const payload = { sha256, codec: 'opus' }
    await transact(ctx, (tx) => enqueueJob(ctx, tx, { kind: 'encode', key: `${sha256}/opus`, payload, once: true }))
    await until('the job to be given up', async () => {
      await p.clock.advance(5_000)
      const job = ctx.db.selectFrom('job').select(['state', 'lastError']).where('kind', '=', 'encode')
      const row = await job.executeTakeFirst()
      return row?.state === 'failed' && /^program: /.test(row.lastError ?? '')
    })
    expect(await changes()).toBe(before + 1)
    expect(await renditionOf(p, id)).toMatchObject({ step: 'ready', audio: { sha256 } })
  })

  test('one that hangs is ended when it has had time enough for the length of the bulletin', async () => {
    await replaceFfmpeg(`echo $$ >> '${folder}/pids'; exec sleep 900`)
    const before = p.clock.now()
    const id = await produced(p)
    await until('the failure', async () => {
      await p.clock.advance(5_000)
      return (await renditionOf(p, id)).step === 'failed'
    })
    expect((await renditionOf(p, id)).failure).toMatch(/ffmpeg.*bị treo.*Tạo lại bản đọc/)
    // Five times half a minute and half of the length, and the pauses in between.
    expect(p.clock.now() - before).toBeLessThan(5 * 45_000 + 60_000)
    const pids = (await readFile(join(folder, 'pids'), 'utf8')).trim().split('\n').map(Number)
    expect(pids).toHaveLength(5)
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH')
    await mendFfmpeg()
    await again(p, id)
    await ready(p, id)
  })
})

test('what cannot be heard is given up at once, since trying again would not make it louder', async () => {
  const hush: Speech = {
    ...toneSpeech,
    engine: 'hush/1',
    speak: (texts, voice, onWav, signal) =>
      toneSpeech.speak(texts, voice, (index, wav) => onWav(index, hushed(wav)), signal),
  }
  await using p = await openProvince({ speech: hush })
  const before = p.clock.now()
  const id = await produced(p)
  expect(await failure(p, id)).toMatch(/không có tiếng nào nghe được.*Tạo lại bản đọc/)
  expect(await attempts(p)).toEqual([1])
  expect(p.clock.now() - before).toBeLessThan(2_000)
})

test('a sentence of which nothing is said is given up at once, and goes on once it can be said', async () => {
  let isMute = true
  const mute: Speech = {
    ...toneSpeech,
    engine: 'mute/1',
    speak: (lines, voice, onWav, signal) =>
      toneSpeech.speak(lines, voice, (index, wav) => onWav(index, isMute ? wav.fill(0, 44) : wav), signal),
  }
  await using p = await openProvince({ speech: mute })
  const before = p.clock.now()
  const id = await produced(p)
  expect(await failure(p, id)).toMatch(/không phát ra tiếng.*Tạo lại bản đọc/)
  expect(await attempts(p, 'speak')).toEqual([1])
  expect(p.clock.now() - before).toBeLessThan(2_000)
  isMute = false
  await again(p, id)
  await ready(p, id)
})

test('a sentence that is damaged or gone after it was spoken is spoken again', async () => {
  await using p = await openProvince()
  const id = await produced(p)
  await ready(p, id)
  const clips = await clipsOf(p)
  const [first, second] = clips
  await writeFile(first ?? '', (await readFile(first ?? '')).subarray(0, 5_000))
  await unlink(second ?? '')
  await again(p, id)
  await ready(p, id)
  expect(await clipsOf(p)).toEqual(clips)
})

const isMountable = await canMount()

describe.skipIf(!isMountable)(
  isMountable ? 'on a disk that is full' : 'on a disk that is full (skipped: mounting is not permitted)',
  () => {
    let folder: string
    let dataDir: string
    let p: Province
    const fill = async (leaveBytes: number): Promise<void> => {
      const { stdout } = await run('df', ['--output=avail', '-B1', dataDir])
      const bytes = Number(stdout.split('\n')[1]) - leaveBytes
      await writeFile(join(dataDir, 'filler'), Buffer.alloc(bytes))
    }
    const free = () => unlink(join(dataDir, 'filler'))

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'loa-test-'))
      dataDir = join(folder, 'data')
      await run('mkdir', [dataDir])
      await run('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', dataDir])
      // Rows are kept on another disk: what is to be seen is how production fares.
      await symlink(join(folder, 'loa.db'), join(dataDir, 'loa.db'))
      p = await openProvince({ dataDir })
    })
    afterAll(async () => {
      await p?.[Symbol.asyncDispose]()
      await run('umount', [dataDir])
      await rm(folder, { recursive: true })
    })

    test('while speaking, it is said, and what fits is made once there is room', async () => {
      await fill(200_000)
      const id = await produced(p, SCRIPT.replaceAll('Câu', 'Đoạn'))
      expect(await failure(p, id)).toMatch(/Ổ đĩa.*đầy.*Tạo lại bản đọc/)
      expect(await leftovers(p)).toEqual([])
      await free()
      await again(p, id)
      await ready(p, id)
    })

    test('while encoding, it is said, nothing half stays behind, and what fits is made once there is room', async () => {
      const id = await produced(p)
      await ready(p, id)
      const { audio } = await renditionOf(p, id)
      await unlink(join(dataDir, 'media', audio?.sha256.slice(0, 2) ?? '', `${audio?.sha256}.mp3`))
      await fill(30_000)
      await again(p, id)
      expect(await failure(p, id)).toMatch(/Ổ đĩa.*đầy.*Tạo lại bản đọc/)
      expect(await leftovers(p)).toEqual([])
      await free()
      await again(p, id)
      await ready(p, id)
      expect((await renditionOf(p, id)).audio).toMatchObject({ sha256: audio?.sha256, bytes: audio?.bytes })
    })
  },
)

/** A tick at either end, so that it is not cut off as silence, and nothing that anybody hears. */
function hushed(wav: Buffer): Buffer {
  const quiet = Buffer.alloc(wav.length)
  wav.copy(quiet, 0, 0, 44)
  for (const at of [44, wav.length - 2]) quiet.writeInt16LE(60, at)
  return quiet
}

async function clipsOf(p: Province): Promise<string[]> {
  const names = await readdir(join(p.dataDir, 'speech'), { recursive: true })
  return names
    .filter((name) => name.endsWith('.wav'))
    .sort()
    .map((name) => join(p.dataDir, 'speech', name))
}

async function canMount(): Promise<boolean> {
  const place = await mkdtemp(join(tmpdir(), 'loa-test-'))
  try {
    await run('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', place])
    await run('umount', [place])
    return (await stat(place)).isDirectory()
  } catch {
    return false
  } finally {
    await rm(place, { recursive: true })
  }
}
