import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CHIME_KINDS } from '#protocol/http/programmes.ts'
import { createFolderStore } from '../../controller/audio/folder-store.ts'
import { makeChime } from '../../controller/audio/make-chime.ts'
import { codecProfiles, SPEECH_LOUDNESS } from '../../controller/audio/profiles.ts'
import { transcode } from '../../controller/audio/transcode.ts'
import { decodeByFfmpeg, FRESH, measureByFfmpeg, tempDir, withEachFfmpeg } from '../support/audio.ts'

const LENGTH = { chime: 3_000, closing: 1_800 }

withEachFfmpeg((ffmpeg) => {
  test.each(CHIME_KINDS)(
    'the built-in %s is a file of its own, as loud as speech, no peak too high, the same each time',
    async (kind) => {
      await using dir = await tempDir()
      const ctx = { ffmpeg, store: createFolderStore(join(dir.path, 'media')), dataDir: dir.path }
      const made = await makeChime(ctx, kind, FRESH())
      for (const codec of ['mp3', 'opus'] as const) {
        const input = { sha256: made.sha256, profile: codecProfiles[codec], loudness: SPEECH_LOUDNESS }
        const { sha256 } = codec === 'mp3' ? made : await transcode(ctx, input, FRESH())
        const path = (await ctx.store.path(sha256)) ?? ''
        const heard = await measureByFfmpeg(ffmpeg.path, path)
        expect(heard.dbtp).toBeLessThanOrEqual(-1.5)
        expect(Math.abs(heard.lufs - -16)).toBeLessThanOrEqual(0.5)
        const seconds = (await decodeByFfmpeg(ffmpeg.path, path)).length / (codec === 'opus' ? 48_000 : 24_000)
        expect(Math.abs(seconds * 1_000 - LENGTH[kind])).toBeLessThan(120)
      }
      expect(made.bytes).toBeLessThan(20_000)
      expect((await makeChime(ctx, kind, FRESH())).sha256).toBe(made.sha256)
    },
  )
})
