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
  if (err instanceof Error && 'code' in err && err.code === 'ENOENT') return err.message
  return err instanceof Error ? (err.stack ?? err.message) : String(err)
}
