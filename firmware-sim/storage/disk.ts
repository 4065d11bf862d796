import { statfs } from 'node:fs/promises'

/** The cluster's flash memory: every write asks first, so that a full or dead disk is seen in one place. */
export interface Disk {
  /** Throws `DiskFullError` when `bytes` more do not fit. */
  assertRoom(bytes: number): void
  freeBytes(dir: string): Promise<number>
}

export class DiskFullError extends Error {
  override name = 'DiskFullError'
}

/** Thrown by whatever was under way when the power went. */
class PowerLostError extends Error {
  override name = 'PowerLostError'
}

/** Trusts the operating system to say ENOSPC. */
export const realDisk: Disk = {
  assertRoom: () => {},
  freeBytes: async (dir) => {
    const { bavail, bsize } = await statfs(dir)
    return bavail * bsize
  },
}

/** The same disk while the power is on: after the cut nothing more is written. */
export function poweredDisk(disk: Disk, power: AbortSignal): Disk {
  return {
    assertRoom: (bytes) => {
      if (power.aborted) throw new PowerLostError('the power is off')
      disk.assertRoom(bytes)
    },
    freeBytes: (dir) => disk.freeBytes(dir),
  }
}

export function isDiskFull(error: unknown): boolean {
  return error instanceof DiskFullError || (error instanceof Error && 'code' in error && error.code === 'ENOSPC')
}
