import { isFree, isLetterAt, matchAt } from '../chars.ts'
import { spell } from '../letters.ts'
import { readCardinal } from '../numbers/cardinal.ts'
import { DOCUMENT_KINDS } from '../tables/document-kinds.ts'
import { LOCAL_ISSUERS, MINISTRIES, PARTY_ISSUERS, STATE_ISSUERS, SUBJECTS } from '../tables/issuers.ts'
import { expand } from './lookup.ts'

const ISSUERS: Readonly<Record<string, string>> = {
  ...STATE_ISSUERS,
  ...MINISTRIES,
  ...LOCAL_ISSUERS,
  ...PARTY_ISSUERS,
}
const ABOUT: Readonly<Record<string, string>> = SUBJECTS
const KINDS: Readonly<Record<string, readonly [string, ...string[]]>> = DOCUMENT_KINDS

const PART = /([A-ZĐÐƯÔ]+[a-z]{0,3}[A-ZĐƯ]*)(\d{1,2})?(?![\p{L}\p{M}\d])/uy
const JOINT = /( ?)([-/&.,]) ?/y

/** The letters of a document number: `QĐ-TTg`, `NQ/TW`, `QH15`, `TTLT-BTP-BTC`. */
export interface DocumentCode {
  end: number
  /** Names of kinds that the first code stands for; empty when it names none. */
  kinds: readonly string[]
  /** With its *của*; empty when the number names none. */
  issuer: string
  /** Codes after the issuer that name the drafting unit; they are not said. */
  unit: string
  /** Every code was known. */
  isKnown: boolean
}

export const isKindCode = (code: string): boolean => Object.hasOwn(KINDS, code)

/** Reads the codes from here on, or null when they look like no document code at all. */
export function readDocumentCode(text: string, at: number): DocumentCode | null {
  const { parts, end } = codeParts(text, at)
  const [first] = parts
  if (!first) return null
  const kinds = first.term === '' && Object.hasOwn(KINDS, first.code) ? (KINDS[first.code] ?? []) : []
  const issuers = kinds.length > 0 ? parts.slice(1) : parts
  if (kinds.length === 0 && issuerName(first) === null) return null
  const names = issuers.map(issuerName)
  const isJoint = /(?:LT|LN|PH)$/.test(first.code)
  const said = isJoint ? names : names.slice(0, 1)
  const spoken = said.map(
    (name, index) => name ?? expand(issuers[index]?.code ?? '') ?? spell(issuers[index]?.code ?? ''),
  )
  return {
    end,
    kinds,
    issuer: spoken.length > 0 ? `${Object.hasOwn(ABOUT, issuers[0]?.code ?? '') ? '' : 'của '}${listed(spoken)}` : '',
    unit: isJoint
      ? ''
      : issuers
          .slice(1)
          .map((part, index) => names[index + 1] ?? expand(part.code) ?? spell(part.code))
          .join(', '),
    isKnown: said.every((name) => name !== null),
  }
}

interface Part {
  code: string
  term: string
}

function codeParts(text: string, at: number): { parts: Part[]; end: number } {
  const parts: Part[] = []
  let end = at
  for (let next = at; parts.length < 9; ) {
    const match = matchAt(PART, text, next)
    if (!match) break
    const part = { code: (match[1] ?? '').replace('Ð', 'Đ'), term: match[2] ?? '' }
    const isSpaced = next > at && /\s/.test(text.slice(end, next))
    // A dash with spaces may also be the next heading: only codes that we know belong to the number.
    if (isSpaced && issuerName(part) === null) break
    parts.push(part)
    end = next + match[0].length
    const joint = matchAt(JOINT, text, end)
    if (!joint || (/[.,]/.test(joint[2] ?? '') && (joint[0].length > 1 || !isLetterAt(text, end + 1)))) break
    next = end + joint[0].length
  }
  return { parts, end }
}

/** `QH15` is the National Assembly of the fifteenth term. */
function issuerName({ code, term }: Part): string | null {
  const name = Object.hasOwn(ISSUERS, code) ? (ISSUERS[code] ?? null) : null
  if (!term) return name ?? (Object.hasOwn(ABOUT, code) ? (ABOUT[code] ?? null) : null)
  return name && /^(?:QH|UBTVQH|HĐND|VPQH|CTN)$/.test(code) ? `${name} khóa ${readCardinal(term)}` : null
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} và ${names.at(-1)}`

const REPEATED =
  /(?:[ ,]{1,2}\(?(?:ngày|tháng|năm|ban hành)[\d /.,\-ngàythámnăbêo]{0,40}\)?)?[ ,]{1,2}(?:của|do) ?(?=[\p{L}])/uy

/** Whether the text goes on to name the issuer: `… ngày 15/4/2025 của Thủ tướng Chính phủ`. */
export const issuerFollows = (text: string, end: number): boolean =>
  isFree(text, end) && matchAt(REPEATED, text, end) !== null
