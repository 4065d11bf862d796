import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { SoundProfile } from '#protocol/http/areas.ts'
import { createFolderStore } from '../../controller/audio/folder-store.ts'
import { type Music, NO_MUSIC } from '../../controller/audio/music.ts'
import { produce } from '../../controller/audio/produce.ts'
import { codecProfiles, SPEECH_LOUDNESS } from '../../controller/audio/profiles.ts'
import { decodeByFfmpeg, FRESH, ffmpegs, measureByFfmpeg, SOUNDS, sound, tempDir, writeWav } from '../support/audio.ts'

const RATE = 22_050
const run = promisify(execFile)
const found = ffmpegs.at(-1)
if (!found) throw new Error('no ffmpeg on this machine')
const ffmpeg = found

/** Three sentences of three seconds, deep in pitch, with pauses of five. */
async function make(dir: string, music: Music, soundProfile: SoundProfile = 'flat') {
  const file = await writeWav(join(dir, 'sentence.wav'), sound(SOUNDS.syllables, 3, RATE), RATE)
  const segments = Array.from({ length: 3 }, () => ({ file, voice: 'one', ms: 3_000, pauseAfterMs: 5_000 }))
  const store = createFolderStore(join(dir, 'media'))
  const input = { segments, music, soundProfile, profile: codecProfiles.wav, loudness: SPEECH_LOUDNESS }
  const made = await produce({ ffmpeg, store, dataDir: dir }, input, () => {}, FRESH())
  const path = (await store.path(made.sha256)) ?? ''
  return { ...made, path, ends: [made.marks[0]?.startMs ?? 0, made.marks.at(-1)?.endMs ?? 0] as const }
}

const within = (fromMs: number, toMs: number): string => `atrim=${fromMs / 1000}:${toMs / 1000},asetpts=PTS-STARTPTS`
/** Leaves what is above all speech of these tests. */
const ABOVE_SPEECH = 'highpass=f=2500:p=2,highpass=f=2500:p=2'

const tone = (hz: number, amplitude: number, seconds: number, rate: number): Float32Array =>
  sound((t) => amplitude * Math.sin(2 * Math.PI * hz * t), seconds, rate)

