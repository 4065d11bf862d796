import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { ClusterIdentity } from '#protocol/messages.ts'
import { type Ended, runLoa } from '../support/loa.ts'
import { requirePackage, SHERPA_PACKAGE, withPackage } from '../support/programs.ts'
import { signUp } from '../support/session.ts'
import { startTestController } from '../support/start-controller.ts'
import { writeTinyVoice } from '../support/tiny-voice.ts'

// Each command is a process that compiles itself: a second alone, many on a busy machine.
vi.setConfig({ testTimeout: 120_000 })

const COMMUNE = '00004'
let folder: string
let dataDir: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loa-cli-'))
  dataDir = join(folder, 'data')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const loa = (args: readonly string[], env?: Record<string, string>): Promise<Ended> => runLoa(dataDir, args, env)
const fileWith = async (name: string, content: string | Buffer) => {
  const file = join(folder, name)
  await writeFile(file, content)
  return file
}

test('a machine is set up from the terminal, and the controller that starts on it goes on from there', async () => {
  const script = await fileWith('tuyen-truyen.txt', 'Xin chào bà con.\r\nHôm nay có mưa.')
  const enrolled = await loa(['clusters', 'enrol', '--name', 'Cụm một', '--area', COMMUNE])
  const identity = ClusterIdentity.parse(JSON.parse(enrolled.out))
  const [listed, why, made, invited] = await Promise.all([
    loa(['clusters', 'list', '--area', COMMUNE]),
    loa(['why', 'cum mot', '10:00']),
    loa(['bulletins', 'create', script, '--to', COMMUNE, '--title', 'Từ dòng lệnh']),
    loa(['users', 'invite', '--role', 'officer', '--area', COMMUNE]),
  ])
  expect(JSON.parse(listed.out)).toMatchObject({ id: identity.clusterId, name: 'Cụm một', presence: 'never' })
  expect(why.out).toMatch(/^Không có chương trình nào cho cụm loa “Cụm một” vào lúc 10:00 ngày/)
  const { id } = JSON.parse(made.out)
  expect(invited.out).toMatch(/\/moi\?token=/)

  await using t = await startTestController({ dataDir })
  const officer = await signUp(t.url, invited.out, 'can-bo')
  expect((await officer.get('/api/me')).body).toMatchObject({ role: 'officer', areaCodes: [COMMUNE] })
  await expect
    .poll(async () => (await officer.get(`/api/bulletins/${id}`)).body, { timeout: 60_000 })
    .toMatchObject({ title: 'Từ dòng lệnh', script: 'Xin chào bà con.\nHôm nay có mưa.', rendition: { step: 'ready' } })
  expect(t.controller.ctx.signingKey.publicJwk).toEqual(identity.trustedKeys[0])
})

test('a backup of it, restored elsewhere, is the same controller: data, accounts, sound and signing key', async () => {
  const copy = join(folder, 'backup')
  const elsewhere = join(folder, 'elsewhere')
  expect(await loa(['backup', copy])).toMatchObject({ code: 0, out: copy })
  expect(await loa(['restore', copy], { LOA_DATA_DIR: elsewhere })).toMatchObject({ code: 0, out: elsewhere })
  const [refused, users] = await Promise.all([
    loa(['restore', copy], { LOA_DATA_DIR: elsewhere }),
    loa(['users', 'list'], { LOA_DATA_DIR: elsewhere }),
  ])
  expect([refused.code, refused.err]).toEqual([1, `${elsewhere}: must be empty; nothing is overwritten`])
  for (const secret of ['master', 'signing-key.json']) {
    const [before, after] = [dataDir, elsewhere].map((dir) => join(dir, 'secrets', secret)) as [string, string]
    expect(await readFile(after, 'utf8')).toBe(await readFile(before, 'utf8'))
    expect((await stat(after)).mode & 0o777).toBe(0o600)
  }
  expect(JSON.parse(users.out)).toMatchObject({ username: 'can-bo', role: 'officer' })
  await using t = await startTestController({ dataDir: elsewhere })
  const admin = await t.signIn()
  const [bulletin] = (await admin.get('/api/bulletins')).body.items
  expect(bulletin).toMatchObject({ title: 'Từ dòng lệnh', rendition: { step: 'ready' } })
  expect((await fetch(`${t.url}${bulletin.rendition.audio.url}`)).status).toBe(200)
})

