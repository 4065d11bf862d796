import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { copyFile, mkdir, mkdtemp, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { MEDIA_EXTENSIONS, type MediaExtension, type MediaFile, type MediaStore } from './store.ts'
import { isMissing, namesIn, ownPrefix, sweepFolder } from './work-folder.ts'

export interface FolderStore extends MediaStore {
  /** Removes half-copied files that nobody works on (epoch ms of now); for the start of the process. */
  sweep(now: number): Promise<number>
}

const SHA256 = /^[0-9a-f]{64}$/
const PREFIX = /^[0-9a-f]{2}$/
const TEMPORARY = 'tmp'

/** Keeps each file as `<dir>/<first two digits>/<sha256>.<extension>`, complete or not at all. */
export function createFolderStore(dir: string): FolderStore {
  const placeOf = (sha256: string, extension: MediaExtension): string =>
    join(dir, sha256.slice(0, 2), `${sha256}.${extension}`)

  const find = async (sha256: string): Promise<{ path: string; file: MediaFile } | null> => {
    if (!SHA256.test(sha256)) return null
    for (const extension of MEDIA_EXTENSIONS) {
      const path = placeOf(sha256, extension)
      const bytes = await sizeOf(path)
      if (bytes !== null) return { path, file: { sha256, bytes, extension } }
    }
    return null
  }

  return {
    async put(file, extension) {
      const { sha256, bytes } = await hashFile(file)
      const target = placeOf(sha256, extension)
      await mkdir(join(dir, sha256.slice(0, 2)), { recursive: true })
      await sync(file)
      await moveInto(dir, file, target)
      await sync(join(dir, sha256.slice(0, 2)))
      return { sha256, bytes, extension }
    },
    stat: async (sha256) => (await find(sha256))?.file ?? null,
    async open(sha256, range) {
      const found = await find(sha256)
      if (!found) return null
      if (!range) return createReadStream(found.path)
      const { start, end } = range
      if (!(start >= 0 && start <= end && end < found.file.bytes)) {
        throw new RangeError(`bytes ${start}-${end} are not within ${found.file.bytes}`)
      }
      return createReadStream(found.path, { start, end })
    },
    path: async (sha256) => (await find(sha256))?.path ?? null,
    async *idle(before) {
      for (const folder of await namesIn(dir)) {
        if (!PREFIX.test(folder)) continue
        for (const name of await namesIn(join(dir, folder))) {
          const [sha256 = ''] = name.split('.')
          if (SHA256.test(sha256) && (await isIdle(join(dir, folder, name), before))) yield sha256
        }
      }
    },
    async remove(sha256, before) {
      const found = await find(sha256)
      if (!found) return false
      return takeAway(found.path, join(dir, TEMPORARY), before)
    },
    sweep: (now) => sweepFolder(join(dir, TEMPORARY), now),
  }
}

/**
 * Removes a file unless it was put again since `before`. It is moved aside first: what is put after that is another file,
 * and what was put just before shows by its age and goes back.
 */
async function takeAway(path: string, temporary: string, before: number): Promise<boolean> {
  await mkdir(temporary, { recursive: true })
  const folder = await mkdtemp(join(temporary, ownPrefix('gone')))
  const aside = join(folder, 'file')
  try {
    await rename(path, aside)
    if (await isIdle(aside, before)) return true
    await rename(aside, path)
    return false
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function isIdle(path: string, before: number): Promise<boolean> {
  const found = await stat(path).catch(() => null)
  return found !== null && found.mtimeMs < before
}

async function hashFile(file: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256')
  let bytes = 0
  await pipeline(createReadStream(file), async (chunks) => {
    for await (const chunk of chunks as AsyncIterable<Buffer>) {
      hash.update(chunk)
      bytes += chunk.length
    }
  })
  return { sha256: hash.digest('hex'), bytes }
}

/** A rename where both lie on one file system; else a copy beside the target, then a rename. */
async function moveInto(dir: string, file: string, target: string): Promise<void> {
  try {
    await rename(file, target)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error
    await mkdir(join(dir, TEMPORARY), { recursive: true })
    const folder = await mkdtemp(join(dir, TEMPORARY, ownPrefix('put')))
    try {
      const copy = join(folder, 'copy')
      await copyFile(file, copy)
      await sync(copy)
      await rename(copy, target)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
    await rm(file, { force: true })
  }
}

/** What is announced to clusters must survive a power cut, so it reaches the disk before anybody hears of it. */
async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    const found = await stat(path)
    return found.isFile() ? found.size : null
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}
