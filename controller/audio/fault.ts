import type { JobOutcome } from '../jobs/job.ts'
import { AudioError, type AudioErrorCode } from './errors.ts'
import { FfmpegError, type FfmpegErrorCode } from './ffmpeg.ts'

/** What stopped the making of a file, and whether another try may go better without anybody's help. */
export interface Fault {
  readonly code: FaultCode
  readonly isPassing: boolean
  /** For the log. */
  readonly message: string
}

/**
 * `full`: no space left. `unwritable`: the data folder takes nothing. `program`: ffmpeg is not there any more, or fails.
 * `hung`: it did not end. `sentence`: a spoken sentence is damaged. `inaudible`: there is nothing to hear.
 * `chime`, `bed`: a file that the station has chosen cannot be played.
 */
export type FaultCode = 'full' | 'unwritable' | 'program' | 'hung' | 'sentence' | 'inaudible' | 'chime' | 'bed'

const LASTING: readonly FaultCode[] = ['inaudible', 'chime', 'bed']

/** Null for an error that nobody has foreseen. */
export function faultOf(error: unknown): Fault | null {
  if (!(error instanceof Error)) return null
  const code = codeOf(error)
  return code && { code, isPassing: !LASTING.includes(code), message: error.message }
}

/** How a job ends that made a file and failed; throws what nobody has foreseen, and when it was told to stop. */
export function outcomeOfFault(error: unknown, signal: AbortSignal): JobOutcome {
  signal.throwIfAborted()
  const fault = faultOf(error)
  if (!fault) throw error
  return { kind: fault.isPassing ? 'retry' : 'failed', reason: `${fault.code}: ${fault.message}` }
}

function codeOf(error: Error): FaultCode | null {
  if (error instanceof FfmpegError) return BY_FFMPEG[error.code]
  if (error instanceof AudioError) return BY_AUDIO[error.code]
  return 'code' in error ? (BY_SYSTEM.get(String(error.code)) ?? null) : null
}

const BY_FFMPEG: Readonly<Record<FfmpegErrorCode, FaultCode>> = {
  exit: 'program',
  full: 'full',
  killed: 'program',
  timeout: 'hung',
  start: 'program',
}

const BY_AUDIO: Readonly<Record<AudioErrorCode, FaultCode>> = {
  segment: 'sentence',
  silent: 'inaudible',
  // Asked about files that ffmpeg itself has just made.
  undecodable: 'program',
  cut: 'program',
  peaks: 'program',
  chime: 'chime',
  bed: 'bed',
}

const BY_SYSTEM: ReadonlyMap<string, FaultCode> = new Map([
  ['ENOSPC', 'full'],
  ['EDQUOT', 'full'],
  ['EFBIG', 'full'],
  ['EACCES', 'unwritable'],
  ['EPERM', 'unwritable'],
  ['EROFS', 'unwritable'],
  ['EIO', 'unwritable'],
  ['ENOTDIR', 'unwritable'],
])