test.concurrent.each<[string, () => Promise<Ended>, RegExp]>([
  ['a file that is not there', () => loa(['bulletins', 'create', '/nowhere.txt', '--to', COMMUNE]), /nowhere\.txt/],
  [
    'a file that is no UTF-8',
    async () =>
      loa([
        'bulletins',
        'create',
        await fileWith('latin1.txt', Buffer.from('Mot\nch\xe0o', 'latin1')),
        '--to',
        COMMUNE,
      ]),
    /^script: Dòng 2 .*UTF-8/,
  ],
  [
    'an empty file',
    async () => loa(['bulletins', 'create', await fileWith('empty.txt', ' \n'), '--to', COMMUNE]),
    /^script: Chưa có nội dung/,
  ],
  ['an unknown area', () => loa(['clusters', 'enrol', '--name', 'x', '--area', '99999']), /^areaCode: .*99999/],
  ['a wrong setting', () => loa(['users', 'list'], { LOA_HTTP_PORT: 'x' }), /^LOA_HTTP_PORT:/],
  ['no voice that could be listed', () => loa(['speech', 'voices']), /^LOA_SPEECH_ENGINES: neither/],
])('%s ends with one line that says so, and exit code 1', async (_, run, message) => {
  const { code, out, err } = await run()
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(err).toMatch(message)
  expect(err).not.toMatch(/\n\s+at /)
})

test('questions and answers in a file become a file in two voices, anything else one in one', async () => {
  const talk = await fileWith('hoi-dap.txt', 'Hỏi: Làm thẻ ở đâu?\nĐáp: Tại trụ sở xã.')
  const notice = await fileWith('thong-bao.txt', 'Tại trụ sở xã.')
  const say = async (from: string) => {
    const out = join(folder, `${basename(from)}.mp3`)
    const said = await loa(['speech', 'say', '--in', from, '--out', out, '--voice', 'vi-south'])
    return { ...JSON.parse(said.out), size: (await stat(out)).size }
  }
  const [inTwo, inOne] = await Promise.all([say(talk), say(notice)])
  expect(inTwo).toMatchObject({ sentences: 2, voice: 'vi-south', second: 'vi-south+Annie', size: inTwo.bytes })
  expect(inOne).toMatchObject({ sentences: 1, voice: 'vi-south', second: null, size: inOne.bytes })
})

test('the doctor says of each part whether it is well, and its exit code says whether all are', async () => {
  const [well, ill] = await Promise.all([loa(['doctor']), loa(['doctor'], { LOA_FFMPEG_PATH: '/nowhere/ffmpeg' })])
  expect(well.out).toMatch(/✓ ffmpeg/)
  expect(well.out).toMatch(/✓ cơ sở dữ liệu: SQLite, nguyên vẹn/)
  expect(well.code).toBe(well.out.includes('✗') ? 1 : 0)
  expect(ill.out).toMatch(/✗ ffmpeg/)
  expect(ill.code).toBe(1)
})

describe.skipIf(!requirePackage(SHERPA_PACKAGE))(withPackage('a voice of sherpa-onnx', SHERPA_PACKAGE), () => {
  const settings = (voiceDir: string) => ({ LOA_SPEECH_ENGINES: 'sherpa,espeak', LOA_SHERPA_VOICE_DIR: voiceDir })

  test('is described with its folder, its model and what it can', async () => {
    const env = settings(await writeTinyVoice(join(folder, 'voice')))
    const [voices, doctor] = await Promise.all([loa(['speech', 'voices'], env), loa(['doctor'], env)])
    expect(JSON.parse(voices.out)).toEqual([
      {
        engine: 'sherpa',
        name: 'vi_VN-tiny',
        folder: join(folder, 'voice'),
        model: 'vi_VN-tiny.onnx',
        sampleRate: 16_000,
        speakers: 2,
        speaker: 0,
        secondSpeaker: 0,
      },
    ])
    expect(doctor.out).toMatch(/✓ giọng đọc: sherpa\/.*, espeak/)
    expect(doctor.out).toMatch(/✓ giọng sherpa-onnx: vi_VN-tiny\.onnx trong .*\/voice, 16000 Hz, 2 người đọc/)
  })

  test('that is not there is described by what it lacks and where to get it', async () => {
    const env = settings(join(folder, 'no-voice'))
    const [voices, doctor] = await Promise.all([loa(['speech', 'voices'], env), loa(['doctor'], env)])
    const [{ engine, problem }] = JSON.parse(voices.out)
    expect([voices.code, engine]).toEqual([1, 'sherpa'])
    expect(problem).toMatch(/no-voice cannot be read: .*tts-models/)
    expect(doctor.out).toContain(`✗ giọng sherpa-onnx: ${problem}`)
    expect(doctor.code).toBe(1)
  })
})
