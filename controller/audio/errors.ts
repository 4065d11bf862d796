/**
 * `segment`: a spoken sentence cannot be read or does not fit the others. `silent`: nothing in the speech can be heard.
 * `undecodable`: ffmpeg found no sound in a file. `cut`: ffmpeg has encoded less than it was given.
 * `peaks`: whatever it is given, its encoder raises peaks above the limit.
 * `chime`, `bed`: a file that a station has chosen is no good as such.
 */
export type AudioErrorCode = 'segment' | 'silent' | 'undecodable' | 'cut' | 'peaks' | 'chime' | 'bed'

export class AudioError extends Error {
  override name = 'AudioError'
  readonly code: AudioErrorCode

  constructor(code: AudioErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
  }
}
