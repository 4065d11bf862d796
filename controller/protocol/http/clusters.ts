import { z } from 'zod'
import { AreaCode, BroadcastId, ClusterId } from '../ids.ts'
import { ArmedState, ClusterIdentity, ClusterStatus } from '../messages.ts'
import { IsoInstant, line, PageQuery } from './common.ts'

export const EnrolCluster = z.object({
  name: line(100),
  areaCode: AreaCode,
  technology: z.enum(['ip', 'gateway-fm', 'gateway-wired']).default('ip'),
  latitude: z.number().min(8).max(24).nullable().default(null),
  longitude: z.number().min(102).max(118).nullable().default(null),
})
export type EnrolCluster = z.infer<typeof EnrolCluster>
export type EnrolClusterInput = z.input<typeof EnrolCluster>

export const Cluster = EnrolCluster.extend({
  id: ClusterId,
  areaName: z.string(),
  enrolledAt: IsoInstant,
  presence: z.enum(['never', 'online', 'offline']),
  lastSeenAt: IsoInstant.nullable(),
  /** Plan version that the controller wants it to hold, and the one that it says it holds; 0: none. */
  planVersion: z.object({ wanted: z.int(), held: z.int() }),
  next: z.object({ broadcastId: BroadcastId, startAt: IsoInstant, state: ArmedState.nullable() }).nullable(),
  status: ClusterStatus.nullable(),
})
export type Cluster = z.infer<typeof Cluster>

/** The answer to an enrolment; the identity holds a secret that is shown this once. */
export const EnrolledCluster = z.object({ cluster: Cluster, identity: ClusterIdentity })
export type EnrolledCluster = z.infer<typeof EnrolledCluster>

export const ClusterQuery = PageQuery.extend({
  areaCode: AreaCode.optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
})
