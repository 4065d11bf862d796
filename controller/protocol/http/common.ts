import { z } from 'zod'

/** Every error answer has this shape; `message` is Vietnamese and safe to show. */
export const ErrorBody = z.object({
  error: z.object({
    code: z.enum([
      'not_found',
      'conflict',
      'invalid',
      'forbidden',
      'limit',
      'unavailable',
      'unauthenticated',
      'internal',
    ]),
    message: z.string(),
    problems: z.array(
      z.object({
        /** Input field to blame, e.g. `script`; empty when none. */
        field: z.string(),
        key: z.string(),
        message: z.string(),
        /** What to put into the field instead that would do, the nearest first. */
        alternatives: z.array(z.string()).optional(),
      }),
    ),
    requestId: z.string(),
  }),
})
export type ErrorBody = z.infer<typeof ErrorBody>

const READABLE = /^[^\p{Cc}\ufffd]*$/u
/** One line that a person reads: no control characters, no remains of broken encodings. */
export const line = (max: number) => z.string().trim().min(1).max(max).regex(READABLE, 'field.unreadable')

/** Several lines of the same kind. */
export const isReadable = (text: string): boolean => text.split(/[\n\t\r]/).every((part) => READABLE.test(part))

/** Keyset pagination: pass the last answer's `next` as `cursor`. */
export const PageQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() })

/** UTC instant, `2026-11-23T05:30:00.000Z`. */
export const IsoInstant = z.iso.datetime({ offset: true })
export const LocalDate = z.iso.date('format.date')
/** Local civil time, `05:30` or `05:30:15`. */
export const LocalTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, 'format.time')
