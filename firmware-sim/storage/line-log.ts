import { open, truncate } from 'node:fs/promises'
import { dirname } from 'node:path'
import { crc32 } from 'node:zlib'
import type { Disk } from './disk.ts'
import { readIfThere, syncDirectory, writeDurably } from './durable-file.ts'

/** An append-only file of JSON records that survives a power loss at any byte. */
export interface LineLog {
  /** Resolves when the records are on the disk; they are there together or not at all after the last whole line. */
  append(records: readonly unknown[]): Promise<void>
  /** Replaces everything, in one step. */
  rewrite(records: readonly unknown[]): Promise<void>
}

/** Reads the whole records, cuts a torn tail off, and goes on appending after the last whole one. */
export async function openLineLog(disk: Disk, file: string): Promise<{ log: LineLog; records: unknown[] }> {
  const content = await readIfThere(file)
  const { records, bytes } = wholeLines(content ?? Buffer.alloc(0))
  if (content === null) {
    await (await open(file, 'a')).close()
    await syncDirectory(dirname(file))
  } else if (bytes < content.length) await truncate(file, bytes)
  return { log: new AppendedFile(disk, file, bytes), records }
}

class AppendedFile implements LineLog {
  readonly #disk: Disk
  readonly #file: string
  #size: number
  #last: Promise<void> = Promise.resolve()

  constructor(disk: Disk, file: string, size: number) {
    this.#disk = disk
    this.#file = file
    this.#size = size
  }

  append(records: readonly unknown[]): Promise<void> {
    return this.#next(async () => {
      const bytes = Buffer.from(records.map(lineOf).join(''))
      this.#disk.assertRoom(bytes.length)
      const handle = await open(this.#file, 'r+')
      try {
        // At a fixed position: what a failed write left behind is overwritten by the next one.
        await handle.write(bytes, 0, bytes.length, this.#size)
        await handle.datasync()
      } finally {
        await handle.close()
      }
      this.#size += bytes.length
    })
  }

  rewrite(records: readonly unknown[]): Promise<void> {
    return this.#next(async () => {
      const content = records.map(lineOf).join('')
      await writeDurably(this.#disk, this.#file, content)
      this.#size = Buffer.byteLength(content)
    })
  }

  /** One at a time, and a failure does not stop those behind it. */
  #next(step: () => Promise<void>): Promise<void> {
    const done = this.#last.then(step)
    this.#last = done.catch(() => {})
    return done
  }
}

const CHECKSUM = 8

function lineOf(record: unknown): string {
  const json = JSON.stringify(record)
  return `${checksum(json)} ${json}\n`
}

const checksum = (json: string): string => crc32(json).toString(16).padStart(CHECKSUM, '0')

/** The records up to the first line that is torn or damaged, and how many bytes they take. */
export function wholeLines(content: Buffer): { records: unknown[]; bytes: number } {
  const records: unknown[] = []
  let bytes = 0
  for (;;) {
    const end = content.indexOf(10, bytes)
    if (end < 0) return { records, bytes }
    const line = content.toString('utf8', bytes, end)
    const json = line.slice(CHECKSUM + 1)
    if (line.slice(0, CHECKSUM) !== checksum(json)) return { records, bytes }
    records.push(JSON.parse(json))
    bytes = end + 1
  }
}
