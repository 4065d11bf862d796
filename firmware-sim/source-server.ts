import { timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SourceReport } from '#protocol/http/sources.ts'
import { type Clock, systemClock } from './clock.ts'

interface StoredReport {
  readonly key: string
  /** When it came. */
  readonly at: number
  readonly report: SourceReport
}

/** A small real HTTP server that plays a provincial information source. */
export interface SourceServer extends AsyncDisposable {
  /** Base URL; reports go to `reports` below it. */
  readonly url: string
  /** In the order in which they came; one per idempotency key. */
  readonly reports: readonly StoredReport[]
  /** Requests so far, refused ones included. */
  readonly attempts: number
  /** Answers the next `times` reports with a server error. */
  failNext(times: number): void
  /** Takes the next `times` reports and never answers; `storing`: it keeps them all the same. */
  hangNext(times: number, how?: { readonly storing: boolean }): void
  /** Refuses the next `times` reports for good. */
  rejectNext(times: number): void
}

export interface SourceServerOptions {
  /** Bearer token that reports must carry. */
  readonly token: string
  readonly clock?: Clock
  readonly host?: string
  /** 0: a free one. */
  readonly port?: number
}

type Mood = 'fail' | 'hang' | 'store-and-hang' | 'reject'
type Answer = { readonly status: number; readonly body: unknown }

const MAX_BODY_BYTES = 1024 * 1024

export async function createSourceServer(options: SourceServerOptions): Promise<SourceServer> {
  const { token, clock = systemClock, host = '127.0.0.1', port = 0 } = options
  const reports: StoredReport[] = []
  const moods: Mood[] = []
  let attempts = 0

  const store = (key: string, body: string): Answer => {
    const before = reports.find((stored) => stored.key === key)
    if (before) return { status: 200, body: { duplicate: true } }
    const report = SourceReport.safeParse(parsedJson(body))
    if (!report.success) {
      const [issue] = report.error.issues
      return problem(422, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a broadcast report'}`)
    }
    reports.push({ key, at: clock.now(), report: report.data })
    return { status: 201, body: { duplicate: false } }
  }

  const receive = async (request: IncomingMessage): Promise<Answer | null> => {
    attempts++
    const body = await bodyOf(request)
    if (body === null) return problem(413, 'the report is larger than 1 MiB')
    const key = request.headers['idempotency-key']
    if (typeof key !== 'string' || key === '') return problem(400, 'the header Idempotency-Key is missing')
    const mood = moods.shift()
    if (mood === 'fail') return problem(503, 'the source is being maintained')
    if (mood === 'reject') return problem(422, 'the source does not want this report')
    if (mood === 'hang') return null
    const answer = store(key, body)
    return mood === 'store-and-hang' ? null : answer
  }

  const server = createServer((request, response) => {
    const answer = async (): Promise<Answer | null> => {
      const { pathname } = new URL(request.url ?? '/', 'http://source')
      if (pathname === '/healthz') return { status: 200, body: { ok: true } }
      if (pathname !== '/reports') return problem(404, 'there are only /reports')
      if (!isAllowed(request, token)) return problem(401, 'the bearer token is wrong')
      if (request.method === 'POST') return receive(request)
      return request.method === 'GET' ? { status: 200, body: { items: reports } } : problem(405, 'GET or POST')
    }
    answer().then(
      (found) => found && send(response, found),
      () => send(response, problem(500, 'the source failed')),
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address() as AddressInfo

  return {
    url: `http://${host}:${address.port}/`,
    reports,
    get attempts() {
      return attempts
    },
    failNext: (times) => void moods.push(...repeat('fail', times)),
    hangNext: (times, how) => void moods.push(...repeat(how?.storing ? 'store-and-hang' : 'hang', times)),
    rejectNext: (times) => void moods.push(...repeat('reject', times)),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

const repeat = (mood: Mood, times: number): Mood[] => Array.from({ length: times }, () => mood)
const problem = (status: number, message: string): Answer => ({ status, body: { error: message } })

function isAllowed(request: IncomingMessage, token: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? '')
  const wanted = Buffer.from(`Bearer ${token}`)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

/** Null when it is too long. */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += chunk.length
    if (bytes > MAX_BODY_BYTES) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

function send(response: ServerResponse, { status, body }: Answer): void {
  const text = JSON.stringify(body)
  response
    .writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    .end(text)
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
