import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Codec } from '#protocol/messages.ts'
import type { Ffmpeg } from '../../controller/audio/ffmpeg.ts'
import { createFolderStore } from '../../controller/audio/folder-store.ts'
import { NO_MUSIC } from '../../controller/audio/music.ts'
import { produce } from '../../controller/audio/produce.ts'
import { codecProfiles, SPEECH_LOUDNESS } from '../../controller/audio/profiles.ts'
import { FRESH, ffmpegs, measureByFfmpeg, SOUNDS, sound, tempDir, writeWav } from '../support/audio.ts'

const RATE = 22_050
const CODECS: readonly Codec[] = ['mp3', 'opus', 'aac', 'wav']
const found = ffmpegs.at(-1)
if (!found) throw new Error('no ffmpeg on this machine')
const real = found

/** Bursts of four milliseconds in silence: all peak and no loudness, and hard to draw. */
const bursts = sound((t, random) => (t % 0.25 < 0.004 ? 0.9 * (random() > 0.5 ? 1 : -1) : 0), 4, RATE)

/** The real encoder after an amplifier: whatever was tried before, it is louder by some decibels each time. */
function rising(stepDb: number, most: number): Ffmpeg {
  let encodings = 0
  return {
    ...real,
    run: (recipe, options) => {
      if (recipe.inputs[0]?.from !== 'pipe') return real.run(recipe, options)
      const db = Math.min(most, encodings++) * stepDb
      return real.run({ ...recipe, audioFilters: [...recipe.audioFilters, `volume=${db}dB`] }, options)
    },
  }
}

async function make(dir: string, ffmpeg: Ffmpeg, codec: Codec, samples: Float32Array) {
  const file = await writeWav(join(dir, 'a.wav'), samples, RATE)
  const store = createFolderStore(join(dir, 'media'))
  const segments = [{ file, voice: 'one', ms: (samples.length * 1000) / RATE, pauseAfterMs: 0 }]
  const input = { segments, music: NO_MUSIC, profile: codecProfiles[codec], loudness: SPEECH_LOUDNESS }
  const made = await produce({ ffmpeg, store, dataDir: dir }, { ...input, soundProfile: 'flat' }, () => {}, FRESH())
  return { ...made, heard: await measureByFfmpeg(real.path, (await store.path(made.sha256)) ?? '') }
}

describe.each(CODECS)('as %s', (codec) => {
  test.each([
    ['bursts that cannot be made loud', bursts, rising(0, 0)],
    ['bursts that the encoder raises anew', bursts, rising(2.5, 4)],
    ['noise that the encoder raises anew', sound(SOUNDS.noise, 4, RATE), rising(6, 5)],
  ])('%s come out below the limit, however soft', async (_, samples, ffmpeg) => {
    await using dir = await tempDir()
    const { heard, truePeakDbtp } = await make(dir.path, ffmpeg, codec, samples)
    expect(heard.dbtp).toBeLessThanOrEqual(-1.5)
    expect(truePeakDbtp).toBeLessThanOrEqual(-1.5)
    expect(heard.lufs).toBeLessThan(-15.5)
  })

  test('what its encoder raises for ever is not made at all', async () => {
    await using dir = await tempDir()
    const making = make(dir.path, rising(6, Number.POSITIVE_INFINITY), codec, bursts)
    await expect(making).rejects.toMatchObject({ code: 'peaks' })
  })
})
