import type { z } from 'zod'
import type { Tx } from '../db/transact.ts'

/** Every kind of work that may be in flight. */
export const JOB_KINDS = [
  'speak',
  'mix',
  'encode',
  'cut-speech',
  'make-chime',
  'ingest',
  'plan-station',
  'review-inbox',
  'report-source',
  'grant-cluster',
] as const
export type JobKind = (typeof JOB_KINDS)[number]

export interface Job<P> {
  readonly id: string
  readonly payload: P
  /** 1 at the first try. */
  readonly attempt: number
  readonly isLastAttempt: boolean
}

export type JobOutcome =
  | { readonly kind: 'done'; readonly commit?: (tx: Tx) => Promise<void> }
  | { readonly kind: 'retry'; readonly reason: string; readonly commit?: (tx: Tx) => Promise<void> }
  /** No further try can help. */
  | { readonly kind: 'failed'; readonly reason: string; readonly commit?: (tx: Tx) => Promise<void> }

/**
 * What one kind of job does. `run` may happen twice (a crash after the work, before the commit), so its effects outside
 * the database must be idempotent; what it writes to the database goes into `commit`, together with the job's end.
 */
export interface JobDefinition<P, Ctx> {
  readonly kind: JobKind
  readonly payload: z.ZodType<P>
  readonly timeoutMs: number
  readonly attempts: number
  readonly backoff: (attempt: number) => number
  readonly run: (job: Job<P>, ctx: Ctx, signal: AbortSignal) => Promise<JobOutcome>
  /** Called in the transaction that gives the job up, whether by `failed`, by error or by attempts used up. */
  readonly onGivenUp?: (tx: Tx, payload: P, reason: string, ctx: Ctx) => Promise<void>
}

export const defineJob = <P, Ctx>(definition: JobDefinition<P, Ctx>): JobDefinition<P, Ctx> => definition

/** 2 s, 4 s, 8 s … up to `maxMs`. */
export const exponential =
  ({ firstMs, maxMs }: { firstMs: number; maxMs: number }) =>
  (attempt: number): number =>
    Math.min(maxMs, firstMs * 2 ** (attempt - 1))
