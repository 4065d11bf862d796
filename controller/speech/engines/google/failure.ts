import { SpeechError, type SpeechErrorCode } from '../../speech.ts'

/** https://grpc.github.io/grpc/core/md_doc_statuscodes.html */
export const STATUS = {
  cancelled: 1,
  unknown: 2,
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  permissionDenied: 7,
  resourceExhausted: 8,
  failedPrecondition: 9,
  internal: 13,
  unavailable: 14,
  unauthenticated: 16,
} as const

/** What the service, or the way to it, answered instead of sound. */
export interface GoogleFailure {
  readonly status: number
  readonly detail: string
}

const MEANING: Readonly<Record<number, SpeechErrorCode>> = {
  // Not by us: a proxy or a server on its way down has dropped the call.
  [STATUS.cancelled]: 'unreachable',
  [STATUS.invalidArgument]: 'refused',
  [STATUS.failedPrecondition]: 'refused',
  [STATUS.notFound]: 'voice',
  [STATUS.permissionDenied]: 'credentials',
  [STATUS.unauthenticated]: 'credentials',
  [STATUS.resourceExhausted]: 'quota',
  [STATUS.deadlineExceeded]: 'timeout',
  [STATUS.unavailable]: 'unreachable',
}

/** How often a request is made in all when it fails so. A minute's quota is worth a minute's wait; an outage is not. */
const TRIES: Readonly<Record<number, number>> = {
  [STATUS.resourceExhausted]: 7,
  [STATUS.unavailable]: 4,
  [STATUS.cancelled]: 4,
  [STATUS.internal]: 4,
  [STATUS.deadlineExceeded]: 3,
}
const FIRST_WAIT_MS = 1_000

/** How long to wait before the next try, after so many; null when another try is of no use. */
export function retryDelay({ status }: GoogleFailure, tries: number, random: () => number): number | null {
  if (tries >= (TRIES[status] ?? 1)) return null
  const full = FIRST_WAIT_MS * 2 ** (tries - 1)
  return full * (0.5 + random() / 2)
}

/** Turned away at the door: no work was done. */
const UNBILLED: readonly number[] = [
  STATUS.invalidArgument,
  STATUS.failedPrecondition,
  STATUS.notFound,
  STATUS.permissionDenied,
  STATUS.resourceExhausted,
  STATUS.unavailable,
  STATUS.unauthenticated,
]

/** Whether the service can have done the work, and so may bill it, although no sound came back. */
export const mayBeBilled = (failure: GoogleFailure | null): boolean =>
  failure === null || !UNBILLED.includes(failure.status)

export function toSpeechError(failure: GoogleFailure, cause: unknown): SpeechError {
  const meaning = MEANING[failure.status] ?? 'crashed'
  // The service calls an unknown voice an invalid argument.
  const code = meaning === 'refused' && /\bvoice\b/i.test(failure.detail) ? 'voice' : meaning
  return new SpeechError(code, `Google's speech service: ${failure.detail}`, { detail: failure.detail, cause })
}

const NO_NETWORK = /ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|socket|network|timeout/i

/** What an error of the client library means; null when it is no answer but a bug. */
export function failureOf(error: unknown): GoogleFailure | null {
  if (!(error instanceof Error)) return null
  const detail = error.message
  // The library reports a token that it did not get by whatever number it has at hand.
  if (/metadata from plugin failed/.test(detail)) {
    return { status: NO_NETWORK.test(detail) ? STATUS.unavailable : STATUS.unauthenticated, detail }
  }
  const status = 'code' in error ? error.code : undefined
  return typeof status === 'number' ? { status, detail } : null
}
