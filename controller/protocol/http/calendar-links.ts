import { z } from 'zod'
import { IsoInstant } from './common.ts'

/** That a station's calendars may be read by a secret link, and since when; the secret itself is shown only once. */
export const CalendarLink = z.object({ createdByName: z.string(), createdAt: IsoInstant })
export type CalendarLink = z.infer<typeof CalendarLink>

export const CalendarLinkAnswer = z.object({ link: CalendarLink.nullable() })

export const NewCalendarLink = CalendarLink.extend({ url: z.url() })
export type NewCalendarLink = z.infer<typeof NewCalendarLink>

/** Programs that cannot sign in say the secret of the link. */
export const CalendarQuery = z.object({ token: z.string().min(1).max(100).optional() })
export type CalendarQuery = z.infer<typeof CalendarQuery>
