import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SoundProfile } from '#protocol/http/areas.ts'
import { createFolderStore } from '../../controller/audio/folder-store.ts'
import { BUILT_IN_CHIMES, type Music, NO_MUSIC } from '../../controller/audio/music.ts'
import { produce } from '../../controller/audio/produce.ts'
import { codecProfiles, SPEECH_LOUDNESS } from '../../controller/audio/profiles.ts'
import { systemClock as clock } from '../../controller/clock.ts'
import { chooseEspeak } from '../../controller/speech/engines/choose.ts'
import type { VoiceId } from '../../controller/speech/speech.ts'
import { type SpokenSegment, synthesiseUtterances } from '../../controller/speech/synthesise.ts'
import {
  decodeByFfmpeg,
  FRESH,
  ffmpegs,
  measureByFfmpeg,
  SOUNDS,
  sound,
  type TempDir,
  tempDir,
  writeWav,
} from '../support/audio.ts'

const RATE = 22_050
const SENTENCES = [
  'Kính thưa bà con, từ đầu tháng này xã ta bắt đầu thu gom rác tại nhà.',
  'Xin bà con để rác ở trước cửa trước sáu giờ sáng.',
  'Ai chưa rõ thì hỏi tổ trưởng. Xin cảm ơn!',
]

interface Input {
  readonly segments: (dir: string) => Promise<readonly SpokenSegment[]>
  readonly soundProfile: SoundProfile
  readonly music: (dir: string) => Promise<Music>
}

const said = (voice: VoiceId) => async (dir: string) => {
  const utterances = SENTENCES.map((spoken) => ({ spoken, part: 'lead' as const, pauseAfterMs: 450 }))
  const speech = await chooseEspeak({ engine: 'auto' }, { clock })
  return synthesiseUtterances({ speech, dataDir: dir }, { utterances, voice }, () => {}, FRESH())
}

const made =
  (...pieces: readonly [samples: Float32Array, pauseAfterMs: number][]) =>
  (dir: string) =>
    Promise.all(
      pieces.map(async ([samples, pauseAfterMs], i) => ({
        file: await writeWav(join(dir, `${i}.wav`), samples, RATE),
        voice: 'one',
        ms: (samples.length * 1000) / RATE,
        pauseAfterMs,
      })),
    )

const scaled = (samples: Float32Array, by: number): Float32Array => samples.map((x) => x * by)
const { sine, syllables, noise, pulses, quiet, uneven, clipped } = SOUNDS
const hum = sound((t) => 0.5 * Math.sin(2 * Math.PI * 90 * t), 6, RATE)
const hiss = sound((_t, random) => 0.9 * (random() > 0.5 ? 1 : -1) * random() ** 3, 5, RATE)
const clicks = sound((t) => (t % 0.5 < 0.001 ? 0.95 : 0.02 * Math.sin(2 * Math.PI * 300 * t)), 6, RATE)

const chimes = async (): Promise<Music> => BUILT_IN_CHIMES
const none = async (): Promise<Music> => NO_MUSIC

/** A station's own files: at a rate of their own, loud and soft. */
const own =
  (files: { opening?: Float32Array; closing?: Float32Array; bed?: Float32Array }) =>
  async (dir: string): Promise<Music> => {
    const write = (name: string, samples: Float32Array) => writeWav(join(dir, `${name}.wav`), samples, 44_100)
    const chime = async (name: string, samples?: Float32Array) =>
      samples ? { file: await write(name, samples) } : ('built-in' as const)
    return {
      opening: await chime('opening', files.opening),
      closing: await chime('closing', files.closing),
      bed: files.bed ? await write('bed', files.bed) : null,
    }
  }
const chord = sound(
  (t) => [262, 330, 392].reduce((sum, hz) => sum + 0.3 * Math.sin(2 * Math.PI * hz * t), 0),
  7,
  44_100,
)

