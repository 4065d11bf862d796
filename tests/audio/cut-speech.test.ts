import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { cutFrames, hasEqualFrames } from '../../controller/audio/cut-frames.ts'
import { cutSpeech, spokenFrames } from '../../controller/audio/cut-speech.ts'
import { createFolderStore } from '../../controller/audio/folder-store.ts'
import { BUILT_IN_CHIMES, type Music } from '../../controller/audio/music.ts'
import { produce } from '../../controller/audio/produce.ts'
import { codecProfiles, DEFAULT_PROFILE, SPEECH_LOUDNESS } from '../../controller/audio/profiles.ts'
import { transcode } from '../../controller/audio/transcode.ts'
import { decodeByFfmpeg, FRESH, SOUNDS, sound, tempDir, withEachFfmpeg, writeWav } from '../support/audio.ts'

const run = promisify(execFile)
const { frame } = codecProfiles.mp3
/** A cut begins with two frames that sound of nothing, and what follows needs one more to swell up. */
const SWELL = 4

withEachFfmpeg((ffmpeg) => {
  const open = async (dir: string, seconds: number, music: Music) => {
    const ctx = { ffmpeg, store: createFolderStore(join(dir, 'media')), dataDir: dir }
    const file = await writeWav(join(dir, 'a.wav'), sound(SOUNDS.syllables, seconds, 24_000), 24_000)
    const segments = [{ file, voice: 'one', pauseAfterMs: 0 }]
    const like = { music, soundProfile: 'horn', profile: DEFAULT_PROFILE, loudness: SPEECH_LOUDNESS } as const
    const source = await produce(ctx, { segments, ...like }, () => {}, FRESH())
    const decode = async (sha256: string) => decodeByFfmpeg(ffmpeg.path, (await ctx.store.path(sha256)) ?? '')
    return { ctx, source, decode }
  }

  test('frames that are cut out of loud noise sound to the sample as before, though their bits lay in frames before', async () => {
    await using dir = await tempDir()
    const source = await writeWav(join(dir.path, 'a.wav'), sound(SOUNDS.noise, 6, 24_000), 24_000)
    const [file, cut] = [join(dir.path, 'a.mp3'), join(dir.path, 'b.mp3')]
    const options = ['-c:a', 'libmp3lame', '-b:a', '48k', '-write_xing', '0', '-id3v2_version', '0']
    await run(ffmpeg.path, ['-v', 'error', '-i', source, ...options, file])
    const whole = await readFile(file)
    const heard = await decodeByFfmpeg(ffmpeg.path, file)
    for (const from of [0, 1, 2, 57, 100, 101]) {
      await writeFile(cut, cutFrames(whole, { from, to: 200 }, frame))
      const again = await decodeByFfmpeg(ffmpeg.path, cut)
      const before = Math.min(from, 2)
      expect(again.length).toBe((200 - from + before) * frame.samples)
      const skip = from === 0 ? 0 : before + SWELL
      expect(again.subarray(skip * frame.samples)).toEqual(
        heard.subarray((from - before + skip) * frame.samples, 200 * frame.samples),
      )
    }
  })

  test('of a bulletin nothing but the speech is left, as it was approved, and it begins and ends in silence', async () => {
    await using dir = await tempDir()
    const { ctx, source, decode } = await open(dir.path, 5, BUILT_IN_CHIMES)
    const cut = await cutSpeech(ctx, source, FRESH())
    if (!cut) throw new Error('there are chimes to be taken off')
    const [before, after] = [await decode(source.sha256), await decode(cut.sha256)]
    expect(after.length / 24).toBe(cut.ms)
    // Lead-in, five seconds, lead-out; to a few frames.
    expect(Math.abs(cut.ms - (600 + 5_000 + 700))).toBeLessThan(100)
    const [mark] = source.marks
    const startsAt = Math.round(((mark?.startMs ?? 0) - 100) * 24)
    const speech = before.subarray(startsAt, startsAt + 5_200 * 24)
    const at = after.findIndex((_, i) => i % 24 === 0 && speech.subarray(0, 24_000).every((x, k) => x === after[i + k]))
    expect(at / 24).toBeGreaterThan(400)
    expect(after.subarray(at, at + speech.length)).toEqual(speech)
    for (const end of [after.subarray(0, 400 * 24), after.subarray(-400 * 24)])
      expect(Math.max(...end.map(Math.abs))).toBeLessThan(0.003)
    expect(cut.truePeakDbtp).toBeLessThanOrEqual(-1.5)
    expect(Math.abs(cut.loudnessLufs - -16)).toBeLessThan(1)
    expect((await cutSpeech(ctx, source, FRESH()))?.sha256).toBe(cut.sha256)
    // It is a file like any other: clusters that play something else get that.
    const opus = await transcode(
      ctx,
      { sha256: cut.sha256, profile: codecProfiles.opus, loudness: SPEECH_LOUDNESS },
      FRESH(),
    )
    expect(Math.abs(opus.ms - cut.ms)).toBeLessThan(100)
  })

  test('a bulletin without chimes is left as it is, and one with an opening alone loses only that', async () => {
    await using dir = await tempDir()
    const bare = await open(dir.path, 2, { opening: 'none', closing: 'none', bed: null })
    expect(await cutSpeech(bare.ctx, bare.source, FRESH())).toBeNull()
    await using other = await tempDir()
    const opened = await open(other.path, 2, { opening: 'built-in', closing: 'none', bed: null })
    const cut = await cutSpeech(opened.ctx, opened.source, FRESH())
    const [before, after] = [await opened.decode(opened.source.sha256), await opened.decode(cut?.sha256 ?? '')]
    expect(after.subarray(-48_000)).toEqual(before.subarray(-48_000))
    expect(after.length).toBeLessThan(before.length - 2_900 * 24)
  })
})

test('what nobody has marked is not cut, nor what is no file of equal frames', () => {
  expect(spokenFrames([], 1_000, frame)).toBeNull()
  const good = Buffer.alloc(frame.bytes * 3)
  for (let at = 0; at < good.length; at += frame.bytes) good.writeUInt32BE(0xfff364c4, at)
  expect(hasEqualFrames(good, frame)).toBe(true)
  expect(hasEqualFrames(Buffer.concat([good, Buffer.from('TAG')]), frame)).toBe(false)
  expect(hasEqualFrames(Buffer.concat([Buffer.alloc(frame.bytes, 0x49), good]), frame)).toBe(false)
  expect(hasEqualFrames(Buffer.alloc(0), frame)).toBe(false)
})
