import { SECOND } from '../units.ts'
import type { SourceConnector } from './connector.ts'
import type { SourceProblem } from './problem.ts'

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
        const isLate = err instanceof Error && err.name === 'TimeoutError'
        const key = isLate ? 'source.noAnswer' : 'source.unreachable'
        return { kind: 'retry', reason: reasonOf(err), problem: { key, values: {} } }
      }
      if (status >= 200 && status < 300) return { kind: 'taken' }
      const key = problemKeyOf(status)
      const kind = key === 'source.refused' ? 'refused' : 'retry'
      return { kind, reason: `HTTP ${status}`, problem: { key, values: { status } } }
    },
  }
}

/** Wrong credentials are ours to mend, so they are tried again; other 4xx say that the report itself is wrong. */
function problemKeyOf(status: number): SourceProblem['key'] {
  if (status === 401 || status === 403) return 'source.notAdmitted'
  return status >= 500 || [408, 425, 429].includes(status) ? 'source.busy' : 'source.refused'
}

function reasonOf(err: unknown): string {
  if (!(err instanceof Error)) return String(err)
  return err.cause instanceof Error ? `${err.message}: ${err.cause.message}` : err.message
}
