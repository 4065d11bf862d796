import type { ByteRange } from '../audio/store.ts'

/**
 * The one range that a `Range` header asks for (RFC 9110 §14.2). Null: none, or a form that we answer with the whole
 * file, as the RFC allows.
 */
export function byteRange(header: string | undefined, bytes: number): ByteRange | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (!match || (match[1] === '' && match[2] === '')) return null
  const [, first = '', last = ''] = match
  if (first === '') {
    const length = Math.min(Number(last), bytes)
    return length > 0 ? { start: bytes - length, end: bytes - 1 } : 'unsatisfiable'
  }
  const start = Number(first)
  const end = last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1)
  if (start >= bytes) return 'unsatisfiable'
  return start <= end ? { start, end } : null
}
