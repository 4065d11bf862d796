import type { z } from 'zod'
import { ErrorBody } from '#protocol/http/common.ts'
import { noteServerTime } from './clock.ts'

type Code = ErrorBody['error']['code'] | 'offline' | 'unreadable'
export type Problem = ErrorBody['error']['problems'][number]

/** Every way in which a call can fail. `message` is Vietnamese when the server wrote it, else empty. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: Code
  readonly status: number
  readonly problems: readonly Problem[]
  readonly requestId: string | null

  constructor(
    code: Code,
    options: { status?: number; message?: string; problems?: Problem[]; requestId?: string; cause?: unknown } = {},
  ) {
    super(options.message ?? '', { cause: options.cause })
    this.code = code
    this.status = options.status ?? 0
    this.problems = options.problems ?? []
    this.requestId = options.requestId ?? null
  }
}

type Query = Record<string, string | number | undefined>

interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT'
  readonly body?: unknown
  readonly query?: Query
  readonly signal?: AbortSignal
}

/** Asks the controller and parses its answer: what leaves this function has the shape that the protocol promises. */
export async function call<S extends z.ZodType>(schema: S, path: string, options: Call = {}): Promise<z.output<S>> {
  const response = await send(path, options)
  if (!response.ok) throw await refusal(response)
  const parsed = schema.safeParse(await bodyOf(response))
  if (!parsed.success) throw new ApiError('unreadable', { status: response.status, cause: parsed.error })
  return parsed.data
}

async function send(path: string, { method = 'GET', body, query = {}, signal }: Call): Promise<Response> {
  try {
    const response = await fetch(withQuery(path, query), {
      method,
      credentials: 'same-origin',
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    })
    noteServerTime(response.headers.get('date'))
    return response
  } catch (cause) {
    if (signal?.aborted) throw cause
    throw new ApiError('offline', { cause })
  }
}

export function withQuery(path: string, query: Query): string {
  const given = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') given.set(key, String(value))
  }
  return `${given}` === '' ? path : `${path}?${given}`
}

async function refusal(response: Response): Promise<ApiError> {
  return refusalOf(response.status, await response.text().catch(() => ''))
}

/** What an answer that is no success says, in whatever way it was asked for. */
export function refusalOf(status: number, text: string): ApiError {
  const parsed = ErrorBody.safeParse(jsonOf(text))
  if (parsed.success) return new ApiError(parsed.data.error.code, { status, ...parsed.data.error })
  return new ApiError(CODE_OF_STATUS[status] ?? (status >= 500 ? 'unavailable' : 'invalid'), { status })
}

/** For answers that are not ours: the sign-in library, a proxy in between. */
const CODE_OF_STATUS: Record<number, Code> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  429: 'limit',
  500: 'internal',
}

async function bodyOf(response: Response): Promise<unknown> {
  return jsonOf(await response.text().catch(() => 'cut off'))
}

function jsonOf(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text)
  } catch {
    return undefined
  }
}
