import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { PlanItem } from '#protocol/messages.ts'
import { type Disk, DiskFullError } from '../storage/disk.ts'

/** Content-addressed audio on the cluster's flash. A file that has its final name has been checked. */
export class AudioCache {
  readonly #dir: string
  readonly #disk: Disk
  readonly #limitBytes: number

  constructor(dir: string, disk: Disk, limitBytes: number) {
    this.#dir = dir
    this.#disk = disk
    this.#limitBytes = limitBytes
  }

  async open(): Promise<void> {
    await mkdir(this.#dir, { recursive: true })
  }

  path(sha256: string): string {
    return join(this.#dir, sha256)
  }

  /** A download under way; what it already holds is kept across a reboot. */
  partPath(sha256: string): string {
    return join(this.#dir, `${sha256}.part`)
  }

  async has(item: Pick<PlanItem, 'sha256' | 'bytes'>): Promise<boolean> {
    return (await sizeOf(this.path(item.sha256))) === item.bytes
  }

  async partBytes(sha256: string): Promise<number> {
    return (await sizeOf(this.partPath(sha256))) ?? 0
  }

  async discard(sha256: string): Promise<void> {
    await Promise.all([rm(this.path(sha256), { force: true }), rm(this.partPath(sha256), { force: true })])
  }

  /** Gives a finished download its name if it is what was promised. */
  async admit(sha256: string): Promise<boolean> {
    const part = this.partPath(sha256)
    if ((await hashOf(part)) !== sha256) return false
    this.#disk.assertRoom(0)
    await rename(part, this.path(sha256))
    return true
  }

  /** Whether a stored file is still what its name says (flash decays). */
  async isSound(sha256: string): Promise<boolean> {
    return (await hashOf(this.path(sha256)).catch(() => '')) === sha256
  }

  /** Deletes what no plan names, oldest first, until `bytes` fit. Throws `DiskFullError` when they cannot. */
  async makeRoom(bytes: number, keep: ReadonlySet<string>): Promise<void> {
    const files = await this.#files()
    let used = files.reduce((sum, file) => sum + file.bytes, 0)
    for (const file of files.filter(({ sha256 }) => !keep.has(sha256)).sort((a, b) => a.changedAt - b.changedAt)) {
      if (used + bytes <= this.#limitBytes) break
      await rm(file.path, { force: true })
      used -= file.bytes
    }
    if (used + bytes > this.#limitBytes) throw new DiskFullError('the audio cache is full of what the plan names')
    this.#disk.assertRoom(bytes)
  }

  async #files(): Promise<{ path: string; sha256: string; bytes: number; changedAt: number }[]> {
    const names = await readdir(this.#dir)
    return Promise.all(
      names.map(async (name) => {
        const path = join(this.#dir, name)
        const { size, mtimeMs } = await stat(path)
        return { path, sha256: name.slice(0, 64), bytes: size, changedAt: mtimeMs }
      }),
    )
  }
}

async function sizeOf(path: string): Promise<number | null> {
  return stat(path).then(
    ({ size }) => size,
    () => null,
  )
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
