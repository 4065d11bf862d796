import type { SourceReport } from '#protocol/http/sources.ts'
import type { SourceProblem } from './problem.ts'

/** How a delivery to a source ended: taken, worth another try, or refused for good. The reason is for the log alone. */
export type SourceAnswer =
  | { readonly kind: 'taken' }
  | { readonly kind: 'retry' | 'refused'; readonly reason: string; readonly problem: SourceProblem }

/**
 * A provincial or central information system. The text of the official exchange standard is not public, so each
 * connector translates from the neutral report.
 */
export interface SourceConnector {
  readonly name: string
  /** Delivering the same key twice must leave one report at the source. Never throws for what the source does. */
  deliver(report: SourceReport, idempotencyKey: string, signal: AbortSignal): Promise<SourceAnswer>
}
