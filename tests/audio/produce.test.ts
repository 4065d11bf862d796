import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { SoundProfile } from '#protocol/http/areas.ts'
import { AudioError } from '../../controller/audio/errors.ts'
import type { Ffmpeg } from '../../controller/audio/ffmpeg.ts'
import { createFolderStore } from '../../controller/audio/folder-store.ts'
import { BUILT_IN_CHIMES, type Music } from '../../controller/audio/music.ts'
import { probe } from '../../controller/audio/probe.ts'
import { type ProducedAudio, produce } from '../../controller/audio/produce.ts'
import { codecProfiles, SPEECH_LOUDNESS } from '../../controller/audio/profiles.ts'
import type { SpokenSegment } from '../../controller/speech/synthesise.ts'
import {
  decodeByFfmpeg,
  FRESH,
  ffmpegs,
  measureByFfmpeg,
  SOUNDS,
  sound,
  tempDir,
  withEachFfmpeg,
  writeWav,
} from '../support/audio.ts'

const RATE = 22_050
const PROFILE = codecProfiles.mp3

const silent = (): void => {}

async function segment(dir: string, name: string, samples: Float32Array, pauseAfterMs = 300): Promise<SpokenSegment> {
  const file = await writeWav(join(dir, `${name}.wav`), samples, RATE)
  return { file, voice: 'one', ms: (samples.length * 1000) / RATE, pauseAfterMs }
}

interface Made extends ProducedAudio {
  readonly path: string
}

async function make(
  dir: string,
  ffmpeg: Ffmpeg,
  segments: readonly SpokenSegment[],
  options: {
    music?: Music
    soundProfile?: SoundProfile
    signal?: AbortSignal
    onProgress?: (fraction: number) => void
  } = {},
): Promise<Made> {
  const store = createFolderStore(join(dir, 'media'))
  const { music = BUILT_IN_CHIMES, soundProfile = 'flat' } = options
  const input = { segments, music, soundProfile, profile: PROFILE, loudness: SPEECH_LOUDNESS }
  const made = await produce(
    { ffmpeg, store, dataDir: dir },
    input,
    options.onProgress ?? silent,
    options.signal ?? FRESH(),
  )
  return { ...made, path: (await store.path(made.sha256)) ?? '' }
}

withEachFfmpeg((ffmpeg) => {
  test.each([
    ['sine', 5],
    ['syllables', 8],
    ['noise', 5],
    ['pulses', 5],
    ['quiet', 5],
    ['uneven', 8],
    ['clipped', 5],
    ['syllables', 1],
    ['syllables', 0.3],
  ] as const)('%s of %d s comes out at -16 LUFS, below -1.5 dBTP, as long as announced', async (name, seconds) => {
    await using dir = await tempDir()
    const made = await make(dir.path, ffmpeg, [await segment(dir.path, 'a', sound(SOUNDS[name], seconds, RATE))])
    const heard = await measureByFfmpeg(ffmpeg.path, made.path)
    expect(Math.abs(heard.lufs - -16)).toBeLessThanOrEqual(0.5)
    expect(heard.dbtp).toBeLessThanOrEqual(-1.5)
    expect(Math.abs(made.loudnessLufs - heard.lufs)).toBeLessThan(0.2)
    expect(Math.abs(made.truePeakDbtp - heard.dbtp)).toBeLessThan(0.3)
    const samples = await decodeByFfmpeg(ffmpeg.path, made.path)
    expect(Math.abs(made.ms - samples.length / 24)).toBeLessThan(1)
    // Frames of 144 bytes and 24 ms and nothing else: a decoder that knows no tags plays just as long.
    expect(made.ms).toBe((made.bytes / 144) * 24)
  })

  test('says what it is: mono MP3 at 24 kHz and 48 kbit/s', async () => {
    await using dir = await tempDir()
    const made = await make(dir.path, ffmpeg, [await segment(dir.path, 'a', sound(SOUNDS.syllables, 5, RATE))])
    const probed = await probe({ ffmpeg }, made.path, FRESH())
    expect(probed).toMatchObject({ codec: 'mp3', sampleRate: 24_000, channels: 1, ms: made.ms })
    expect((made.bytes * 8) / made.ms).toBe(48)
  })

  test('marks where each sentence sounds, to the hundredth of a second', async () => {
    await using dir = await tempDir()
    const segments = [
      await segment(dir.path, 'a', sound(SOUNDS.sine, 0.8, RATE), 500),
      await segment(dir.path, 'b', sound(SOUNDS.noise, 1.3, RATE), 250),
      await segment(dir.path, 'c', sound(SOUNDS.sine, 0.4, RATE), 900),
    ]
    const made = await make(dir.path, ffmpeg, segments)
    const samples = await decodeByFfmpeg(ffmpeg.path, made.path)
    expect(made.marks.map(({ index }) => index)).toEqual([0, 1, 2])
    for (const { startMs, endMs } of made.marks) {
      expect(loudestBetween(samples, startMs - 60, startMs - 10)).toBeLessThan(0.02)
      expect(loudestBetween(samples, startMs, startMs + 10)).toBeGreaterThan(0.05)
      expect(loudestBetween(samples, endMs - 10, endMs)).toBeGreaterThan(0.05)
      expect(loudestBetween(samples, endMs + 10, endMs + 60)).toBeLessThan(0.02)
    }
    const lengths = made.marks.map(({ startMs, endMs }) => endMs - startMs)
    for (const [i, expected] of [800, 1_300, 400].entries()) {
      expect(Math.abs((lengths[i] ?? 0) - expected)).toBeLessThanOrEqual(1)
    }
  })

  test('is not there, nor any part of it, when aborted', async () => {
    await using dir = await tempDir()
    const spoken = await segment(dir.path, 'a', sound(SOUNDS.noise, 20, RATE))
    for (const at of [0, 0.05, 0.3, 0.8]) {
      const abort = new AbortController()
      const making = make(dir.path, ffmpeg, [spoken], {
        signal: abort.signal,
        onProgress: (fraction) => {
          if (fraction >= at) abort.abort(new Error(`enough at ${at}`))
        },
      })
      await expect(making).rejects.toThrow(`enough at ${at}`)
      expect(await readdir(dir.path)).not.toContain('media')
      expect((await readdir(join(dir.path, 'work')).catch(() => [])).length).toBe(0)
    }
  })

  test('tells rising progress up to the end', async () => {
    await using dir = await tempDir()
    const heard: number[] = []
    const spoken = await segment(dir.path, 'a', sound(SOUNDS.syllables, 30, RATE))
    await make(dir.path, ffmpeg, [spoken], { onProgress: (fraction) => heard.push(fraction) })
    expect(heard).toEqual([...new Set(heard)].sort((a, b) => a - b))
    expect(heard.at(-1)).toBe(1)
  })
})

