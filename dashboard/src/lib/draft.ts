import type { z } from 'zod'

/** What a person has typed but not sent, kept for this tab: a reload or an ended session must not cost a script. */
export interface Draft<T> {
  read(): T | null
  write(value: T): void
  clear(): void
}

/** The part of `sessionStorage` that a draft needs. */
export interface Shelf {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

export function createDraft<S extends z.ZodType>(shelf: Shelf, name: string, schema: S): Draft<z.output<S>> {
  const key = `loa-xa.draft.${name}`
  return {
    read() {
      const parsed = schema.safeParse(parseJson(shelf.getItem(key)))
      return parsed.success ? parsed.data : null
    },
    write: (value) => shelf.setItem(key, JSON.stringify(value)),
    clear: () => shelf.removeItem(key),
  }
}

function parseJson(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text)
  } catch {
    return null
  }
}
