import { statfs } from 'node:fs/promises'

/** What the disk that a folder lies on still takes. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}
