import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { namesIn } from '../audio/work-folder.ts'
import { DAY } from '../units.ts'
import { cacheFolder } from './cache.ts'

/** A production may be about to mix what was spoken so lately. */
const IN_USE_MS = DAY

interface Sentence {
  readonly file: string
  readonly bytes: number
  /** As the file system knows it: to the day on most, since writing on some. */
  readonly usedAt: number
}

/** Removes the sentences that were not used for longest until the rest fits; one that is missing is spoken anew. */
export async function trimSpeechCache(
  dataDir: string,
  { maxBytes, now }: { maxBytes: number; now: number },
): Promise<{ removed: number; bytes: number }> {
  const sentences = (await listSentences(dataDir)).sort((a, b) => a.usedAt - b.usedAt)
  let bytes = sentences.reduce((sum, sentence) => sum + sentence.bytes, 0)
  let removed = 0
  for (const sentence of sentences) {
    if (bytes <= maxBytes || now - sentence.usedAt < IN_USE_MS) break
    await rm(sentence.file, { force: true })
    bytes -= sentence.bytes
    removed += 1
  }
  return { removed, bytes }
}

export async function speechCacheBytes(dataDir: string): Promise<number> {
  return (await listSentences(dataDir)).reduce((sum, { bytes }) => sum + bytes, 0)
}

async function listSentences(dataDir: string): Promise<Sentence[]> {
  const root = cacheFolder(dataDir)
  const found: Sentence[] = []
  for (const folder of await namesIn(root)) {
    for (const name of await namesIn(join(root, folder))) {
      const file = join(root, folder, name)
      const known = await stat(file).catch(() => null)
      if (known) found.push({ file, bytes: known.size, usedAt: Math.max(known.atimeMs, known.mtimeMs) })
    }
  }
  return found
}
