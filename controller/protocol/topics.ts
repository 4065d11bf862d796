import { z } from 'zod'
import { ClusterStatus, CommandReply, JournalAck, JournalBatch, Presence } from './messages.ts'

/**
 * The only place where a topic is written. `payload` is the schema of a plain JSON message; `signed` topics carry a
 * compact JWS whose content `signing.ts` opens with the schema of the same name.
 */
interface TopicRules<T extends z.ZodType> {
  readonly from: 'controller' | 'cluster'
  readonly qos: 0 | 1
  readonly retain: boolean
  readonly maxBytes: number
  readonly payload: T
}

export interface Topic<P extends string, T extends z.ZodType> extends TopicRules<T> {
  readonly pattern: P
  /** MQTT filter with `+` for each parameter. */
  readonly filter: string
  path(params: Record<ParamOf<P>, string>): string
  /** The parameters, when the topic is this one. */
  match(raw: string): Record<ParamOf<P>, string> | null
}

type ParamOf<P extends string> = P extends `${string}:${infer Param}/${infer Rest}`
  ? Param | ParamOf<Rest>
  : P extends `${string}:${infer Param}`
    ? Param
    : never

const SAFE_SEGMENT = /^[0-9A-Za-z_-]{1,64}$/

function topic<P extends string, T extends z.ZodType>(pattern: P, rules: TopicRules<T>): Topic<P, T> {
  const segments = pattern.split('/')
  return {
    ...rules,
    pattern,
    filter: segments.map((segment) => (segment.startsWith(':') ? '+' : segment)).join('/'),
    path: (params) =>
      segments
        .map((segment) => {
          if (!segment.startsWith(':')) return segment
          const value = params[segment.slice(1) as ParamOf<P>]
          if (!SAFE_SEGMENT.test(value))
            throw new RangeError(`topic segment ${segment} cannot be ${JSON.stringify(value)}`)
          return value
        })
        .join('/'),
    match: (raw) => {
      const parts = raw.split('/')
      if (parts.length !== segments.length) return null
      const params: Record<string, string> = {}
      for (const [i, segment] of segments.entries()) {
        const part = parts[i] ?? ''
        if (segment.startsWith(':')) {
          if (!SAFE_SEGMENT.test(part)) return null
          params[segment.slice(1)] = part
        } else if (part !== segment) return null
      }
      return params as Record<ParamOf<P>, string>
    },
  }
}

const KIB = 1024
const SignedText = z.string()

export const topics = {
  plan: topic('loa/v1/clusters/:clusterId/plan', {
    from: 'controller',
    qos: 1,
    retain: true,
    maxBytes: 64 * KIB,
    payload: SignedText,
  }),
  command: topic('loa/v1/clusters/:clusterId/command', {
    from: 'controller',
    qos: 1,
    retain: false,
    maxBytes: 4 * KIB,
    payload: SignedText,
  }),
  reply: topic('loa/v1/clusters/:clusterId/reply', {
    from: 'cluster',
    qos: 1,
    retain: false,
    maxBytes: 4 * KIB,
    payload: CommandReply,
  }),
  alert: topic('loa/v1/areas/:areaCode/alert', {
    from: 'controller',
    qos: 1,
    retain: false,
    maxBytes: 192 * KIB,
    payload: SignedText,
  }),
  presence: topic('loa/v1/clusters/:clusterId/presence', {
    from: 'cluster',
    qos: 1,
    retain: true,
    maxBytes: KIB,
    payload: Presence,
  }),
  status: topic('loa/v1/clusters/:clusterId/status', {
    from: 'cluster',
    qos: 0,
    retain: false,
    maxBytes: 8 * KIB,
    payload: ClusterStatus,
  }),
  journal: topic('loa/v1/clusters/:clusterId/journal', {
    from: 'cluster',
    qos: 1,
    retain: false,
    maxBytes: 64 * KIB,
    payload: JournalBatch,
  }),
  journalAck: topic('loa/v1/clusters/:clusterId/journal-ack', {
    from: 'controller',
    qos: 1,
    retain: false,
    maxBytes: KIB,
    payload: JournalAck,
  }),
} as const

export type TopicName = keyof typeof topics

/** No message on any topic is larger; brokers are set to refuse more. */
export const MAX_MESSAGE_BYTES = Math.max(...Object.values(topics).map((t) => t.maxBytes))

/** Topics that one cluster may write to, and the filters that it may subscribe to: least privilege for broker ACLs. */
export function clusterTopics(
  clusterId: string,
  areaCodes: readonly string[],
): { publish: string[]; subscribe: string[] } {
  return {
    publish: [topics.reply, topics.presence, topics.status, topics.journal].map((t) => t.path({ clusterId })),
    subscribe: [
      ...[topics.plan, topics.command, topics.journalAck].map((t) => t.path({ clusterId })),
      ...[...areaCodes, 'all'].map((areaCode) => topics.alert.path({ areaCode })),
    ],
  }
}
