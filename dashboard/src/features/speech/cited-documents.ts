import type { SpokenSpan } from '#protocol/http/speech.ts'
import type { Reading } from './reading.ts'

/** A legal document that a script names by its number. */
export interface CitedDocument {
  readonly number: string
  /** What stands before the number, such as `Luật Đất đai số`; empty when nothing names it. */
  readonly name: string
}

const KINDS =
  'hiến pháp|bộ luật|luật|pháp lệnh|nghị quyết|nghị định|quyết định|thông tư|chỉ thị|kế hoạch|công văn|công điện|hướng dẫn|thông báo|chương trình|đề án'
/** The name of a document right before its number, within the same clause. */
const NAMED = new RegExp(`(?<!\\p{L})(?:${KINDS})(?!\\p{L})(?:(?!(?:${KINDS})(?!\\p{L}))[^.,;:()]){0,90}$`, 'iu')
const LABEL = /^số ?:? ?/iu
/** `36 /KH-UBND`, as it comes out of a scanner. */
const STRAY_SPACE = / ?([/-]) ?/g

/** The documents of one sentence; offsets of spans are into `source`. */
export function documentsIn(source: string, spans: readonly SpokenSpan[]): CitedDocument[] {
  return spans.flatMap((span) => {
    const number = tidy(span.source.replace(LABEL, '')).replace(STRAY_SPACE, '$1')
    if (span.kind !== 'document-number' || !/\d/.test(number)) return []
    const name = tidy(NAMED.exec(source.slice(0, span.start))?.[0] ?? '')
    // `100/2019` alone may be anything.
    return name || /\p{L}/u.test(number) ? [{ number, name }] : []
  })
}

/** All documents of a script, each once, as the writer names them: `Nghị định số 168/2024/NĐ-CP`. */
export function citedDocuments({ sentences }: Reading): string[] {
  const names = new Map<string, string>()
  for (const { number, name } of sentences.flatMap(({ documents }) => documents)) {
    names.set(number, names.get(number) || name)
  }
  return [...names].map(([number, name]) => capital(tidy(`${name} ${number}`)))
}

const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim()

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase('vi') + text.slice(1)
