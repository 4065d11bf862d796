import { clusterTopics, topics } from '#protocol/topics.ts'

/** What one connection may do. Filters are compared as text: a wildcard is never granted unless it is listed itself. */
export interface Rights {
  mayPublish(topic: string): boolean
  maySubscribe(filter: string): boolean
  mayReceive(topic: string): boolean
}

export function clusterRights(clusterId: string, areaCodes: readonly string[]): Rights {
  const own = clusterTopics(clusterId, areaCodes)
  const publish = new Set(own.publish)
  const subscribe = new Set(own.subscribe)
  return {
    mayPublish: (topic) => publish.has(topic),
    maySubscribe: (filter) => subscribe.has(filter),
    mayReceive: (topic) => subscribe.has(topic),
  }
}

const ALL_TOPICS = Object.values(topics)
const ALL_FILTERS: ReadonlySet<string> = new Set(ALL_TOPICS.map((topic) => topic.filter))

export const controllerRights: Rights = {
  // It may clear what a removed cluster has left retained.
  mayPublish: (topic) => ALL_TOPICS.some((t) => (t.from === 'controller' || t.retain) && t.match(topic) !== null),
  maySubscribe: (filter) => ALL_FILTERS.has(filter),
  mayReceive: () => true,
}

/** The rules of the table for a topic on the wire; null when it is none of ours. */
export const rulesOf = (topic: string): { readonly retain: boolean; readonly maxBytes: number } | null =>
  ALL_TOPICS.find((t) => t.match(topic) !== null) ?? null
