import { classAt, DIGIT, isLetterAt, LOWER, lettersEnd, matchAt, SPACE, SYMBOL } from './chars.ts'
import { clean } from './clean.ts'
import { type CompiledDictionary, compileDictionary, readDictionary } from './dictionary.ts'
import { BARE_NUMBERS, OPENERS, RULES, SIGNS, TOUCHED } from './rules/table.ts'
import type { Reading, Rule, Scan } from './scan.ts'
import { Trace } from './trace.ts'
import type { NormalisedText, NormaliseOptions } from './types.ts'

/** Reads one paragraph of written Vietnamese as a person would say it, and tells how each part of it was read. */
export function normalise(paragraph: string, options: NormaliseOptions = {}): NormalisedText {
  return normaliseWith(paragraph, compileDictionary(options.dictionary ?? []), options)
}

/** As `normalise`, with the dictionary prepared once for many paragraphs. */
export function normaliseWith(
  paragraph: string,
  dictionary: CompiledDictionary,
  options: NormaliseOptions,
): NormalisedText {
  const cleaned = clean(paragraph)
  const scan: Scan = {
    text: cleaned.text,
    region: options.region ?? 'north',
    dictionary,
    pos: 0,
    list: null,
    documentKind: '',
  }
  const trace = new Trace(paragraph, cleaned, options.foreign === 'respelled')
  while (scan.pos < scan.text.length) step(scan, trace)
  return trace.finish()
}

/** A list of numbers goes on over these words. */
const LIST_WORDS = /^(?:và|đến|hoặc|hay|tới|hết|ngày|cùng|từ|các|hạng)$/

function step(scan: Scan, trace: Trace): void {
  const { text, pos } = scan
  const kind = classAt(text, pos)
  if (kind === SPACE) {
    scan.pos++
    return
  }
  const reading = (scan.dictionary.size > 0 ? readDictionary(scan) : null) ?? applyRules(scan, kind)
  if (reading && reading.end > pos) {
    scan.pos = reading.end
    // Signs inside a list (`I - III`, `3; 4`) do not end it.
    scan.list = reading.list ?? (reading.kind === 'mark' || reading.kind === 'sign' ? scan.list : null)
    trace.add(pos, reading)
    return
  }
  scan.pos = plainEnd(scan, kind)
  trace.plain(pos, scan.pos, kind)
  if (kind === LOWER && scan.list && !LIST_WORDS.test(text.slice(pos, scan.pos))) scan.list = null
  else if (kind === SYMBOL ? !/[,;&(]/.test(text.charAt(pos)) : kind !== LOWER) scan.list = null
}

const FIGURES = /\d+/y
function plainEnd({ text, pos }: Scan, kind: number): number {
  if (kind === SYMBOL) return pos + 1
  if (kind !== DIGIT) return lettersEnd(text, pos)
  return pos + (matchAt(FIGURES, text, pos)?.[0].length ?? 1)
}

/** A number that a sign, *và* or *đến* may join to another. */
const JOINED = /\d+ ?[^\s\d\p{L}]|\d+ (?:và|đến)|\d+đ/uy

function applyRules(scan: Scan, kind: number): Reading | null {
  const { text, pos } = scan
  if (kind === SYMBOL) return first(SIGNS.get(text.charAt(pos)) ?? [], scan)
  if (kind === DIGIT) {
    const address = couldBeAddress(text, pos) ? first(TOUCHED, scan) : null
    return address ?? first(matchAt(JOINED, text, pos) ? (RULES[kind] ?? []) : BARE_NUMBERS, scan)
  }
  const end = lettersEnd(text, pos)
  if (isTouched(text, end)) {
    const touched = first(TOUCHED, scan)
    if (touched) return touched
  }
  if (kind === LOWER && isPlainWord(text, pos, end)) return null
  const openers = OPENERS.get(text.slice(pos, end))
  return (openers ? first(openers, scan) : null) ?? first(RULES[kind] ?? [], scan)
}

function first(rules: readonly Rule[], scan: Scan): Reading | null {
  for (const rule of rules) {
    const reading = rule(scan)
    if (reading) return reading
  }
  return null
}

/** Something runs on after the word that could make it an address or a code. */
const isTouched = (text: string, end: number): boolean => /^(?:[0-9]|[@._:-]\S)/.test(text.slice(end, end + 2))

/** Addresses may begin with a figure: `24h.com.vn`. */
const couldBeAddress = (text: string, pos: number): boolean =>
  isLetterAt(text, pos + 1) || isLetterAt(text, pos + 2) || isLetterAt(text, pos + 3)

const ACCENTED = /[à-ãè-êìíò-õùúýăĩũơưạ-ỹ]/
const VIETNAMESE = /^[a-zà-ãè-êìíò-õùúýăđĩũơưạ-ỹ]+$/

/** Most words: in small letters, with a tone or a vowel mark, touched by nothing. No rule has anything to say to them. */
function isPlainWord(text: string, pos: number, end: number): boolean {
  const word = text.slice(pos, end)
  return (
    ACCENTED.test(word) &&
    VIETNAMESE.test(word) &&
    !OPENERS.has(word) &&
    end - pos > 1 &&
    /^[\s,.;:?!)]?$/.test(text.charAt(end))
  )
}
