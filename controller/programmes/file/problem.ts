import type { Problem } from '../../errors.ts'

/** Where in a text something stands; both count from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** A problem of a file, at the place where somebody can mend it. */
export interface FileProblem extends Problem, Position {}

/** A file that cannot be taken as it is, with everything that is wrong with it. */
export class FileError extends Error {
  override name = 'FileError'
  readonly problems: readonly FileProblem[]

  constructor(problems: readonly FileProblem[]) {
    super(problems.map(({ line, column, field, key }) => `${line}:${column} ${field} ${key}`).join(', '))
    this.problems = [...problems].sort((a, b) => a.line - b.line || a.column - b.column)
  }
}
