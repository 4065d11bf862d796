export interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
  readonly body: any
}

/** A browser session: keeps its cookie and speaks JSON. */
export interface Session {
  get(path: string): Promise<Answer>
  post(path: string, body?: unknown): Promise<Answer>
  put(path: string, body: unknown): Promise<Answer>
  readonly cookie: string
}

/** Makes an account by a one-time link and stays signed in with it. */
export async function signUp(url: string, link: string, username: string): Promise<Session> {
  const response = await fetch(`${url}/api/invitations/accept`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({
      token: new URL(link).searchParams.get('token'),
      name: `Tài khoản ${username}`,
      username,
      password: 'mat-khau-thu-nghiem',
    }),
  })
  if (!response.ok) throw new Error(`cannot sign up: ${response.status} ${await response.text()}`)
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0])
  return sessionOf(url, cookies.join('; '))
}

/** Somebody with this cookie; none: a stranger. */
export function sessionOf(url: string, cookie: string): Session {
  const send = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const isRaw = typeof body === 'string' || body instanceof Uint8Array
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { cookie, origin: url, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined
        ? {}
        : { body: isRaw ? (body as NonNullable<RequestInit['body']>) : JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text }
  }
  return {
    cookie,
    get: (path) => send('GET', path),
    post: (path, body) => send('POST', path, body),
    put: (path, body) => send('PUT', path, body),
  }
}
