import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { DAY } from '../units.ts'

const WORK = 'work'

/** Controllers may share a data folder: what one is working on says whose it is. A container's host name is its own. */
const OWNER = `${hostname()}.${process.pid}`
/** Begins the name of whatever is temporary; six characters follow that nobody else has. */
export const ownPrefix = (purpose: 'job' | 'put' | 'gone'): string => `${purpose}-${OWNER}-`
const OWNED = /^(?:job|put|gone)-(.+)\.(\d+)-[^-]+$/
/** Longer than any job takes. */
const ABANDONED_AFTER_MS = DAY

/** Lends a fresh folder under `<dataDir>/work` and removes it afterwards, whatever happened. */
export async function withWorkFolder<T>(dataDir: string, use: (folder: string) => Promise<T>): Promise<T> {
  const parent = join(dataDir, WORK)
  await mkdir(parent, { recursive: true })
  const folder = await mkdtemp(join(parent, ownPrefix('job')))
  try {
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Removes what killed processes left behind under `<dataDir>/work`; for the start of the process. */
export const sweepWork = (dataDir: string, now: number): Promise<number> => sweepFolder(join(dataDir, WORK), now)

/**
 * Removes the temporary entries of `folder` that nobody works on, and says how many: those of processes of this machine that
 * are gone, this one's from a life before this among them, and what nobody has touched for a day.
 */
export async function sweepFolder(folder: string, now: number): Promise<number> {
  let removed = 0
  for (const name of await namesIn(folder)) {
    const entry = join(folder, name)
    const found = await stat(entry).catch(() => null)
    if (!found || (!isLeftBehind(name) && found.mtimeMs > now - ABANDONED_AFTER_MS)) continue
    await rm(entry, { recursive: true, force: true })
    removed += 1
  }
  return removed
}

function isLeftBehind(name: string): boolean {
  const [, host, pid] = OWNED.exec(name) ?? []
  if (host !== hostname()) return false
  return Number(pid) === process.pid || !isRunning(Number(pid))
}

/** A process of another account cannot be told anything, but is there. */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
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
