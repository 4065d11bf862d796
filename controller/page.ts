import { z } from 'zod'
import { invalid } from './errors.ts'

/** Where a page ended: the sort time and the id of its last row. */
export interface Cursor {
  readonly at: number
  readonly id: string
}

const CursorTuple = z.tuple([z.int(), z.string().regex(/^\w{1,64}$/)])

export const encodeCursor = (cursor: Cursor): string =>
  Buffer.from(JSON.stringify([cursor.at, cursor.id])).toString('base64url')

/** Null without a cursor. Throws `invalid` on one that we did not make. */
export function decodeCursor(text: string | undefined): Cursor | null {
  if (!text) return null
  try {
    const [at, id] = CursorTuple.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
    return { at, id }
  } catch {
    throw invalid('cursor', 'cursor.invalid')
  }
}

/** Cuts rows that were asked for one too many into a page and the cursor of the next; null: there is none. */
export function cutPage<R>(
  rows: readonly R[],
  limit: number,
  cursorOf: (last: R) => Cursor,
): { page: R[]; next: string | null } {
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return { page, next: last ? encodeCursor(cursorOf(last)) : null }
}
