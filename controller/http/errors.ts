import type { Context as HonoContext } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { z } from 'zod'
import type { ErrorBody } from '#protocol/http/common.ts'
import { DomainError, type ErrorCode, invalid, type Problem } from '../errors.ts'
import type { Logger } from '../logger.ts'
import { hasMessage, messageOf, SUMMARIES, summaryOf } from '../messages.ts'
import type { AppEnv } from './env.ts'

const STATUS = {
  not_found: 404,
  conflict: 409,
  invalid: 422,
  forbidden: 403,
  limit: 429,
  unavailable: 503,
} as const satisfies Record<ErrorCode, number>

/** Expected failures say what to do; anything else is logged whole and answered by one fixed sentence. */
export const errorHandler =
  (log: Logger) =>
  (err: Error, c: HonoContext<AppEnv>): Response => {
    const requestId = c.get('requestId')
    if (err instanceof DomainError) return c.json(bodyOf(err, requestId), STATUS[err.code])
    // The framework's own refusals: malformed JSON, a request from another site.
    if (err instanceof HTTPException) return c.json(refusalOf(err.status, requestId), err.status)
    log.error({ err, requestId, method: c.req.method, path: c.req.path }, 'request failed')
    return c.json(plainBody('internal', requestId), 500)
  }

const refusalOf = (status: number, requestId: string): ErrorBody =>
  status === 403 ? plainBody('forbidden', requestId) : bodyOf(invalid('', 'body.invalid'), requestId)

export const plainBody = (code: ErrorBody['error']['code'], requestId: string): ErrorBody => ({
  error: { code, message: SUMMARIES[code], problems: [], requestId },
})

export const bodyOf = (err: DomainError, requestId: string): ErrorBody => ({
  error: {
    code: err.code,
    message: summaryOf(err),
    problems: err.problems.map(toProblem),
    requestId,
  },
})

function toProblem({ field, key, values, alternatives }: Problem): ErrorBody['error']['problems'][number] {
  const message = messageOf(key, values)
  if (!alternatives) return { field, key, message }
  const offer = messageOf('problem.alternatives', { alternatives: alternatives.join(', ') })
  return { field, key, message: `${message} ${offer}`, alternatives: [...alternatives] }
}

/** What a schema found wrong, as problems with the field to blame. */
export function problemsOf(error: z.core.$ZodError): Problem[] {
  return error.issues.map((issue) => ({ field: issue.path.join('.'), ...ruleOf(issue) }))
}

function ruleOf(issue: z.core.$ZodIssue): Pick<Problem, 'key' | 'values'> {
  if (hasMessage(issue.message)) return { key: issue.message }
  switch (issue.code) {
    case 'invalid_type':
      // Issues carry no input; what was received stands only in the message.
      return { key: issue.message.endsWith('received undefined') ? 'field.required' : 'field.invalid' }
    case 'too_small': {
      const isText = issue.origin === 'string' || issue.origin === 'array'
      return isText ? { key: 'field.tooShort', values: { limit: Number(issue.minimum) } } : { key: 'field.outOfRange' }
    }
    case 'too_big': {
      const isText = issue.origin === 'string' || issue.origin === 'array'
      return isText ? { key: 'field.tooLong', values: { limit: Number(issue.maximum) } } : { key: 'field.outOfRange' }
    }
    case 'invalid_format':
      return { key: 'field.pattern' }
    default:
      return { key: 'field.invalid' }
  }
}
