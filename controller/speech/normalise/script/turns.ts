/** Who speaks a paragraph, and where the words begin that are said. */
export interface Turn {
  turn: string
  /** Length of the label and stage direction that are not said. */
  skip: number
}

const QUESTION = /^\s*(?:Câu hỏi|Hỏi|HỎI|CÂU HỎI)(?:\s*(?:số\s*)?\d{1,3})?\s*[:.]/
const ANSWER = /^\s*(?:Đáp|Trả lời|ĐÁP|TRẢ LỜI|Giải đáp|Gợi ý trả lời)\s*:/
const SPEAKER =
  /^\s*(?:[-–—]\s*)?((?:\p{Lu}[\p{L}.]*)(?: [\p{L}.]+){0,4}(?: \d{1,2})?)\s*(?:\([^()]{0,60}\)\s*)?:\s*(?:\([^()]{0,80}\)\s*)?(?=\S)/u
const NARRATOR = /^(?:người dẫn(?: chuyện| chương trình)?|dẫn chuyện|lời dẫn|mc|phát thanh viên|ptv|ndc)$/i

/** Labels of notices and plans, which look like speakers and are none. */
const LABEL =
  /^(?:thời gian|địa điểm|chủ trì|phối hợp|điện thoại|email|nơi nhận|lưu ý|ghi chú|căn cứ|kính gửi|số|ngày|thành phần|nội dung|ví dụ|nguồn|bước|tình huống|nhân vật|cảnh|mục|điều|phạm vi|yêu cầu|mục đích|liên hệ|địa chỉ|chú ý|trách nhiệm|kinh phí|đối tượng|hình thức|tác giả|tiểu phẩm|bản tin|phần|chương|khoản|sơ kết|kiểm tra|hồ sơ|thủ tục|lệ phí|website|fax|tel|zalo|tài khoản|mức phạt|kết luận|tên|giới thiệu|mở đầu|kết thúc|câu)(?!\p{L})/iu

const HONORIFIC =
  /^(?:anh|chị|ông|bà|cô|chú|bác|em|thím|dì|cậu|mợ|mẹ|bố|ba|má|cha|con|cháu|vợ|chồng|công an|trưởng thôn|trưởng ấp|trưởng khóm|cán bộ|người|bí thư|chủ tịch|hàng xóm|thầy|tổ trưởng|luật sư|nam|nữ)(?!\p{L})/iu

/**
 * Finds out who speaks in a script: questions and answers, and the characters of a skit. Read the paragraphs in order:
 * an answer goes on until the next question, a new speaker, or a heading.
 */
export function turnReader(texts: readonly string[]): (text: string, isHeading: boolean) => Turn {
  const speakers = findSpeakers(texts)
  let current = 'narrator'
  return (text, isHeading) => {
    if (QUESTION.test(text)) current = 'question'
    else if (ANSWER.test(text)) current = 'answer'
    else if (isHeading) current = 'narrator'
    const match = SPEAKER.exec(text)
    const name = match?.[1] ?? ''
    if (match && speakers.has(name)) {
      current = 'narrator'
      return { turn: NARRATOR.test(name) ? 'narrator' : name, skip: match[0].length }
    }
    return { turn: current, skip: 0 }
  }
}

/** A name that opens several lines is a character, when at least one other does too; so is any name with a title. */
function findSpeakers(texts: readonly string[]): ReadonlySet<string> {
  const counts = new Map<string, number>()
  for (const text of texts) {
    const name = SPEAKER.exec(text)?.[1]
    if (!name || LABEL.test(name) || QUESTION.test(text) || ANSWER.test(text)) continue
    if (/^\s*[-–—]/.test(text) && !HONORIFIC.test(name)) continue
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const names = [...counts]
    .filter(([name, count]) => count >= 2 || HONORIFIC.test(name) || NARRATOR.test(name))
    .map(([name]) => name)
  const lines = names.reduce((sum, name) => sum + (counts.get(name) ?? 0), 0)
  return names.length >= 2 && lines >= 3 ? new Set(names) : new Set()
}
