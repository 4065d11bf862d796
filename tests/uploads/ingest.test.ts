import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Asset } from '#protocol/http/uploads.ts'
import { COMMUNE } from '../http/support.ts'
import { decodeByFfmpeg, ffmpegs, measureByFfmpeg, SOUNDS } from '../support/audio.ts'
import type { Session } from '../support/session.ts'
import type { TestController } from '../support/start-controller.ts'
import { startTestController } from '../support/start-controller.ts'
import { until } from '../support/until.ts'
import { soundMaker } from './sounds.ts'
import { tusClient } from './tus.ts'

const [ffmpeg = ''] = ffmpegs.map(({ path }) => path).reverse()
let t: TestController
let admin: Session
let folder: string
let make: ReturnType<typeof soundMaker>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loa-sounds-'))
  make = soundMaker(ffmpeg, folder)
  t = await startTestController()
  admin = await t.signIn()
})
afterAll(async () => {
  await t[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

/** Brings a file and waits for what becomes of it. */
async function bring(file: string, purpose: 'chime' | 'bed' = 'bed'): Promise<Asset> {
  const content = await readFile(file)
  const tus = tusClient(t.url, admin)
  const fields = { purpose, fileName: basename(file), areaCode: COMMUNE, licenceNote: 'Đài tự thu' }
  const begun = await tus.create(content.length, fields)
  const path = begun.headers.get('location') ?? ''
  expect((await tus.patch(path, 0, Uint8Array.from(content))).status).toBe(204)
  return until(`${file} to be checked`, async () => {
    const { body } = await admin.get(`/api/assets?areaCode=${COMMUNE}`)
    const asset = Asset.array()
      .parse(body.items)
      .find(({ id }) => path.endsWith(id))
    return asset?.state !== 'checking' && asset
  })
}

const refusal = async (file: string, purpose?: 'chime' | 'bed'): Promise<string | undefined> => {
  const { state, audio, notes } = await bring(file, purpose)
  expect([state, audio]).toEqual(['refused', null])
  return notes[0]
}

describe('what is taken', () => {
  test('every kind of file becomes the same kind of audio, as loud as speech', async () => {
    const tone = await make.wav(SOUNDS.syllables, 3)
    const files = [
      tone,
      await make.encode(tone, 'mp3'),
      await make.encode(tone, 'm4a'),
      await make.encode(tone, 'ogg'),
      await make.encode(tone, 'flac'),
      // As the microphones of Chromium and Firefox record.
      await make.encode(tone, 'webm', ['-c:a', 'libopus']),
      await make.encode(tone, 'ogg', ['-c:a', 'libopus']),
      // A cover, as music has it.
      await make.withCover(await make.encode(tone, 'mp3'), 300_000),
    ]
    for (const file of files) {
      const { state, audio, notes, fileName, broughtByName, licenceNote } = await bring(file)
      expect([state, notes]).toEqual(['ready', []])
      expect([fileName, licenceNote]).toEqual([basename(file), 'Đài tự thu'])
      expect(broughtByName).toMatch(/^Tài khoản/)
      expect(audio?.loudnessLufs).toBeCloseTo(-16, 0)
      expect(audio?.truePeakDbtp).toBeLessThanOrEqual(-1.5)
      const stored = (await t.controller.ctx.store.path(audio?.sha256 ?? '')) ?? ''
      expect((await measureByFfmpeg(ffmpeg, stored)).lufs).toBeCloseTo(-16, 0)
      // No chime, no lead-in: as long as it sounds.
      expect(audio?.ms).toBeGreaterThan(2_600)
      expect(audio?.ms).toBeLessThan(3_200)
    }
    expect(await readdir(join(t.dataDir, 'uploads'))).toEqual([])
  })

  test('silence at the ends is cut off, and said; long silence inside is left, and said', async () => {
    const file = await make.wav((s) => (s > 2 && s < 4 ? 1 : s > 11 && s < 12 ? 1 : 0) * SOUNDS.syllables(s), 14)
    const { state, audio, notes } = await bring(file)
    expect(state).toBe('ready')
    expect(notes).toEqual([
      'Đã cắt 1,8 giây im lặng ở đầu và 1,8 giây ở cuối.',
      'Có 1 khoảng im lặng dài hơn 5 giây, tại: 0:03 (7 giây).',
    ])
    expect(audio?.ms).toBeGreaterThan(10_200)
    expect(audio?.ms).toBeLessThan(10_800)
  })

  test('silence at one end is told of that end', async () => {
    const from = (s: number) => (s > 2 ? SOUNDS.syllables(s) : 0)
    expect((await bring(await make.wav(from, 5))).notes).toEqual(['Đã cắt 1,8 giây im lặng ở đầu.'])
    const until = (s: number) => (s < 3 ? SOUNDS.syllables(s) : 0)
    expect((await bring(await make.wav(until, 5))).notes).toEqual(['Đã cắt 1,8 giây im lặng ở cuối.'])
  })

  test('some clipping is said', async () => {
    const file = await make.wav((s) => clip(1.04 * Math.sin(2 * Math.PI * 300 * s) * swell(s)), 3)
    const { state, notes } = await bring(file)
    expect([state, notes]).toEqual(['ready', ['Có chỗ tiếng bị vỡ nhẹ vì thu quá to. Hãy nghe lại trước khi dùng.']])
  })

  test('channels that cancel each other are not mixed', async () => {
    const tone = await make.wav(SOUNDS.syllables, 3)
    const { state, audio, notes } = await bring(await make.encode(tone, 'wav', ['-af', 'pan=stereo|c0=c0|c1=-1*c0']))
    expect([state, notes]).toEqual(['ready', ['Hai kênh triệt tiêu nhau khi trộn; hệ thống chỉ dùng kênh to hơn.']])
    const stored = (await t.controller.ctx.store.path(audio?.sha256 ?? '')) ?? ''
    expect(Math.max(...(await decodeByFfmpeg(ffmpeg, stored)))).toBeGreaterThan(0.2)
  })

  test('a signal that leans to one side is straightened', async () => {
    const { notes, audio } = await bring(await make.wav((s) => 0.2 + 0.5 * SOUNDS.syllables(s), 3))
    expect(notes).toEqual([
      'Tín hiệu bị lệch về một phía; hệ thống đã chỉnh lại. Hãy kiểm tra dây hoặc bộ trộn khi thu.',
    ])
    const samples = await decodeByFfmpeg(ffmpeg, (await t.controller.ctx.store.path(audio?.sha256 ?? '')) ?? '')
    expect(Math.abs(samples.reduce((sum, x) => sum + x, 0) / samples.length)).toBeLessThan(0.002)
  })

  test('of files whose format or clock changes on the way, all is taken to the last second', async () => {
    const [low, high] = [await make.wav(SOUNDS.syllables, 6, 16_000), await make.wav(SOUNDS.syllables, 6, 44_100)]
    const joined = async (extension: string, options: readonly string[] = []) => {
      const parts = [low, high].map(async (part) => readFile(await make.encode(part, extension, options)))
      return make.write(Buffer.concat(await Promise.all(parts)), extension)
    }
    const whole = await make.wav(SOUNDS.syllables, 12)
    const stalling = ['-af', "asetpts='PTS+floor(T)*0.15/TB'"]
    const skipping = ['-af', "asetpts='PTS+gte(T,5)*3/TB'"]
    const skips = (clock: number) =>
      `Tệp có chỗ bị ngắt quãng: theo mốc thời gian thì dài ${clock} giây, nhưng chỉ có 12 giây âm thanh. Hãy nghe lại xem có thiếu đoạn nào không.`
    const files: readonly [string, string[]][] = [
      [await joined('mp3', ['-id3v2_version', '0', '-write_xing', '0']), []],
      [await joined('ogg'), []],
      [await make.encode(whole, 'webm', [...stalling, '-c:a', 'libopus']), [skips(14)]],
      [await make.encode(whole, 'webm', [...skipping, '-c:a', 'libopus']), [skips(15)]],
      // No length is written, as browsers' microphones leave it out.
      [await make.encode(whole, 'webm', [...skipping, '-c:a', 'libopus', '-live', '1']), [skips(15)]],
      [await make.encode(whole, 'm4a', skipping), [skips(15)]],
      // An edit list that begins with nothing.
      [await make.encode(whole, 'm4a', ['-output_ts_offset', '3']), [skips(15)]],
    ]
    for (const [file, expected] of files) {
      const { state, audio, notes } = await bring(file)
      expect([basename(file), state, notes]).toEqual([basename(file), 'ready', expected])
      expect(audio?.ms).toBeGreaterThan(11_500)
      expect(audio?.ms).toBeLessThan(12_400)
    }
  }, 90_000)

  test('a header that promises ten hours is counted by what is there', async () => {
    const wav = await readFile(await make.wav(SOUNDS.syllables, 3))
    wav.writeUInt32LE(36_000 * 96_000, 40)
    const { state, audio, notes } = await bring(await make.write(wav, 'wav'))
    expect([state, notes]).toEqual(['ready', []])
    expect(audio?.ms).toBeLessThan(3_200)
  })

  test('of a WAV that holds less than its header announces, that is said', async () => {
    const wav = await readFile(await make.wav(SOUNDS.syllables, 8))
    const { state, notes } = await bring(await make.write(wav.subarray(0, wav.length / 2), 'wav'))
    expect([state, notes]).toEqual([
      'ready',
      ['Đầu tệp ghi là dài 8 giây nhưng chỉ có 4 giây. Hãy nghe lại xem phần cuối có đủ không.'],
    ])
  })
})

describe('what is refused, and in which words', () => {
  const NOT_AUDIO =
    'Đây không phải là tệp âm thanh mà hệ thống đọc được. Hãy dùng tệp MP3, WAV, M4A, OGG, FLAC hoặc WebM.'
  const BROKEN = 'Tệp bị hỏng hoặc bị cắt giữa chừng nên không giải mã được. Hãy xuất lại tệp rồi tải lên.'

  test('a playlist in the name of an MP3 reads no other file', async () => {
    const secret = await make.encode(await make.wav(SOUNDS.sine, 2), 'mp3')
    const playlists = [
      `#EXTM3U\n#EXTINF:2,\nfile://${secret}\n#EXT-X-ENDLIST\n`,
      `ffconcat version 1.0\nfile '${secret}'\n`,
      `[playlist]\nFile1=${secret}\n`,
    ]
    for (const playlist of playlists) expect(await refusal(await make.write(playlist, 'mp3'))).toBe(NOT_AUDIO)
  })

  test('an archive, a text, a picture, a program, and a tag with nothing behind it', async () => {
    const mp3 = await readFile(await make.encode(await make.wav(SOUNDS.sine, 2), 'mp3', ['-id3v2_version', '0']))
    // Stored without compression, as archives do with sound: the frames lie there for all to find.
    const zip = Buffer.concat([Buffer.from('PK\x03\x04\x14\0\0\0\0\0', 'latin1'), Buffer.alloc(20), mp3])
    const png = await make.generate('color=red:size=64x64', 'png', ['-frames:v', '1'])
    for (const file of [
      await make.write(zip, 'mp3'),
      await make.write('Kính thưa bà con.', 'wav'),
      png,
      await make.write(Buffer.concat([Buffer.from('\x7fELF'), Buffer.alloc(5_000)]), 'mp3'),
      await make.write(Buffer.from('ID3\x04\0\0\x7f\x7f\x7f\x7f', 'latin1'), 'mp3'),
    ]) {
      expect(await refusal(file)).toBe(NOT_AUDIO)
    }
  })

  test('a film, though there is sound in it', async () => {
    const film = await make.generate('sine=440:duration=2', 'mp4', [
      ...['-f', 'lavfi', '-i', 'testsrc=size=64x64:duration=2', '-c:v', 'mpeg4'],
    ])
    expect(await refusal(film)).toBe('Đây là tệp phim. Hãy tách phần tiếng thành tệp MP3 rồi tải lên.')
  })

  test('files that break off, as far as they say how long they were', async () => {
    const tone = await make.wav(SOUNDS.syllables, 20, 16_000)
    const cut = async (file: string, extension: string) => {
      const content = await readFile(file)
      return make.write(content.subarray(0, content.length / 2), extension)
    }
    expect(await refusal(await cut(await make.encode(tone, 'm4a'), 'm4a'))).toBe(BROKEN)
    const indexFirst = await make.encode(tone, 'm4a', ['-movflags', '+faststart'])
    expect(await refusal(await cut(indexFirst, 'm4a'))).toMatch(
      /^Tệp ghi là dài 20 giây nhưng chỉ có \d+ giây\. Tệp bị thiếu phần cuối, hãy xuất lại rồi tải lên\.$/,
    )
    expect(await refusal(await cut(await make.encode(tone, 'flac'), 'flac'))).toContain('Tệp ghi là dài 20 giây')
    for (const rate of [
      ['-b:a', '64k'],
      ['-q:a', '4'],
    ]) {
      const mp3 = await make.encode(tone, 'mp3', rate)
      expect(await refusal(await cut(mp3, 'mp3'))).toMatch(/^Tệp ghi là dài 20 giây nhưng chỉ có (?:9|10) giây\./)
    }
    const skipping = ['-af', "asetpts='PTS+gte(T,5)*3/TB'", '-c:a', 'libopus']
    expect(await refusal(await cut(await make.encode(tone, 'webm', skipping), 'webm'))).toContain('bị thiếu phần cuối')
  })

  test('ten hours of silence in a few bytes', async () => {
    const silence = await make.generate('anullsrc=r=8000:cl=mono', 'flac', ['-t', '36000', '-frame_size', '65535'])
    expect((await readFile(silence)).length).toBeLessThan(100_000)
    expect(await refusal(silence, 'chime')).toBe('Tệp dài quá 30 giây. Hãy cắt ngắn hoặc chia thành nhiều tệp.')
  }, 90_000)

  test('a chime of more than half a minute', async () => {
    const long = await make.encode(await make.wav(SOUNDS.syllables, 32, 16_000), 'mp3')
    expect(await refusal(long, 'chime')).toBe('Tệp dài quá 30 giây. Hãy cắt ngắn hoặc chia thành nhiều tệp.')
  })

  test('a moment of sound, in a short file and in a long one', async () => {
    const SHORT = 'Phần có tiếng ngắn hơn 1 giây. Hãy kiểm tra lại tệp.'
    expect(await refusal(await make.wav(SOUNDS.sine, 0.6))).toBe(SHORT)
    expect(await refusal(await make.wav(SOUNDS.sine, 0))).toBe(SHORT)
    expect(await refusal(await make.wav((s) => (s > 3 && s < 3.4 ? SOUNDS.sine(s) : 0), 6))).toBe(SHORT)
  })

  test('silence, and what is next to it', async () => {
    expect(await refusal(await make.wav(() => 0, 3))).toBe(
      'Không nghe thấy gì trong tệp này. Hãy kiểm tra micro rồi thu lại.',
    )
    expect(await refusal(await make.wav((s) => 0.003 * SOUNDS.sine(s), 3))).toBe(
      'Tiếng quá nhỏ, khuếch đại lên chỉ còn tiếng ồn. Hãy thu gần micro hơn rồi tải lại.',
    )
  })

  test('what was recorded far too loud', async () => {
    expect(await refusal(await make.wav(SOUNDS.clipped, 3))).toMatch(
      /^Tiếng bị vỡ quá nhiều: \d\d % thời gian có tiếng bị cắt đỉnh \(tối đa 3 %\)\. Hãy giảm mức thu rồi thu lại\.$/,
    )
  })

  test('samples that are no numbers', async () => {
    const wav = await readFile(await make.encode(await make.wav(SOUNDS.sine, 2), 'wav', ['-c:a', 'pcm_f32le']))
    wav.fill(0xff, wav.length - 40_000, wav.length - 20_000)
    expect(await refusal(await make.write(wav, 'wav'))).toBe(BROKEN)
  })
})

test('a cover of 100 MB costs no memory', async () => {
  const file = await make.withCover(await make.encode(await make.wav(SOUNDS.syllables, 3), 'mp3'), 100_000_000)
  const before = process.memoryUsage().rss
  const { state } = await bring(file)
  expect(state).toBe('ready')
  // Reading the file to send it is this test's own share.
  expect(process.memoryUsage().rss - before).toBeLessThan(400_000_000)
})

const clip = (x: number): number => Math.max(-1, Math.min(1, x))
/** Loud for a moment in every second. */
const swell = (s: number): number => (s % 1 < 0.02 ? 1 : 0.5)
