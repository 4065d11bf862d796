import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { probe } from '../../controller/audio/probe.ts'
import { overlappingRanges, probeFrames } from '../../controller/audio/probe-frames.ts'
import { codecProfiles } from '../../controller/audio/profiles.ts'
import { FRESH, SOUNDS, sound, tempDir, withEachFfmpeg, writeWav } from '../support/audio.ts'

const run = promisify(execFile)
const PROFILE = codecProfiles.mp3
const FRAME = PROFILE.frame.samples

withEachFfmpeg((ffmpeg) => {
  test('a part that is decoded by itself measures what it does in the whole', async () => {
    await using dir = await tempDir()
    const source = await writeWav(join(dir.path, 'a.wav'), sound(SOUNDS.noise, 6, 24_000), 24_000)
    const file = join(dir.path, 'a.mp3')
    const options = ['-c:a', 'libmp3lame', '-b:a', '48k', '-write_xing', '0', '-id3v2_version', '0']
    await run(ffmpeg.path, ['-v', 'error', '-i', source, ...options, file])
    const limitDbtp = -10.5
    const whole = await probe({ ffmpeg }, file, FRESH(), limitDbtp)
    const frames = [3, 100, 104, 200, 240]
    const parts = await probeFrames(
      { ffmpeg },
      { file, frame: PROFILE.frame, codec: PROFILE.codec, frames: overlappingRanges(frames), limitDbtp },
      FRESH(),
    )
    for (const frame of frames) {
      const inFrame = (over: { sample: number }): boolean => Math.floor(over.sample / FRAME) === frame
      const highest = (overs: readonly { sample: number; dbtp: number }[]): number =>
        Math.max(...overs.filter(inFrame).map(({ dbtp }) => dbtp))
      expect(highest(whole.overs)).toBeGreaterThan(limitDbtp)
      expect(highest(parts)).toBeCloseTo(highest(whole.overs), 3)
    }
  })
})

test('surroundings cover every frame, in order and without overlap', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 500 })), (frames) => {
      const ranges = overlappingRanges(frames)
      for (const frame of frames) {
        expect(ranges.some(({ from, to }) => from <= Math.max(0, frame - 8) && frame + 3 < to)).toBe(true)
      }
      for (const [i, range] of ranges.entries()) expect(range.from).toBeGreaterThan(ranges[i - 1]?.to ?? -1)
    }),
  )
})
