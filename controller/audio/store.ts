import type { Readable } from 'node:stream'

export interface MediaFile {
  readonly sha256: string
  readonly bytes: number
  readonly extension: MediaExtension
}

/** The kinds of file that are served to clusters and browsers. */
export const MEDIA_EXTENSIONS = ['mp3', 'opus', 'aac', 'wav'] as const
export type MediaExtension = (typeof MEDIA_EXTENSIONS)[number]

/** Bytes `start` to `end`, both included, as in HTTP. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/** Immutable, content-addressed audio. Only lower-case hexadecimal SHA-256 names are accepted; others are not found. */
export interface MediaStore {
  /** Moves `file` in under its hash; the same content twice is the same file, put anew. `file` is gone afterwards. */
  put(file: string, extension: MediaExtension): Promise<MediaFile>
  stat(sha256: string): Promise<MediaFile | null>
  /** Null when not stored; `RangeError` when the range lies outside. Errors while reading come on the stream. */
  open(sha256: string, range?: ByteRange): Promise<Readable | null>
  /** Hashes of the files that were last put before `before` (epoch ms). */
  idle(before: number): AsyncIterable<string>
  /** Removes a file; false when there is none, or when it was put again since `before`. */
  remove(sha256: string, before: number): Promise<boolean>
  /** A local file with the content, or null when not stored. */
  path(sha256: string): Promise<string | null>
}
