import { isHeadingCase, type Paragraph } from './paragraphs.ts'

export type BlockKind = 'heading' | 'sentence' | 'signature' | 'table'

export interface Block extends Paragraph {
  kind: BlockKind
}

const LETTERHEAD =
  /^\s*(?:CỘNG HÒA XÃ HỘI|CỘNG HOÀ XÃ HỘI|Độc lập\s*-\s*Tự do|ĐẢNG CỘNG SẢN VIỆT NAM|Số\s*:|(?:Hà Nội|[\p{Lu}][\p{L} .]{1,40}),\s*ngày[\s.…\d]*tháng[\s.…\d]*năm)/u
const RECIPIENTS = /^\s*Nơi nhận\s*:?/i
const SIGNING = /^\s*(?:KT\.|TM\.|TL\.|TUQ\.|Q\.)\s*\p{Lu}{2,}/u
const OFFICE =
  /^\s*(?:PHÓ |QUYỀN )?(?:CHỦ TỊCH|GIÁM ĐỐC|TRƯỞNG BAN|TRƯỞNG PHÒNG|BÍ THƯ|CHÁNH VĂN PHÒNG|HIỆU TRƯỞNG|TRƯỞNG CÔNG AN)\s*(?:UBND)?\s*$/
const APPENDIX = /^\s*(?:PHỤ LỤC|Phụ lục)(?!\p{L})/u
const TABLE_HEAD = /^\s*(?:TT|STT|Số TT|Stt)\s*\.?\s*$/
const CELLS = /\t.*\t|\|.*\|/
const NUMBERED_HEADING =
  /^\s*(?:[IVXLC]{1,6}[.)]|\d{1,2}(?:\.\d{1,2})*[.)]?|[A-ZĐ][.)]|[a-zđ]\)|Chương|Mục|Phần|Tiểu mục|Phụ lục|PHỤ LỤC|Điều)\s*\S/u

/** Tells what each paragraph is, so that frames, signatures and tables can be left out of a broadcast. */
export function toBlocks(paragraphs: readonly Paragraph[]): Block[] {
  let part: 'body' | 'signature' | 'table' = 'body'
  const letterhead = findLetterhead(paragraphs)
  return paragraphs.map((paragraph, index) => {
    const { text } = paragraph
    if (RECIPIENTS.test(text) || (SIGNING.test(text) && index > letterhead.last)) part = 'signature'
    else if (APPENDIX.test(text)) part = 'body'
    else if (TABLE_HEAD.test(text)) part = 'table'
    else if (part === 'table' && (paragraph.isApart || /^\s*[IVX]+\.\s/.test(text))) part = 'body'
    return { ...paragraph, kind: kindOf(paragraph, part, index >= letterhead.first && index <= letterhead.last) }
  })
}

function kindOf({ text }: Paragraph, part: 'body' | 'signature' | 'table', isLetterhead: boolean): BlockKind {
  if (part === 'signature') return 'signature'
  if (part === 'table' || CELLS.test(text) || /^\t/.test(text)) return 'table'
  if (OFFICE.test(text)) return 'signature'
  if (isLetterhead && !/^(?!.*NHÂN DÂN)\s*(?:KẾ HOẠCH|THÔNG BÁO|QUYẾT ĐỊNH|BÁO CÁO)/.test(text)) return 'signature'
  return isHeading(text) ? 'heading' : 'sentence'
}

/** The frame of an official document: from the issuer's name beside the national motto down to place and date. */
function findLetterhead(paragraphs: readonly Paragraph[]): { first: number; last: number } {
  let first = Number.POSITIVE_INFINITY
  let last = -1
  for (const [index, { text }] of paragraphs.slice(0, 40).entries()) {
    if (!LETTERHEAD.test(text)) continue
    first = Math.min(first, index)
    last = index
  }
  while (first > 0 && first <= last && isFrame(paragraphs[first - 1]?.text ?? '')) first--
  return { first, last }
}

const isFrame = (text: string): boolean => isHeadingCase(text) || !/\p{L}/u.test(text)

function isHeading(text: string): boolean {
  const bare = text.trim()
  if (/[.;,]$/.test(bare) && !/^[^.]{1,12}\.$/.test(bare)) return false
  if (isHeadingCase(bare)) return bare.length <= 300
  return (
    bare.length <= 140 &&
    !bare.endsWith(':') &&
    NUMBERED_HEADING.test(bare) &&
    !/[.?!]\s/.test(bare.replace(NUMBERED_HEADING, ''))
  )
}
