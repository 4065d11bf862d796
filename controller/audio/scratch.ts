/**
 * Hands out one buffer again and again, longer when it must be, so that sound that streams through leaves nothing for
 * the garbage collector. What it held before is still in it.
 */
export function createScratch(): (length: number) => Float32Array {
  let buffer = new Float32Array(0)
  return (length) => {
    if (buffer.length < length) buffer = new Float32Array(length * 2)
    return buffer.subarray(0, length)
  }
}
