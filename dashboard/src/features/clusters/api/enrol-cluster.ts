import { type EnrolClusterInput, EnrolledCluster } from '#protocol/http/clusters.ts'
import { call } from '../../../lib/api.ts'

export const enrolCluster = (input: EnrolClusterInput) =>
  call(EnrolledCluster, '/api/clusters', { method: 'POST', body: input })
