import { invalid } from '../errors.ts'

/** Throws `invalid` that names the line of the first byte that is not UTF-8. */
export function decodeUtf8(bytes: Uint8Array, field = 'script'): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    const lenient = new TextDecoder('utf-8').decode(bytes)
    const line = lenient.slice(0, lenient.indexOf('\ufffd')).split('\n').length
    throw invalid(field, 'script.notUtf8', { line })
  }
}
