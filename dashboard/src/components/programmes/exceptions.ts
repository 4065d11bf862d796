import type { CalendarException } from '#protocol/calendar.ts'
import { Programme } from '#protocol/http/programmes.ts'
import { call } from '../../lib/api.ts'

const pathOf = (id: string, date: string): string => `/api/programmes/${id}/exceptions/${date}`

/** Makes one day of a series different, or like the others again. */
export const setException = (id: string, date: string, exception: CalendarException | null): Promise<Programme> =>
  exception
    ? call(Programme, pathOf(id, date), { method: 'PUT', body: { exception } })
    : call(Programme, `${pathOf(id, date)}/remove`, { method: 'POST', body: {} })
