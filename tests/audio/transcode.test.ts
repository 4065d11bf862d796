import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFolderStore } from '../../controller/audio/folder-store.ts'
import { BUILT_IN_CHIMES } from '../../controller/audio/music.ts'
import { produce } from '../../controller/audio/produce.ts'
import { codecProfiles, codecsMadeBy, DEFAULT_PROFILE, SPEECH_LOUDNESS } from '../../controller/audio/profiles.ts'
import { transcode } from '../../controller/audio/transcode.ts'
import {
  decodeByFfmpeg,
  FRESH,
  measureByFfmpeg,
  SOUNDS,
  sound,
  tempDir,
  withEachFfmpeg,
  writeWav,
} from '../support/audio.ts'

const RATE = 22_050

withEachFfmpeg((ffmpeg) => {
  const made = codecsMadeBy(ffmpeg.encoders)

  test('makes every codec that a cluster may play', () => {
    expect(made.sort()).toEqual(['aac', 'mp3', 'opus', 'wav'])
  })

  test.each(
    made
      .filter((codec) => codec !== 'mp3')
      .flatMap((codec) => [[codec, 'syllables'] as const, [codec, 'noise'] as const]),
  )(
    'what is heard as %s (%s) is as loud as what was produced, peaks no higher, and lasts as long',
    async (codec, name) => {
      await using dir = await tempDir()
      const ctx = { ffmpeg, store: createFolderStore(join(dir.path, 'media')), dataDir: dir.path }
      const file = await writeWav(join(dir.path, 'a.wav'), sound(SOUNDS[name], 6, RATE), RATE)
      const production = {
        segments: [{ file, voice: 'one', ms: 6_000, pauseAfterMs: 0 }],
        music: BUILT_IN_CHIMES,
        soundProfile: 'horn' as const,
        profile: DEFAULT_PROFILE,
        loudness: SPEECH_LOUDNESS,
      }
      const source = await produce(ctx, production, () => {}, FRESH())
      const input = { sha256: source.sha256, profile: codecProfiles[codec], loudness: SPEECH_LOUDNESS }
      const again = await transcode(ctx, input, FRESH())

      const path = (await ctx.store.path(again.sha256)) ?? ''
      expect(path.endsWith(`.${codec}`)).toBe(true)
      const heard = await measureByFfmpeg(ffmpeg.path, path)
      expect(Math.abs(heard.lufs - -16)).toBeLessThanOrEqual(0.5)
      expect(heard.dbtp).toBeLessThanOrEqual(-1.5)
      const rate = codec === 'opus' ? 48 : 24
      const samples = await decodeByFfmpeg(ffmpeg.path, path)
      expect(Math.abs(samples.length / rate - again.ms)).toBeLessThan(50)
      expect(Math.abs(again.ms - source.ms)).toBeLessThan(100)
      const original = await decodeByFfmpeg(ffmpeg.path, (await ctx.store.path(source.sha256)) ?? '')
      const everyOther = rate === 48 ? samples.filter((_, i) => i % 2 === 0) : samples
      expect(Math.abs(lagOf(everyOther, original))).toBeLessThan(4 * 24)
      if (codec === 'opus') expect(again.bytes).toBeLessThan(source.bytes * 0.62)
      expect((await transcode(ctx, input, FRESH())).sha256).toBe(again.sha256)
    },
  )
})

/** By how many samples one sound is later than another, looked for up to 60 ms either way, by its envelope at the start. */
function lagOf(later: Float32Array, earlier: Float32Array): number {
  const [from, length, reach] = [10_000, 48_000, 60 * 24]
  let best = { lag: 0, product: Number.NEGATIVE_INFINITY }
  for (let lag = -reach; lag <= reach; lag += 2) {
    let product = 0
    for (let i = from; i < from + length; i += 3) product += (later[i + lag] ?? 0) * (earlier[i] ?? 0)
    if (product > best.product) best = { lag, product }
  }
  return best.lag
}
