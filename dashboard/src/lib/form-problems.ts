import { ApiError } from './api.ts'

export interface FormProblems {
  /** Message per form field. */
  readonly errors: Record<string, string>
  /** What no field can be blamed for. */
  readonly rest: readonly string[]
}

/**
 * Sorts a refusal under the form's fields. `fields` maps a prefix of the server's field path to the form's field:
 * `{ 'rundown.0.excerptMs': 'excerpt', targets: 'targets' }`; the longest prefix wins.
 */
export function problemsOf(error: unknown, fields: Record<string, string>): FormProblems {
  if (!(error instanceof ApiError)) return { errors: {}, rest: [] }
  const errors: Record<string, string> = {}
  const rest: string[] = []
  for (const problem of error.problems) {
    const field = fieldOf(problem.field, fields)
    if (field === null) rest.push(problem.message)
    else errors[field] = errors[field] ? `${errors[field]} ${problem.message}` : problem.message
  }
  if (error.problems.length === 0 && error.message !== '') rest.push(error.message)
  return { errors, rest }
}

/** What a refusal says would do in place of what was in one of the server's fields. */
export const alternativesOf = (error: unknown, path: string): readonly string[] =>
  error instanceof ApiError
    ? (error.problems.find(({ field, alternatives }) => field === path && alternatives)?.alternatives ?? [])
    : []

function fieldOf(path: string, fields: Record<string, string>): string | null {
  const matching = Object.keys(fields).filter((prefix) => path === prefix || path.startsWith(`${prefix}.`))
  const longest = matching.sort((a, b) => b.length - a.length)[0]
  return longest === undefined ? null : (fields[longest] ?? null)
}
