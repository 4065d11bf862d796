import type { SpokenMark } from '#protocol/http/bulletins.ts'

/** A stretch of the script as it is drawn. */
export interface ScriptPiece {
  readonly text: string
  /** Index of the mark that it is; null for what stands between the sentences. */
  readonly sentence: number | null
  /** Words that nobody says, such as the names in a skit. */
  readonly isSilent: boolean
}

export interface ScriptParagraph {
  /** Where it begins in the script. */
  readonly start: number
  readonly pieces: readonly ScriptPiece[]
  /** An empty line stands before it. */
  readonly isApart: boolean
}

/**
 * Cuts a script into the paragraphs in which it is written and the sentences in which it is spoken. Without marks nothing
 * is known of what is spoken, so nothing counts as silent.
 */
export function scriptParagraphs(
  script: string,
  marks: readonly Pick<SpokenMark, 'start' | 'end'>[],
): ScriptParagraph[] {
  const paragraphs: { start: number; pieces: ScriptPiece[]; isApart: boolean }[] = []
  let isApart = false
  let isEnded = true

  const add = (start: number, text: string, sentence: number | null): void => {
    if (text === '' || (isEnded && text.trim() === '')) return
    if (isEnded) paragraphs.push({ start, pieces: [], isApart })
    isEnded = false
    const isSilent = sentence === null && marks.length > 0 && /[\p{L}\p{N}]/u.test(text)
    paragraphs.at(-1)?.pieces.push({ text, sentence, isSilent })
  }
  const addBetween = (from: number, to: number): void => {
    let at = from
    for (const part of script.slice(from, to).split(/(\s*\n\s*)/)) {
      if (part.includes('\n')) {
        isApart = /\n[^\S\n]*\n/.test(part)
        isEnded = true
      } else add(at, part, null)
      at += part.length
    }
  }

  let at = 0
  for (const [index, { start, end }] of marks.entries()) {
    addBetween(at, start)
    add(start, script.slice(start, end), index)
    at = end
  }
  addBetween(at, script.length)
  return paragraphs
}
