import {
  Composer,
  type CST,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  Parser,
  type YAMLMap,
} from 'yaml'
import { FileError, type FileProblem, type Position } from './problem.ts'

/** A commune's programmes take some kilobytes. */
export const MAX_FILE_BYTES = 1024 * 1024
/** How deep lists and maps may lie in each other, on one line and by indentation. */
const MAX_NESTING = 20
const MAX_INDENT = 80
/** More would not help whoever mends the file. */
const MAX_PROBLEMS = 20

export type Path = readonly PropertyKey[]

/** What a YAML text says, and where. */
export interface YamlText {
  readonly value: unknown
  /** Where a value stands, or its key; of what is not there, where it should be. */
  locate(path: Path, part?: 'key' | 'value'): Position
}

/**
 * Reads the part of YAML 1.2 that schedules need. Anchors, tags and directives are refused: they make a small file a large
 * one, or mean something else than what people read. Integers with leading zeros stay text, as area codes are.
 * Throws FileError.
 */
export function readYaml(text: string): YamlText {
  const lines = new LineCounter()
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  const problems: FileProblem[] = []
  const refuse = (offset: number, path: Path, key: string, values = {}): void => {
    problems.push({ ...at(offset), field: path.map(String).join('.'), key, values })
  }
  if (Buffer.byteLength(text) > MAX_FILE_BYTES) {
    refuse(0, [], 'file.tooLarge', { limit: MAX_FILE_BYTES / 1024 ** 2 })
    throw new FileError(problems)
  }
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
  })
  const [doc, more] = composer.compose(tokensOf(text, lines, at), true, text.length)
  for (const { code, pos } of doc?.errors ?? []) refuse(pos[0], [], SYNTAX[code] ?? 'file.syntax', at(pos[0]))
  if (doc?.directives.yaml.explicit) refuse(0, [], 'file.directive')
  if (more) refuse(more.range[0], [], 'file.documents')
  const value = problems.length === 0 ? plainOf(doc?.contents, [], refuse) : null
  if (problems.length > 0) throw new FileError(problems.slice(0, MAX_PROBLEMS))
  return { value, locate: (path, part = 'value') => at(offsetOf(doc?.contents, path, part)) }
}

const SYNTAX: Readonly<Record<string, string>> = {
  BAD_INDENT: 'file.indent',
  TAB_AS_INDENT: 'file.tab',
  BLOCK_AS_IMPLICIT_KEY: 'file.colon',
}

/** Nothing deep goes into the parser: it recurses, and a text of nothing but brackets would end the process. */
function* tokensOf(text: string, lines: LineCounter, at: (offset: number) => Position): Generator<CST.Token> {
  const parser = new Parser(lines.addNewLine)
  lines.addNewLine(0)
  let [brackets, dashes, isLineStart] = [0, 0, true]
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme === '[' || lexeme === '{') brackets++
    else if (lexeme === ']' || lexeme === '}') brackets = Math.max(0, brackets - 1)
    else if (lexeme === '-' || lexeme === '?') dashes++
    const isDeep = brackets > MAX_NESTING || dashes > MAX_NESTING
    if (isDeep || (isLineStart && lexeme.length > MAX_INDENT && /^ +$/.test(lexeme)))
      throw new FileError([{ ...at(parser.offset), field: '', key: 'file.tooDeep' }])
    isLineStart = lexeme.endsWith('\n')
    if (isLineStart) dashes = 0
    yield* parser.next(lexeme)
  }
  yield* parser.end()
}

type Refuse = (offset: number, path: Path, key: string, values?: Record<string, string>) => void

function plainOf(node: unknown, path: Path, refuse: Refuse): unknown {
  const offset = startOf(node) ?? 0
  if (isAlias(node)) return refuse(offset, path, 'file.anchor')
  if (!isScalar(node) && !isMap(node) && !isSeq(node)) return null
  if (node.anchor) return refuse(offset, path, 'file.anchor')
  if (node.tag) return refuse(offset, path, 'file.tag', { tag: asWritten(node.tag) })
  if (isScalar(node)) return typeof node.value === 'number' && isText(node.source, path) ? node.source : node.value
  if (isSeq(node)) return node.items.map((item, i) => plainOf(item, [...path, i], refuse))
  return mapOf(node, path, refuse)
}

/** `tag:yaml.org,2002:str` is what nobody has written. */
const asWritten = (tag: string): string => tag.replace(/^tag:yaml\.org,2002:/, '!!')

/** What YAML would take for a number and nobody means as one. */
const isText = (source: string | undefined, path: Path): source is string =>
  source !== undefined && (/^0\d/.test(source) || path.join() === 'areaCode')

function mapOf(map: YAMLMap, path: Path, refuse: Refuse): unknown {
  const entries = new Map<string, unknown>()
  for (const { key, value } of map.items) {
    const offset = startOf(key) ?? startOf(map) ?? 0
    const name = isScalar(key) && !key.anchor && !key.tag ? (key.source ?? String(key.value)) : null
    if (name === null || name === '') refuse(offset, path, 'file.key')
    // Schemas drop it without a word.
    else if (name === '__proto__') refuse(offset, [...path, name], 'file.keyTaken', { name })
    else if (entries.has(name)) refuse(offset, [...path, name], 'file.keyTwice', { name })
    else entries.set(name, plainOf(value, [...path, name], refuse))
  }
  return Object.fromEntries(entries)
}

function offsetOf(contents: unknown, path: Path, part: 'key' | 'value'): number {
  let node = contents
  let offset = startOf(node) ?? 0
  for (const [depth, step] of path.entries()) {
    const isLast = depth === path.length - 1
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && (key.source ?? String(key.value)) === String(step))
      if (!pair) return offset
      node = pair.value
      offset = (isLast && part === 'value' ? (startOf(node) ?? startOf(pair.key)) : startOf(pair.key)) ?? offset
    } else if (isSeq(node)) {
      node = node.items[Number(step)]
      offset = startOf(node) ?? offset
    } else return offset
  }
  return offset
}

const startOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined)
