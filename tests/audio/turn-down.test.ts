import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codecProfiles } from '../../controller/audio/profiles.ts'
import { framesToTurnDown, STEP_DB, turnDown, withLowerGain } from '../../controller/audio/turn-down.ts'
import { decodeByFfmpeg, SOUNDS, sound, tempDir, withEachFfmpeg, writeWav } from '../support/audio.ts'

const run = promisify(execFile)
const EQUAL = codecProfiles.mp3.frame
const FRAME = EQUAL.samples

const rms = (samples: Float32Array, from: number, to: number): number =>
  Math.sqrt(samples.subarray(from, to).reduce((sum, x) => sum + x * x, 0) / (to - from))

withEachFfmpeg(({ path }) => {
  test('frames that are turned down sound so much quieter, and no others', async () => {
    await using dir = await tempDir()
    const source = await writeWav(join(dir.path, 'a.wav'), sound(SOUNDS.noise, 3, 24_000), 24_000)
    const file = join(dir.path, 'a.mp3')
    const options = ['-c:a', 'libmp3lame', '-b:a', '48k', '-write_xing', '0', '-id3v2_version', '0']
    await run(path, ['-v', 'error', '-i', source, ...options, file])
    const before = await decodeByFfmpeg(path, file)
    await turnDown(file, new Map(Array.from({ length: 20 }, (_, i) => [50 + i, 4])), EQUAL)
    const after = await decodeByFfmpeg(path, file)

    expect(after.length).toBe(before.length)
    const ratio = rms(after, 53 * FRAME, 68 * FRAME) / rms(before, 53 * FRAME, 68 * FRAME)
    expect(20 * Math.log10(ratio)).toBeCloseTo(-4 * STEP_DB, 2)
    expect(after.subarray(0, 49 * FRAME)).toEqual(before.subarray(0, 49 * FRAME))
    expect(after.subarray(73 * FRAME)).toEqual(before.subarray(73 * FRAME))
  })

  test('a peak is brought below the limit by the frames that are found for it', async () => {
    await using dir = await tempDir()
    const samples = sound((t) => 0.05 * Math.sin(2 * Math.PI * 400 * t), 2, 24_000)
    for (let i = 0; i < 200; i++) samples[20_000 + i] = 0.9 * Math.sin((2 * Math.PI * i) / 40)
    const source = await writeWav(join(dir.path, 'a.wav'), samples, 24_000)
    const file = join(dir.path, 'a.mp3')
    const options = ['-c:a', 'libmp3lame', '-b:a', '48k', '-write_xing', '0', '-id3v2_version', '0']
    await run(path, ['-v', 'error', '-i', source, ...options, file])
    const loudest = (decoded: Float32Array): { sample: number; dbtp: number } => {
      const peak = decoded.reduce((best, x, i) => (Math.abs(x) > Math.abs(decoded[best] ?? 0) ? i : best), 0)
      return { sample: peak, dbtp: 20 * Math.log10(Math.abs(decoded[peak] ?? 0)) }
    }
    const over = loudest(await decodeByFfmpeg(path, file))
    const limit = over.dbtp - 4
    await turnDown(file, framesToTurnDown([over], limit, EQUAL), EQUAL)
    const mended = loudest(await decodeByFfmpeg(path, file))
    expect(mended.dbtp).toBeLessThanOrEqual(limit)
    expect(mended.dbtp).toBeGreaterThan(limit - 2)
  })
})

test('nothing but the gain is touched, and it stays a gain', () => {
  const heads = fc.uint8Array({ minLength: 9, maxLength: 9 }).map((bytes) => {
    const head = Buffer.from(bytes)
    head.writeUInt16BE(0xfff3, 0)
    head[3] = (head[3] ?? 0) | 0xc0
    return head
  })
  fc.assert(
    fc.property(heads, fc.integer({ min: 0, max: 300 }), (head, steps) => {
      const lowered = withLowerGain(head, steps)
      if (!lowered) throw new Error('not taken for a frame')
      const bits = (buffer: Buffer): string => [...buffer].map((byte) => byte.toString(2).padStart(8, '0')).join('')
      const [before, after] = [bits(head), bits(lowered)]
      const gain = (text: string): number => Number.parseInt(text.slice(62, 70), 2)
      expect(gain(after)).toBe(Math.max(0, gain(before) - steps))
      expect(after.slice(0, 62) + after.slice(70)).toBe(before.slice(0, 62) + before.slice(70))
    }),
  )
})

test('what is no such frame is left alone', async () => {
  await using dir = await tempDir()
  const file = join(dir.path, 'a.mp3')
  const bytes = Buffer.alloc(1_000, 'not an mp3')
  await writeFile(file, bytes)
  await turnDown(
    file,
    new Map([
      [0, 3],
      [6, 3],
      [100, 3],
    ]),
    EQUAL,
  )
  expect(await readFile(file)).toEqual(bytes)
})

test('a peak takes the frames whose sound it is made of; a higher one takes more steps', () => {
  const near = (sample: number, dbtp: number) => [...framesToTurnDown([{ sample, dbtp }], -1.5, EQUAL)]
  expect(near(10 * FRAME + 240 + 288, -1.4)).toEqual([
    [9, 1],
    [10, 1],
  ])
  expect(near(10 * FRAME + 240, 0)).toEqual([
    [8, 2],
    [9, 2],
    [10, 2],
  ])
  expect(near(100, 1.4)).toEqual([[0, 2]])
})
