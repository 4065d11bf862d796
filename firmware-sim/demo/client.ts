import type { z } from 'zod'
import { ErrorBody } from '#protocol/http/common.ts'

/** The controller as any other program reaches it: HTTP with a session cookie. */
export interface Client {
  get<T extends z.ZodType>(path: string, answer: T): Promise<z.output<T>>
  send<T extends z.ZodType>(method: 'POST' | 'PUT', path: string, body: unknown, answer: T): Promise<z.output<T>>
}

const JSON_TYPE = { 'content-type': 'application/json' }

/** Makes an account by a one-time link and stays signed in with it. */
export async function signUp(
  url: string,
  invitation: { link: string; name: string; username: string; password: string },
): Promise<Client> {
  const { link, ...account } = invitation
  const response = await fetch(new URL('/api/invitations/accept', url), {
    method: 'POST',
    headers: { ...JSON_TYPE, origin: url },
    body: JSON.stringify({ token: new URL(link).searchParams.get('token'), ...account }),
  })
  if (!response.ok) throw new Error(await explain(response))
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const request = async <T extends z.ZodType>(path: string, init: RequestInit, answer: T): Promise<z.output<T>> => {
    const reply = await fetch(new URL(path, url), { ...init, headers: { ...JSON_TYPE, origin: url, cookie } })
    if (!reply.ok) throw new Error(await explain(reply))
    return answer.parse(await reply.json())
  }
  return {
    get: (path, answer) => request(path, {}, answer),
    send: (method, path, body, answer) => request(path, { method, body: JSON.stringify(body) }, answer),
  }
}

/** What the controller said is wrong, field by field. */
async function explain(response: Response): Promise<string> {
  const text = await response.text()
  const parsed = ErrorBody.safeParse(parseJson(text))
  if (!parsed.success) return `HTTP ${response.status}: ${text.slice(0, 200)}`
  const { message, problems } = parsed.data.error
  const details = problems.map((problem) => `${problem.field || '–'}: ${problem.message}`)
  return details.length > 0 ? details.join('\n') : message
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
