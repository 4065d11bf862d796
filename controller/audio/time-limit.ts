import { stat } from 'node:fs/promises'
import { MINUTE, SECOND } from '../units.ts'

/** For a machine that has much else to do. */
const START_MS = 30 * SECOND
/** What decodes slower than that hangs; 48 kbit/s come at eight times the speed at which they play. */
const BYTES_PER_SECOND = 50_000
/** However large the file. */
const LONGEST_DECODE_MS = 30 * MINUTE

/** How long encoding so much audio may take: half as long as it plays, which is a hundred times what it needs. */
export const encodeLimitMs = (audioMs: number): number => START_MS + audioMs / 2

/** The same for decoding a file whose length nobody knows yet. One that is not there gets the time to say so. */
export async function decodeLimitMs(file: string): Promise<number> {
  const bytes = await stat(file).then(
    ({ size }) => size,
    () => 0,
  )
  return Math.min(LONGEST_DECODE_MS, START_MS + (bytes * SECOND) / BYTES_PER_SECOND)
}
