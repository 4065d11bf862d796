import { open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Disk } from './disk.ts'

/** Replaces a file so that a power loss leaves either the old or the new content, never a mixture. */
export async function writeDurably(disk: Disk, file: string, content: string): Promise<void> {
  disk.assertRoom(content.length)
  const temporary = `${file}.new`
  const handle = await open(temporary, 'w')
  try {
    await handle.writeFile(content)
    await handle.datasync()
  } finally {
    await handle.close()
  }
  disk.assertRoom(0)
  await rename(temporary, file)
  await syncDirectory(dirname(file))
}

/** The content, or null when the file does not exist. */
export async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** A rename or a new file is only durable once its directory is. */
export async function syncDirectory(dir: string): Promise<void> {
  const handle = await open(dir, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
