import { queryOptions } from '@tanstack/react-query'
import { CalendarLinkAnswer, NewCalendarLink } from '#protocol/http/calendar-links.ts'
import { call } from '../../../lib/api.ts'
import { keys } from '../../../lib/query-keys.ts'

const pathOf = (areaCode: string): string => `/api/stations/${areaCode}/calendar-link`

/** Whether there is a link to the station's calendar, and whose. */
export const calendarLinkQuery = (areaCode: string) =>
  queryOptions({
    queryKey: keys.calendarLink(areaCode),
    queryFn: async ({ signal }) => (await call(CalendarLinkAnswer, pathOf(areaCode), { signal })).link,
  })

/** The answer has the link itself, which is told this once. */
export const makeCalendarLink = (areaCode: string) => call(NewCalendarLink, pathOf(areaCode), { method: 'POST' })

export const removeCalendarLink = (areaCode: string) =>
  call(CalendarLinkAnswer, `${pathOf(areaCode)}/remove`, { method: 'POST' })
