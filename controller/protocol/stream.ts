import { z } from 'zod'

/** What the dashboard hears over SSE: which thing changed, never the thing itself; it asks the API again. */
export const EVENT_KINDS = [
  'bulletin.changed',
  'bulletin.progress',
  'programme.changed',
  'broadcast.changed',
  'cluster.changed',
  'station.changed',
  'rules.changed',
  'exemption.changed',
  'asset.changed',
  'inbox.changed',
  'source-report.changed',
] as const
export type EventKind = (typeof EVENT_KINDS)[number]

export const StreamEvent = z.object({
  seq: z.int().min(0),
  kind: z.enum(EVENT_KINDS),
  /** Id of what changed. */
  ref: z.string(),
  at: z.int(),
})
export type StreamEvent = z.infer<typeof StreamEvent>
