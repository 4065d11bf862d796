import { z } from 'zod'
import { line } from './common.ts'

/** A name that rundowns and files use for a stream. */
export const RelayName = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'format.relayName')
  .max(40)

/** A stream that the administrator has let stations relay. */
export const Relay = z.object({ name: RelayName, title: line(100) })
export type Relay = z.infer<typeof Relay>
