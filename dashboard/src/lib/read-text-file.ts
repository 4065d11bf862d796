export type TextFile = { ok: true; text: string } | { ok: false; reason: 'not-utf8' | 'too-big' }

/** A script of the longest allowed length in four-byte characters stays below this. */
const MAX_BYTES = 512 * 1024

/** Decodes strictly: a file in an old Vietnamese code page would otherwise be read aloud as nonsense. */
export function decodeText(bytes: Uint8Array): TextFile {
  if (bytes.byteLength > MAX_BYTES) return { ok: false, reason: 'too-big' }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return { ok: true, text: text.replaceAll('\r\n', '\n') }
  } catch {
    return { ok: false, reason: 'not-utf8' }
  }
}

export const readTextFile = async (file: Blob): Promise<TextFile> =>
  file.size > MAX_BYTES ? { ok: false, reason: 'too-big' } : decodeText(new Uint8Array(await file.arrayBuffer()))
