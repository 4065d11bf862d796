import { queryOptions } from '@tanstack/react-query'
import { StationDays } from '#protocol/http/days.ts'
import { call } from '../../../lib/api.ts'
import { addDays } from '../../../lib/format/time.ts'
import { keys } from '../../../lib/query-keys.ts'

/** A whole week at a time: the next day is there already when it is asked for. */
export const weekQuery = (areaCode: string, monday: string) =>
  queryOptions({
    queryKey: [...keys.days, areaCode, monday],
    queryFn: ({ signal }) =>
      call(StationDays, `/api/stations/${areaCode}/days`, { query: { from: monday, to: addDays(monday, 6) }, signal }),
  })
