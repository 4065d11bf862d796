import { open } from 'node:fs/promises'
import type { StrangeFile } from './strange-recipe.ts'
import { parseWavHeader } from './wav.ts'

const HEADER_BYTES = 65_536
/** Programs that write to a pipe do not know the length, and announce as much as goes, or as a signed number can hold. */
const OPEN_ENDED_BYTES = 0x7fff_0000

/** How long a WAV would be if all were there that its header announces; null when the header leaves that open. */
export async function promisedMs(
  { file, format }: Pick<StrangeFile, 'file' | 'format'>,
  heardMs: number,
): Promise<number | null> {
  const handle = await open(file, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, format.skipBytes)
    const header = parseWavHeader(buffer.subarray(0, bytesRead))
    if (!header || header.dataBytes === 0 || header.dataBytes >= OPEN_ENDED_BYTES) return null
    const there = (await handle.stat()).size - format.skipBytes - header.dataOffset
    return there > 0 ? heardMs * Math.max(1, header.dataBytes / there) : null
  } finally {
    await handle.close()
  }
}
