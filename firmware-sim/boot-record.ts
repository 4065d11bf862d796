import { join } from 'node:path'
import { z } from 'zod'
import type { Clock } from './clock.ts'
import type { Random } from './random.ts'
import { type Disk, isDiskFull } from './storage/disk.ts'
import { readIfThere, writeDurably } from './storage/durable-file.ts'

const BootRecord = z.object({ boot: z.int() })

export interface Boot {
  /** Grows with each boot, so that the will of an earlier one cannot make this one look offline. */
  readonly boot: number
  readonly bootId: string
}

/** Counts boots; starts from the time of day so that it still grows after the storage was wiped. */
export async function nextBoot(parts: { dir: string; disk: Disk; clock: Clock; random: Random }): Promise<Boot> {
  const file = join(parts.dir, 'boot.json')
  const before = await readIfThere(file).then(parsed)
  const now = parts.clock.now()
  const boot = Math.max(before + 1, Math.floor(now / 1000))
  await writeDurably(parts.disk, file, JSON.stringify({ boot })).catch((error) => {
    if (!isDiskFull(error)) throw error
  })
  return { boot, bootId: `${boot.toString(36)}-${parts.random.text(8)}` }
}

function parsed(content: Buffer | null): number {
  try {
    return BootRecord.parse(JSON.parse(content?.toString() ?? '')).boot
  } catch {
    return 0
  }
}
