/**
 * `segment`: a spoken sentence cannot be read or does not fit the others. `silent`: nothing in the speech can be heard.
 * `undecodable`: ffmpeg found no sound in a file. `cut`: ffmpeg has encoded less than it was given.
 */
export type AudioErrorCode = 'segment' | 'silent' | 'undecodable' | 'cut'

export class AudioError extends Error {
  override name = 'AudioError'
  readonly code: AudioErrorCode

  constructor(code: AudioErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
  }
}
