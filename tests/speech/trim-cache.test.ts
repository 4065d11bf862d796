import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cachedFile } from '../../controller/speech/cache.ts'
import { speechCacheBytes, trimSpeechCache } from '../../controller/speech/trim-cache.ts'
import { tempDir } from '../support/audio.ts'

const DAY = 86_400_000
const NOW = 100 * DAY

/** Sentences of 1,000 bytes, each last used so many days ago. */
async function cacheOf(dataDir: string, ages: readonly number[]): Promise<string[]> {
  const files = ages.map((age) => cachedFile(dataDir, { engine: 'e', voice: 'v', spoken: `câu ${age}` }))
  for (const [i, file] of files.entries()) {
    const usedAt = (NOW - (ages[i] ?? 0) * DAY) / 1_000
    await mkdir(join(file, '..'), { recursive: true })
    await writeFile(file, Buffer.alloc(1_000))
    // Read long after it was written.
    await utimes(file, usedAt, 1)
  }
  return files
}

test('the sentences that were not used for longest go until the rest fits', async () => {
  await using dir = await tempDir()
  const files = await cacheOf(dir.path, [5, 40, 3, 20])
  expect(await speechCacheBytes(dir.path)).toBe(4_000)
  expect(await trimSpeechCache(dir.path, { maxBytes: 2_500, now: NOW })).toEqual({ removed: 2, bytes: 2_000 })
  const left = await readdir(join(dir.path, 'speech'), { recursive: true })
  expect(files.map((file) => left.some((name) => file.endsWith(name) && name.endsWith('.wav')))).toEqual([
    true,
    false,
    true,
    false,
  ])
  expect(await trimSpeechCache(dir.path, { maxBytes: 2_000, now: NOW })).toEqual({ removed: 0, bytes: 2_000 })
})

test('what was used within a day stays, however much it is; no cache is no fault', async () => {
  await using dir = await tempDir()
  expect(await trimSpeechCache(dir.path, { maxBytes: 0, now: NOW })).toEqual({ removed: 0, bytes: 0 })
  await cacheOf(dir.path, [0.5, 2])
  expect(await trimSpeechCache(dir.path, { maxBytes: 0, now: NOW })).toEqual({ removed: 1, bytes: 1_000 })
})
