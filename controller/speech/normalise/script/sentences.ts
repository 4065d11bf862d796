/** A piece of a paragraph, by offsets into it. */
export interface Piece {
  start: number
  end: number
}

const BORDER = /(?<![.?!…])(?:[.?!…]+["”’)\]]?|\.\/\.?)\s+(?=["“‘(]?[\p{Lu}\d]|[-+•]\s)/gu
/** A full stop after these ends no sentence. */
const NO_END =
  /(?:^|[\s(,.])(?:TP|Tp|tp|TX|TT|P|Q|H|X|ThS|Ths|TS|PGS|GS|BS|KS|CN|LS|KT|TM|TL|TUQ|tr|Tr|đ\/c|Đ\/c|ĐT|v\.v|[\p{Lu}])\.$|^\s*(?:\d{1,2}(?:\.\d{1,2})*|[IVXLC]{1,6}|[a-zđA-ZĐ])\.$/u

/** Cuts a paragraph into sentences. Full stops of abbreviations, list markers and numbers end none. */
export function toSentences(text: string): Piece[] {
  const pieces: Piece[] = []
  let start = 0
  for (const match of text.matchAll(BORDER)) {
    const stop = match.index + match[0].trimEnd().length
    if (match[0].trimEnd() === '.' && NO_END.test(text.slice(Math.max(start, stop - 14), stop))) continue
    pieces.push({ start, end: stop })
    start = match.index + match[0].length
  }
  if (start < text.length) pieces.push({ start, end: text.length })
  return pieces
}

/** Clause borders, from the strongest to the weakest. */
const CLAUSES = [
  /[;:](?=\s)/g,
  /,(?=\s)| [-–—](?= )/g,
  / (?=(?:và|hoặc|nhưng|để|nhằm|theo|trong|của|với|tại|về|cho)\s)/g,
  /(?<=\p{L}) (?=\p{L})/gu,
  /\s/g,
]

/** The best place to cut a text in two: the strongest border in its middle half, nearest the middle. */
export function clauseBorder(text: string): number | null {
  const middle = text.length / 2
  for (const clause of CLAUSES) {
    let best: number | null = null
    for (const match of text.matchAll(clause)) {
      const at = match.index + Math.max(1, match[0].length)
      const distance = Math.abs(at - middle)
      if (distance < text.length / 4 && (best === null || distance < Math.abs(best - middle))) best = at
    }
    if (best !== null) return best
  }
  return null
}
