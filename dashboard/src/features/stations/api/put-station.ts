import { type PutStation, Station } from '#protocol/http/areas.ts'
import { call } from '../../../lib/api.ts'

export const putStation = (areaCode: string, input: PutStation) =>
  call(Station, `/api/stations/${areaCode}`, { method: 'PUT', body: input })
