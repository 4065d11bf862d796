import { MAX_SCRIPT_CHARS, type OmittablePart } from '#protocol/http/bulletins.ts'
import type { Problem } from '../errors.ts'
import { type BlockKind, toBlocks } from '../speech/normalise/script/blocks.ts'
import { toParagraphs } from '../speech/normalise/script/paragraphs.ts'

// Everything of category Cc but tab, line feed and carriage return.
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/
const REPLACEMENT = '\ufffd'
const HAS_WORD = /[\p{L}\p{N}]/u

/** Line ends as `\n`, no byte-order mark, NFC: the form in which a script is stored. */
export const tidyScript = (text: string): string =>
  text
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .normalize('NFC')

/** What is wrong with a text that is to be read aloud, or null. Expects `tidyScript`. */
export function scriptProblem(text: string, field = 'script'): Problem | null {
  if (text.includes(REPLACEMENT))
    return { field, key: 'script.notUtf8', values: { line: lineOf(text, text.indexOf(REPLACEMENT)) } }
  const control = CONTROL.exec(text)
  if (control) return { field, key: 'script.controlCharacter', values: { line: lineOf(text, control.index) } }
  if (!HAS_WORD.test(text)) return { field, key: 'script.empty' }
  if (text.length > MAX_SCRIPT_CHARS) {
    return { field, key: 'script.tooLong', values: { length: text.length, limit: MAX_SCRIPT_CHARS } }
  }
  return null
}

/** Parts of a document may be left out, but not all that it has. */
export function omissionProblem(text: string, omit: readonly OmittablePart[]): Problem | null {
  const isOmitted = (kind: BlockKind): boolean => omit.some((part) => part === kind)
  const blocks = omit.length > 0 ? toBlocks(toParagraphs(text)) : []
  return blocks.length > 0 && blocks.every(({ kind }) => isOmitted(kind))
    ? { field: 'omit', key: 'script.allOmitted' }
    : null
}

const lineOf = (text: string, index: number): number => text.slice(0, index).split('\n').length
