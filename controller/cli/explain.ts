import { ZodError } from 'zod'
import { ConfigError } from '../config.ts'
import { DomainError } from '../errors.ts'
import { messageOf } from '../messages.ts'
import { SpeechError } from '../speech/speech.ts'

/** What a person at the terminal can do something about is said in a line; anything else shows where it broke. */
export function explain(err: unknown): string {
  if (err instanceof DomainError) {
    return err.problems
      .map(({ field, key, values }) => [field, messageOf(key, values)].filter(Boolean).join(': '))
      .join('\n')
  }
  if (err instanceof ConfigError || err instanceof SpeechError) return err.message
  if (err instanceof ZodError) return err.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n')
  if (isFileError(err)) return [err.path, messageOf(FILE_ERRORS[err.code])].filter(Boolean).join(': ')
  return err instanceof Error ? (err.stack ?? err.message) : String(err)
}

const FILE_ERRORS = { ENOENT: 'cli.noFile', EISDIR: 'cli.directory', EACCES: 'cli.noAccess' } as const

/** What reading says of a path; that of a folder is not told. */
const isFileError = (err: unknown): err is Error & { code: keyof typeof FILE_ERRORS; path?: string } =>
  err instanceof Error && 'code' in err && typeof err.code === 'string' && Object.hasOwn(FILE_ERRORS, err.code)
