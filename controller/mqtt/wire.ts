import { z } from 'zod'
import { type TopicName, topics } from '#protocol/topics.ts'

export type ParamsOf<N extends TopicName> = Parameters<(typeof topics)[N]['path']>[0]
export type PayloadOf<N extends TopicName> = z.infer<(typeof topics)[N]['payload']>

export type Decoded =
  | { readonly ok: true; readonly message: unknown; readonly raw: string }
  | { readonly ok: false; readonly issue: string; readonly raw: string }

/** Signed topics carry the compact JWS as it is; all others carry JSON. */
const isSigned = (name: TopicName): boolean => topics[name].payload instanceof z.ZodString

export function encode<N extends TopicName>(name: N, payload: PayloadOf<N>): string {
  return typeof payload === 'string' && isSigned(name) ? payload : JSON.stringify(payload)
}

export function pathOf<N extends TopicName>(name: N, params: ParamsOf<N>): string {
  // Each topic's `path` takes the parameters of its own pattern, which TypeScript cannot follow through the union.
  return (topics[name].path as (params: ParamsOf<N>) => string)(params)
}

/** Reads what came over the wire with the topic's schema; never throws. */
export function decode(name: TopicName, bytes: Uint8Array): Decoded {
  const { maxBytes, payload } = topics[name]
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  if (bytes.byteLength > maxBytes) return { ok: false, issue: `${bytes.byteLength} bytes, at most ${maxBytes}`, raw }
  let value: unknown = raw
  if (!isSigned(name)) {
    try {
      value = JSON.parse(raw)
    } catch {
      return { ok: false, issue: 'not JSON', raw }
    }
  }
  const parsed = payload.safeParse(value)
  if (parsed.success) return { ok: true, message: parsed.data, raw }
  const issue = parsed.error.issues[0]
  return { ok: false, issue: issue ? `${issue.path.join('.') || 'payload'}: ${issue.message}` : 'invalid', raw }
}
