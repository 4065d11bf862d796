import { mkdir, open, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { UploadId } from '#protocol/ids.ts'
import { isMissing } from '../audio/work-folder.ts'

/** Where files that people bring lie until they have been checked; each is named by its upload's id alone. */
export const uploadsFolder = (dataDir: string): string => join(dataDir, 'uploads')

export const uploadFile = (dataDir: string, id: UploadId): string => join(uploadsFolder(dataDir), id)

export async function createUploadFile(dataDir: string, id: UploadId): Promise<void> {
  await mkdir(uploadsFolder(dataDir), { recursive: true })
  await writeFile(uploadFile(dataDir, id), '', { flag: 'wx' })
}

/** How much of it has come; null: there is no file. */
export async function receivedBytes(dataDir: string, id: UploadId): Promise<number | null> {
  try {
    return (await stat(uploadFile(dataDir, id))).size
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

/** When something of it came last (epoch ms); null: there is no file. */
export async function touchedAt(dataDir: string, id: UploadId): Promise<number | null> {
  try {
    return (await stat(uploadFile(dataDir, id))).mtimeMs
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

/** Before anybody is told that all has come, it survives a power cut. */
export async function syncUploadFile(dataDir: string, id: UploadId): Promise<void> {
  const handle = await open(uploadFile(dataDir, id), 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

export const removeUploadFile = (dataDir: string, id: UploadId): Promise<void> =>
  rm(uploadFile(dataDir, id), { force: true })

/** Names of the files last touched before `before` (epoch ms). */
export async function idleFiles(dataDir: string, before: number): Promise<string[]> {
  const folder = uploadsFolder(dataDir)
  const names = await readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return []
    throw error
  })
  const idle: string[] = []
  for (const name of names) {
    const found = await stat(join(folder, name)).catch(() => null)
    if (found && found.mtimeMs < before) idle.push(name)
  }
  return idle
}
