import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

const WORK = 'work'

/** Lends a fresh folder under `<dataDir>/work` and removes it afterwards, whatever happened. */
export async function withWorkFolder<T>(dataDir: string, use: (folder: string) => Promise<T>): Promise<T> {
  const parent = join(dataDir, WORK)
  await mkdir(parent, { recursive: true })
  const folder = await mkdtemp(join(parent, 'job-'))
  try {
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Removes what killed processes left behind: everything under `<dataDir>/work` last touched before `before`. */
export const sweepWork = (dataDir: string, before: number): Promise<number> => sweepFolder(join(dataDir, WORK), before)

/** Removes the entries of `folder` last touched before `before` (epoch ms) and says how many. */
export async function sweepFolder(folder: string, before: number): Promise<number> {
  let removed = 0
  for (const name of await namesIn(folder)) {
    const entry = join(folder, name)
    const found = await stat(entry).catch(() => null)
    if (!found || found.mtimeMs >= before) continue
    await rm(entry, { recursive: true, force: true })
    removed += 1
  }
  return removed
}

/** Names in a folder; none when there is no such folder. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

export const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'