test('the same sentences give the same file, from every ffmpeg and at every time', async () => {
  await using dir = await tempDir()
  const segments = [await segment(dir.path, 'a', sound(SOUNDS.syllables, 6, RATE))]
  const hashes = new Set<string>()
  for (const ffmpeg of [...ffmpegs, ...ffmpegs]) {
    hashes.add((await make(dir.path, ffmpeg, segments)).sha256)
    await rm(join(dir.path, 'media'), { recursive: true })
  }
  expect(hashes.size).toBe(1)
})

describe('what cannot be produced', () => {
  const ffmpeg = ffmpegs[0]
  if (!ffmpeg) throw new Error('no ffmpeg on this machine')

  test('is refused when there is nothing to hear', async () => {
    await using dir = await tempDir()
    await expect(make(dir.path, ffmpeg, [])).rejects.toMatchObject({ code: 'silent' })
    const nothing = await segment(dir.path, 'a', new Float32Array(RATE * 3))
    await expect(make(dir.path, ffmpeg, [nothing])).rejects.toMatchObject({ code: 'silent' })
  })

  test('names the sentence that is missing, cut short, or of another kind', async () => {
    await using dir = await tempDir()
    const good = await segment(dir.path, 'good', sound(SOUNDS.syllables, 2, RATE))
    const other = await writeWav(join(dir.path, 'other.wav'), sound(SOUNDS.syllables, 2, 16_000), 16_000)
    const cut = join(dir.path, 'cut.wav')
    await writeFile(cut, (await readFile(good.file)).subarray(0, 20_000))
    const text = join(dir.path, 'text.wav')
    await writeFile(text, 'xin chào')
    for (const file of [other, cut, text, join(dir.path, 'none.wav')]) {
      const error = await make(dir.path, ffmpeg, [good, { ...good, file }]).catch((e: unknown) => e)
      expect(error).toBeInstanceOf(AudioError)
      expect(error).toMatchObject({ code: 'segment', message: expect.stringContaining(file) })
    }
  })

  test('says so when the disk does not take it', async () => {
    await using dir = await tempDir()
    const spoken = await segment(dir.path, 'a', sound(SOUNDS.syllables, 2, RATE))
    await writeFile(join(dir.path, 'media'), 'no folder')
    await expect(make(dir.path, ffmpeg, [spoken])).rejects.toMatchObject({ code: 'ENOTDIR' })
    expect(await readdir(join(dir.path, 'work'))).toEqual([])
    await rm(join(dir.path, 'work'), { recursive: true })
    await writeFile(join(dir.path, 'work'), 'no folder')
    await expect(make(dir.path, ffmpeg, [spoken])).rejects.toMatchObject({ code: 'EEXIST' })
  })
})

function loudestBetween(samples: Float32Array, fromMs: number, toMs: number): number {
  return samples
    .subarray(Math.max(0, Math.round(fromMs * 24)), Math.max(0, Math.round(toMs * 24)))
    .reduce((peak, x) => Math.max(peak, Math.abs(x)), 0)
}
