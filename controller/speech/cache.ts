import { createHash } from 'node:crypto'
import { mkdir, open, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { readClip } from '../audio/clip.ts'
import { AudioError } from '../audio/errors.ts'

/** Changes when sentences are cut differently than before. */
const FORM = 1

export const cacheFolder = (dataDir: string): string => join(dataDir, 'speech')

/** Where a spoken sentence is kept: named by everything that shapes its sound. `voice` is the engine's own name of it. */
export function cachedFile(
  dataDir: string,
  input: { readonly engine: string; readonly voice: string; readonly spoken: string },
): string {
  const key = createHash('sha256')
    .update(JSON.stringify([FORM, input.engine, input.voice, input.spoken]))
    .digest('hex')
  return join(cacheFolder(dataDir), key.slice(0, 2), `${key}.wav`)
}

/** Length of a complete sentence, or null when there is none. A damaged one counts as none. */
export async function cachedMs(file: string): Promise<number | null> {
  try {
    const clip = await readClip(file)
    return Math.round((clip.samples * 1000) / clip.sampleRate)
  } catch (error) {
    if (error instanceof AudioError) return null
    throw error
  }
}

/** Writes beside and renames, so that a sentence is there or not, even after a kill or a power cut. */
export async function keep(file: string, wav: Buffer, temporary: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const handle = await open(temporary, 'w')
  try {
    await handle.writeFile(wav)
    await handle.datasync()
  } finally {
    await handle.close()
  }
  await rename(temporary, file)
}