describe('a bed', () => {
  test.each([
    ['of two seconds', 2, 0.9],
    ['of twenty minutes', 1_200, 0.01],
  ])(
    '%s lies 19 LU below the speech, under every sentence and between them',
    async (_, seconds, amplitude) => {
      await using dir = await tempDir()
      const bed = join(dir.path, 'bed.mp3')
      const source = `aevalsrc=${amplitude}*sin(2*PI*4000*t):s=44100:d=${seconds}`
      await run(ffmpeg.path, ['-v', 'error', '-f', 'lavfi', '-i', source, '-b:a', '64k', bed])
      const { path, marks, loudnessLufs } = await make(dir.path, { ...NO_MUSIC, bed })
      const lufs = async (...filters: string[]) => (await measureByFfmpeg(ffmpeg.path, path, filters)).lufs
      expect(Math.abs(loudnessLufs - -16)).toBeLessThan(0.5)
      const [first, second] = marks
      if (!first || !second) throw new Error('no marks')
      const pause = await lufs(within(first.endMs + 500, second.startMs - 500))
      expect(Math.abs(pause - (-16 - 19))).toBeLessThan(0.7)
      for (const { startMs, endMs } of marks) {
        const under = await lufs(within(startMs, endMs), ABOVE_SPEECH)
        const between = await lufs(within(first.endMs + 500, second.startMs - 500), ABOVE_SPEECH)
        expect(Math.abs(under - between)).toBeLessThan(0.7)
      }
    },
    90_000,
  )

  test('swells up before the first word and dies away after the last, and clicks nowhere, not even at its seams', async () => {
    await using dir = await tempDir()
    // It breaks off at the top of a wave.
    const bed = await writeWav(join(dir.path, 'bed.wav'), tone(440.125, 0.5, 2, 24_000), 24_000)
    const { path, ends } = await make(dir.path, { ...NO_MUSIC, bed })
    const samples = await decodeByFfmpeg(ffmpeg.path, path)
    const at = (ms: number): number => Math.round(ms * 24)
    const [firstWord, lastWord] = ends
    const steady = highest(samples.subarray(at(firstWord + 3_500), at(firstWord + 7_500)))
    expect(steady).toBeGreaterThan(0.01)
    // Nobody speaks here: any jump is a click.
    for (const [from, to] of [
      [firstWord + 3_200, firstWord + 7_800],
      [0, firstWord - 20],
      [lastWord + 20, lastWord + 2_300],
    ] as const) {
      const part = samples.subarray(at(from), at(to))
      expect(highest(part)).toBeLessThan(steady * 1.5)
      expect(highest(part.map((x, i) => x - (part[i - 1] ?? x)))).toBeLessThan(steady * 0.2)
    }
    const levels = (from: number, to: number): number[] =>
      Array.from({ length: Math.floor((to - from) / 100) }, (_, i) =>
        highest(samples.subarray(at(from + i * 100), at(from + (i + 1) * 100))),
      )
    const rise = levels(firstWord - 1_500, firstWord - 100)
    expect(rise).toEqual([...rise].sort((a, b) => a - b))
    expect(rise[0]).toBeLessThan(steady * 0.1)
    const fall = levels(lastWord + 100, lastWord + 1_500)
    for (const [i, level] of fall.entries()) expect(level).toBeLessThan((fall[i - 1] ?? steady) * 1.2)
    expect(fall.at(-1)).toBeLessThan(steady * 0.1)
    expect(highest(samples.subarray(at(lastWord + 1_600)))).toBeLessThan(0.001)
  })
})

test.each(['flat', 'horn'] as const)(
  'a loud opening and a soft closing come out as loud as each other and as the speech (%s)',
  async (soundProfile) => {
    await using dir = await tempDir()
    const opening = { file: await writeWav(join(dir.path, 'o.wav'), tone(1_000, 0.9, 3, 44_100), 44_100) }
    // Below what a horn is given of speech: chimes are left alone.
    const closing = { file: await writeWav(join(dir.path, 'c.wav'), tone(150, 0.02, 4, 16_000), 16_000) }
    const { path, ends, ms } = await make(dir.path, { opening, closing, bed: null }, soundProfile)
    const lufs = async (from: number, to: number) => (await measureByFfmpeg(ffmpeg.path, path, [within(from, to)])).lufs
    const [first, second] = [await lufs(0, 3_000), await lufs(ms - 4_200, ms - 200)]
    expect(Math.abs(first - second)).toBeLessThan(0.3)
    expect(Math.abs(first - -16)).toBeLessThan(1)
    expect(Math.abs((await lufs(...ends)) - -16)).toBeLessThan(1)
  },
)

test('a file that cannot be played is named by what it was chosen for', async () => {
  await using dir = await tempDir()
  const text = join(dir.path, 'text.mp3')
  await writeFile(text, 'xin chào')
  const silence = await writeWav(join(dir.path, 'silence.wav'), new Float32Array(RATE), RATE)
  for (const file of [text, silence, join(dir.path, 'none.mp3')]) {
    const [opening, closing] = [
      { ...NO_MUSIC, opening: { file } },
      { ...NO_MUSIC, closing: { file } },
    ]
    await expect(make(dir.path, opening)).rejects.toMatchObject({ code: 'chime' })
    await expect(make(dir.path, closing)).rejects.toMatchObject({ code: 'chime' })
    await expect(make(dir.path, { ...NO_MUSIC, bed: file })).rejects.toMatchObject({ code: 'bed' })
  }
})

const highest = (samples: Float32Array): number => samples.reduce((peak, x) => Math.max(peak, Math.abs(x)), 0)
