import { setMaxListeners } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ConfigError } from '../config.ts'
import { SECOND } from '../units.ts'

/** The listening socket. It stands before anything else, so that a restart never looks like a dead machine. */
export interface HttpListener extends AsyncDisposable {
  /** `http://127.0.0.1:8080`. */
  readonly url: string
  /** Puts the app behind the socket; until then every request is answered 503. */
  serve(app: RequestListener): void
  /** Aborted when the socket closes: answers that would never end by themselves end then. */
  readonly closing: AbortSignal
}

const DRAIN_MS = 5 * SECOND

const notReady: RequestListener = (_request, response) => {
  response.writeHead(503, { 'retry-after': '2', 'content-type': 'text/plain; charset=utf-8' })
  response.end('Hệ thống đang khởi động.\n')
}

export async function openListener(settings: { host: string; port: number }): Promise<HttpListener> {
  let app = notReady
  const closing = new AbortController()
  // One for each stream that is open: many are no leak.
  setMaxListeners(0, closing.signal)
  const server = createServer((request, response) => {
    response.once('close', () => {
      if (closing.signal.aborted) server.closeIdleConnections()
    })
    app(request, response)
  })
  server.requestTimeout = 120 * SECOND
  server.headersTimeout = 20 * SECOND
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const taken = cause.code === 'EADDRINUSE' ? `port ${settings.port} is in use` : cause.message
      reject(new ConfigError(`LOA_HTTP_PORT: ${taken}`, { cause }))
    })
    server.listen(settings.port, settings.host, resolve)
  })
  const { port } = server.address() as AddressInfo
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host
  return {
    url: `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`,
    closing: closing.signal,
    serve: (handler) => {
      app = handler
    },
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      closing.abort()
      server.closeIdleConnections()
      const watchdog = AbortSignal.timeout(DRAIN_MS)
      watchdog.addEventListener('abort', () => server.closeAllConnections())
      await closed
    },
  }
}
