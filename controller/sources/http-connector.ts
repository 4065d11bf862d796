import { SECOND } from '../units.ts'
import type { SourceConnector } from './connector.ts'

const TIMEOUT_MS = 15 * SECOND

/** Sends the neutral report as JSON to `<url>/reports`, with a bearer token and an `Idempotency-Key` header. */
export function httpConnector(settings: { name: string; url: string; token: string }): SourceConnector {
  const endpoint = new URL('reports', settings.url.endsWith('/') ? settings.url : `${settings.url}/`)
  return {
    name: settings.name,
    deliver: async (report, idempotencyKey, signal) => {
      let status: number
      try {
        const response = await fetch(endpoint, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${settings.token}`,
            'content-type': 'application/json',
            'idempotency-key': idempotencyKey,
          },
          body: JSON.stringify(report),
          redirect: 'error',
          signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
        })
        status = response.status
        await response.body?.cancel()
      } catch (err) {
        return { kind: 'retry', reason: reasonOf(err) }
      }
      if (status >= 200 && status < 300) return { kind: 'taken' }
      return { kind: isPassing(status) ? 'retry' : 'refused', reason: `HTTP ${status}` }
    },
  }
}

/** Wrong credentials are ours to mend, so they are tried again; other 4xx say that the report itself is wrong. */
const isPassing = (status: number): boolean => status >= 500 || [401, 403, 408, 425, 429].includes(status)

function reasonOf(err: unknown): string {
  if (!(err instanceof Error)) return String(err)
  return err.cause instanceof Error ? `${err.message}: ${err.cause.message}` : err.message
}
