import { createRoute, OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi'
import { ErrorBody } from '#protocol/http/common.ts'
import { DomainError } from '../errors.ts'
import type { AppEnv } from './env.ts'
import { problemsOf } from './errors.ts'

/** A router whose input errors become problems with the field to blame. */
export const router = (): OpenAPIHono<AppEnv> =>
  new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (!result.success) throw new DomainError('invalid', problemsOf(result.error))
    },
  })

type Method = 'get' | 'post' | 'put'

const failure = (description: string) => ({ description, content: { 'application/json': { schema: ErrorBody } } })

/** One JSON endpoint: what it takes and what it answers, for validation, for types and for the published description. */
export function endpoint<
  P extends string,
  M extends Method,
  Status extends 200 | 201,
  Answer extends z.ZodType,
  Request extends NonNullable<RouteConfig['request']>,
>(method: M, path: P, spec: { summary: string; request: Request; status: Status; answer: Answer }) {
  return createRoute({
    method,
    path,
    summary: spec.summary,
    request: spec.request,
    responses: {
      [spec.status]: { description: spec.summary, content: { 'application/json': { schema: spec.answer } } },
      401: failure('Not signed in'),
      403: failure('Not allowed'),
      404: failure('Not found'),
      409: failure('No longer possible'),
      422: failure('Bad input'),
    },
  })
}

export const jsonBody = <T extends z.ZodType>(schema: T) => ({
  body: { content: { 'application/json': { schema } }, required: true as const },
})

/** A body that may be left out. */
export const optionalJson = <T extends z.ZodType>(schema: T) => ({
  body: { content: { 'application/json': { schema } }, required: false as const },
})

export const idParam = <T extends z.ZodType>(id: T) => z.object({ id })
