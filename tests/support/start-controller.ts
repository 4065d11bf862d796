import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Role } from '#protocol/http/accounts.ts'
import { OPERATOR } from '../../controller/accounts/actor.ts'
import { invite } from '../../controller/accounts/invite.ts'
import { parseConfig } from '../../controller/config.ts'
import type { Overrides } from '../../controller/context.ts'
import { type Controller, startController } from '../../controller/controller.ts'
import { toneSpeech } from './tone-speech.ts'

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

export interface TestController extends AsyncDisposable {
  readonly controller: Controller
  readonly url: string
  readonly dataDir: string
  /** Makes an account by a one-time link and signs in with it. */
  signIn(role?: Role, areaCodes?: readonly string[]): Promise<Session>
  /** Somebody who is not signed in. */
  readonly stranger: Session
}

/** A whole controller in this process: SQLite file, embedded broker, free ports; tones for speech unless replaced. */
export async function startTestController(
  options: { overrides?: Overrides; env?: Record<string, string>; dataDir?: string } = {},
): Promise<TestController> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'loa-test-')))
  const config = parseConfig({
    LOA_DATA_DIR: dataDir,
    LOA_HTTP_PORT: '0',
    LOA_MQTT_PORT: '0',
    LOA_LOG_LEVEL: 'silent',
    ...options.env,
  })
  const controller = await startController(config, { speech: toneSpeech, ...options.overrides })
  const url = controller.ctx.publicUrl
  let accounts = 0
  return {
    controller,
    url,
    dataDir,
    stranger: sessionOf(url, ''),
    signIn: async (role = 'admin', areaCodes = []) => {
      const { url: link } = await invite(controller.ctx, { actor: OPERATOR, role, areaCodes })
      accounts += 1
      const response = await fetch(`${url}/api/invitations/accept`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: url },
        body: JSON.stringify({
          token: new URL(link).searchParams.get('token'),
          name: `Tài khoản ${accounts}`,
          username: `account-${accounts}`,
          password: 'mat-khau-thu-nghiem',
        }),
      })
      if (!response.ok) throw new Error(`cannot sign in: ${response.status} ${await response.text()}`)
      return sessionOf(
        url,
        response.headers
          .getSetCookie()
          .map((cookie) => cookie.split(';')[0])
          .join('; '),
      )
    },
    [Symbol.asyncDispose]: async () => {
      await controller[Symbol.asyncDispose]()
      if (!options.dataDir) await rm(dataDir, { recursive: true, force: true })
    },
  }
}

function sessionOf(url: string, cookie: string): Session {
  const send = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { cookie, origin: url, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body) }),
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
