/** What can go wrong by rule rather than by accident. Each edge maps these once to its own status. */
export type ErrorCode = 'not_found' | 'conflict' | 'invalid' | 'forbidden' | 'limit' | 'unavailable'

export interface Problem {
  /** Path of the offending input field, e.g. `script` or `items.0.bulletinId`; empty when no single field is to blame. */
  field: string
  /** Stable key of the message catalogue (`http/messages.ts`), e.g. `script.empty`. */
  key: string
  /** Values for the message's placeholders. */
  values?: Record<string, string | number>
  /** What to put there instead that would do. */
  alternatives?: readonly string[]
}

export class DomainError extends Error {
  override name = 'DomainError'
  readonly code: ErrorCode
  readonly problems: readonly Problem[]

  constructor(code: ErrorCode, problem: Problem | readonly Problem[], options?: { cause?: unknown }) {
    const problems = Array.isArray(problem) ? (problem as readonly Problem[]) : [problem as Problem]
    super(`${code}: ${problems.map((p) => (p.field ? `${p.field} ${p.key}` : p.key)).join(', ')}`, options)
    this.code = code
    this.problems = problems
  }
}

export const invalid = (field: string, key: string, values?: Record<string, string | number>): DomainError =>
  new DomainError('invalid', values ? { field, key, values } : { field, key })

export const notFound = (noun: string, id: string): DomainError =>
  new DomainError('not_found', { field: '', key: `${noun}.notFound`, values: { id } })

export const conflict = (key: string, values?: Record<string, string | number>): DomainError =>
  new DomainError('conflict', values ? { field: '', key, values } : { field: '', key })

export const forbidden = (key: string): DomainError => new DomainError('forbidden', { field: '', key })
