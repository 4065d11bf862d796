import { DetailedError, type PreviousUpload, Upload } from 'tus-js-client'
import { ApiError, refusalOf } from '../../../lib/api.ts'

/** So small that a weak line passes one within the server's patience, and that a proxy takes it. */
const PIECE_BYTES = 1024 * 1024
/** Again and again for some minutes; a piece that passes starts the count anew. */
const RETRY_MS = [500, 2_000, 5_000, 10_000, 20_000, 30_000, 30_000, 60_000]

export interface SoundFile {
  readonly blob: Blob
  readonly name: string
  /** Tells it from other files of the same name, so that only the same one is gone on with. */
  readonly mark: string
}

export interface Sending {
  pause(): void
  resume(): void
  /** Forgets it, here and on the server. */
  cancel(): void
}

interface Listener {
  readonly onProgress: (sentBytes: number) => void
  readonly onDone: () => void
  readonly onError: (error: ApiError) => void
}

/** Sends a file piece by piece; one that was broken off before, even by closing the page, goes on where it stopped. */
export function sendSound(file: SoundFile, metadata: Record<string, string>, listener: Listener): Sending {
  const fingerprint = ['loa-xa', ...Object.values(metadata), file.name, file.mark, file.blob.size].join('/')
  let isStopped = false
  const upload = new Upload(file.blob, {
    endpoint: '/api/uploads',
    metadata: { ...metadata, fileName: file.name },
    chunkSize: PIECE_BYTES,
    retryDelays: RETRY_MS,
    fingerprint: async () => fingerprint,
    removeFingerprintOnSuccess: true,
    onShouldRetry: (error) => statusOf(error) === 0 || statusOf(error) === 423 || statusOf(error) >= 500,
    onProgress: (sentBytes) => listener.onProgress(sentBytes),
    onSuccess: () => listener.onDone(),
    onError: (error) => {
      if (!isStopped) listener.onError(errorOf(error))
    },
  })
  const start = (previous: readonly PreviousUpload[]): void => {
    const [last] = previous
    if (last) upload.resumeFromPreviousUpload(last)
    if (!isStopped) upload.start()
  }
  // Private windows may keep nothing.
  upload.findPreviousUploads().then(start, () => start([]))
  return {
    pause: () => void upload.abort(),
    resume: () => upload.start(),
    cancel: () => {
      isStopped = true
      // What cannot be told to the server now is forgotten there within a day.
      upload.abort(true).catch(() => {})
    },
  }
}

/** 0: there was no answer. */
const statusOf = (error: Error): number =>
  error instanceof DetailedError ? (error.originalResponse?.getStatus() ?? 0) : 0

function errorOf(error: Error): ApiError {
  const answer = error instanceof DetailedError ? error.originalResponse : null
  return answer ? refusalOf(answer.getStatus(), answer.getBody()) : new ApiError('offline', { cause: error })
}
