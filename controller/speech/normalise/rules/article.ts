import { matchAt } from '../chars.ts'
import { readCardinal } from '../numbers/cardinal.ts'
import { type Rule, twoWordsBefore, wordBefore } from '../scan.ts'
import { ARTICLE_WORDS, NUMBERED_PLACES } from '../tables/contexts.ts'

const ITEM = /(\d{1,4})([a-zđ])?(?: ?- ?(\d{1,4})([a-zđ])?)?(?![\p{L}\p{M}\d%]|\.\d|\/\d)/uy
const MARKED = /(?:điểm|phần|tháng|câu)$/
const GOES_ON = /(?:,\d{1,3}){1,8}(?!\d)(?:(?: ?(?:,|;|-) ?| và )\d{1,4}){0,6} ?(?:khoản|điều)(?![\p{L}\p{M}])/iuy

/** Numbers of articles, clauses, points and numbered places: `Điều 12a`, `khoản 3,4 Điều 5`, `Điều 5-7`, `thôn 1,2`. */
export const readArticle: Rule = ({ text, pos, region, list }) => {
  const match = matchAt(ITEM, text, pos)
  if (!match) return null
  const before = wordBefore(text, pos)
  const isArticle = list === 'article' || (ARTICLE_WORDS.has(before) && twoWordsBefore(text, pos) !== 'giai đoạn')
  const end = pos + match[0].length
  const isCommaList = /^,\d/.test(text.slice(end, end + 2))
  if (!isArticle && !(isCommaList && NUMBERED_PLACES.has(before))) return null
  // `điểm 8,5` is a mark; it is a list only when a clause or an article follows.
  if (isCommaList && MARKED.test(before) && !matchAt(GOES_ON, text, end)) return null
  if (isCommaList && match[3]) return null
  const item = (digits: string, letter: string | undefined) =>
    `${readCardinal(digits, { region })}${letter ? ` ${letter}` : ''}`
  const first = item(match[1] ?? '', match[2])
  return {
    end,
    kind: 'article',
    rule: match[3] ? 'article-range' : isCommaList ? 'numbered-list' : 'article',
    reading: match[3] ? `${first} đến ${item(match[3], match[4])}` : first,
    list: 'article',
  }
}