const INPUTS: Readonly<Record<string, Input>> = {
  'a northern voice through a horn': { segments: said('vi-north'), soundProfile: 'horn', music: chimes },
  'a northern voice as it is': { segments: said('vi-north'), soundProfile: 'flat', music: chimes },
  'a central voice': { segments: said('vi-central'), soundProfile: 'horn', music: chimes },
  'a southern voice without chimes': { segments: said('vi-south'), soundProfile: 'horn', music: none },
  'a tone': { segments: made([sound(sine, 5, RATE), 300]), soundProfile: 'flat', music: chimes },
  syllables: { segments: made([sound(syllables, 8, RATE), 300]), soundProfile: 'horn', music: chimes },
  noise: { segments: made([sound(noise, 5, RATE), 300]), soundProfile: 'horn', music: chimes },
  'sharp hissing': { segments: made([hiss, 300]), soundProfile: 'flat', music: chimes },
  'sharp hissing through a horn': { segments: made([hiss, 300]), soundProfile: 'horn', music: none },
  pulses: { segments: made([sound(pulses, 5, RATE), 300]), soundProfile: 'horn', music: chimes },
  'almost nothing': { segments: made([sound(quiet, 5, RATE), 300]), soundProfile: 'flat', music: chimes },
  'almost nothing through a horn': {
    segments: made([sound(quiet, 5, RATE), 300]),
    soundProfile: 'horn',
    music: chimes,
  },
  'whispers and shouts': { segments: made([sound(uneven, 8, RATE), 300]), soundProfile: 'horn', music: chimes },
  'a clipped recording': { segments: made([sound(clipped, 5, RATE), 300]), soundProfile: 'flat', music: chimes },
  'a deep hum': { segments: made([hum, 300]), soundProfile: 'flat', music: none },
  'a deep hum through a horn': { segments: made([hum, 300]), soundProfile: 'horn', music: none },
  'clicks over a murmur': { segments: made([clicks, 300]), soundProfile: 'flat', music: chimes },
  'one short word': { segments: made([sound(syllables, 0.3, RATE), 300]), soundProfile: 'horn', music: chimes },
  'long pauses': {
    segments: made([sound(syllables, 2, RATE), 9_000], [sound(syllables, 2, RATE), 9_000], [sound(noise, 1, RATE), 0]),
    soundProfile: 'horn',
    music: chimes,
  },
  'sentences of very different loudness': {
    segments: made(
      [sound(syllables, 3, RATE), 400],
      [scaled(sound(syllables, 3, RATE), 0.1), 400],
      [scaled(sound(noise, 2, RATE), 0.4), 400],
    ),
    soundProfile: 'horn',
    music: chimes,
  },
  'a voice over music': { segments: said('vi-north'), soundProfile: 'horn', music: own({ bed: chord }) },
  'whispers and shouts over soft noise': {
    segments: made([sound(uneven, 8, RATE), 900], [sound(quiet, 4, RATE), 300]),
    soundProfile: 'flat',
    music: own({ bed: scaled(sound(noise, 3, 44_100), 0.05) }),
  },
  'a voice between a loud chime and a soft one': {
    segments: said('vi-south'),
    soundProfile: 'horn',
    music: own({ opening: scaled(chord, 1.1), closing: scaled(sound(pulses, 2, 44_100), 0.03) }),
  },
  'one short word between long chimes': {
    segments: made([sound(syllables, 0.3, RATE), 300]),
    soundProfile: 'flat',
    music: own({ opening: sound(pulses, 9, 44_100), closing: chord, bed: chord }),
  },
}

describe('two dozen kinds of sound, by the measure of ffmpeg', () => {
  const ffmpeg = ffmpegs.at(-1)
  if (!ffmpeg) throw new Error('no ffmpeg on this machine')
  let dir: TempDir
  beforeAll(async () => {
    dir = await tempDir()
  })
  afterAll(() => dir[Symbol.asyncDispose]())

  test.each(Object.entries(INPUTS))(
    '%s is at -16 LUFS, peaks below -1.5 dBTP, clips nowhere, lasts as announced',
    async (_, input) => {
      const { segments, music, soundProfile } = input
      const store = createFolderStore(join(dir.path, 'media'))
      const production = {
        segments: await segments(dir.path),
        music: await music(dir.path),
        soundProfile,
        profile: codecProfiles.mp3,
        loudness: SPEECH_LOUDNESS,
      }
      const audio = await produce({ ffmpeg, store, dataDir: dir.path }, production, () => {}, FRESH())
      const file = (await store.path(audio.sha256)) ?? ''
      const heard = await measureByFfmpeg(ffmpeg.path, file)
      expect(Math.abs(heard.lufs - -16)).toBeLessThanOrEqual(0.5)
      expect(heard.dbtp).toBeLessThanOrEqual(-1.5)
      const samples = await decodeByFfmpeg(ffmpeg.path, file)
      expect(samples.some((x) => Math.abs(x) >= 0.999)).toBe(false)
      expect(Math.abs(audio.ms - samples.length / 24)).toBeLessThan(50)
    },
  )
})
