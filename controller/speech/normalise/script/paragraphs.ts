/** A stretch of a script that is read as one paragraph; lines that a page broke are joined. */
export interface Paragraph {
  /** UTF-16 offsets into the script. */
  start: number
  end: number
  /** The text with the page's line breaks taken out, of the same length as its source. */
  text: string
  /** Empty lines stood before it. */
  isApart: boolean
}

interface Line {
  start: number
  end: number
  text: string
  isApart: boolean
}

const MARKER =
  /^\s*(?:[-+•*–—]\s|[a-zđ](?:\)|\.(?:\s|$))|\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}(?:\.\d{1,2})+\s|[IVXLC]{1,6}[.)]|[A-ZĐ][.)]\s|\([a-zđ\d]{1,3}\)|(?:Điều|Chương|Mục|Phần|Khoản|CHƯƠNG|PHẦN|MỤC|ĐIỀU|PHỤ LỤC|Phụ lục|Nơi nhận|Hỏi|Đáp|Trả lời|Câu hỏi)(?!\p{L}))/u

/** Cuts a script into paragraphs, whether each stands on one line or a page broke it into many. */
export function toParagraphs(script: string): Paragraph[] {
  const lines = toLines(script)
  const width = pageWidth(lines)
  const paragraphs: Paragraph[] = []
  let open: Line[] = []
  const close = () => {
    const [first, last] = [open[0], open.at(-1)]
    if (first && last) paragraphs.push(toParagraph(script, first, last))
    open = []
  }
  for (const line of lines) {
    const last = open.at(-1)
    if (last && !continues(last, line, width)) close()
    open.push(line)
  }
  close()
  return paragraphs
}

function toParagraph(script: string, first: Line, last: Line): Paragraph {
  const text = script.slice(first.start, last.end).replace(/[\r\n\u2028\u2029]/g, ' ')
  return { start: first.start, end: last.end, text, isApart: first.isApart }
}

function toLines(script: string): Line[] {
  const lines: Line[] = []
  let isApart = false
  for (const match of script.matchAll(/[^\r\n\u2028\u2029]+|\r\n|[\r\n\u2028\u2029]/g)) {
    const text = match[0]
    if (/^[\r\n\u2028\u2029]/.test(text)) {
      isApart ||= /(?:^|[\r\n\u2028\u2029])[^\S\r\n]*$/.test(script.slice(Math.max(0, match.index - 40), match.index))
      continue
    }
    if (!/\S/.test(text)) {
      isApart = true
      continue
    }
    lines.push({ start: match.index, end: match.index + text.length, text, isApart })
    isApart = false
  }
  return lines
}

/** How wide the page was that broke the lines; infinite when nothing says that one did. */
function pageWidth(lines: readonly Line[]): number {
  const lengths = lines.map((line) => line.text.trim().length).sort((a, b) => a - b)
  const longest = lengths.at(-1) ?? 0
  const wide = lengths.at(Math.floor(lengths.length * 0.9)) ?? 0
  return lines.length >= 8 && longest <= 130 && wide >= 45 ? wide : Number.POSITIVE_INFINITY
}

/** A line goes on with the one before when that one was full, or when it cannot begin anything itself. */
function continues(last: Line, line: Line, width: number): boolean {
  const [before, after] = [last.text.trim(), line.text.trim()]
  if (MARKER.test(line.text) || /^\t/.test(line.text)) return false
  const isEnded = /[.?!…]["”’)]?$|\.\/\.?$/.test(before)
  if (/^\p{Ll}/u.test(after) && !isEnded && before.length > 12) return true
  if (
    width === Number.POSITIVE_INFINITY ||
    isEnded ||
    /[;:]$/.test(before) ||
    isHeadingCase(before) !== isHeadingCase(after)
  )
    return false
  const firstWord = /^\S+/.exec(after)?.[0].length ?? 0
  return LEANS_ON.test(before) || before.length + 1 + firstWord >= width - 6
}

/** No paragraph ends in one of these. */
const LEANS_ON =
  /\s(?:của|và|các|về|cho|trong|tại|với|theo|từ|đến|bởi|do|là|được|những|hoặc|như|qua|để|nhằm|số|công tác)$/

/** Whether a line stands in capitals. */
export function isHeadingCase(text: string): boolean {
  const upper = text.match(/\p{Lu}/gu)?.length ?? 0
  const lower = text.match(/\p{Ll}/gu)?.length ?? 0
  // Abbreviations are capitals too; a heading has a vowel with a mark, or several words.
  const isWords =
    /[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ]/.test(text) ||
    text.trim().split(/\s+/).length > 2
  return upper > 2 && upper > lower * 4 && isWords
}
