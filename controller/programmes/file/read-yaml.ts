import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
} from 'yaml'
import { FileError, type FileProblem, type Position } from './problem.ts'

/** A commune's programmes take some kilobytes. */
const MAX_BYTES = 1024 * 1024
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
  requireSmall(text)
  const doc = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    merge: false,
    // Checked below, in linear time.
    uniqueKeys: false,
    prettyErrors: false,
    lineCounter: lines,
  })
  const problems: FileProblem[] = doc.errors.map(({ code, pos: [offset] }) => {
    const { line, column } = at(offset)
    return { line, column, field: '', key: SYNTAX[code] ?? 'file.syntax', values: { line, column } }
  })
  if (doc.directives.yaml.explicit) problems.push({ ...at(0), field: '', key: 'file.directive' })
  const refuse = (node: { range?: readonly number[] | null }, path: Path, key: string, values = {}): void => {
    problems.push({ ...at(node.range?.[0] ?? 0), field: path.map(String).join('.'), key, values })
  }
  const value = problems.length === 0 ? plainOf(doc.contents, [], refuse) : null
  if (problems.length > 0) throw new FileError(problems.slice(0, MAX_PROBLEMS))
  return { value, locate: (path, part = 'value') => at(offsetOf(doc, path, part)) }
}

const SYNTAX: Readonly<Record<string, string>> = {
  BAD_INDENT: 'file.indent',
  TAB_AS_INDENT: 'file.tab',
  MULTIPLE_DOCS: 'file.documents',
  BLOCK_AS_IMPLICIT_KEY: 'file.colon',
}

/** Before the parser sees it: it recurses, and a text of nothing but brackets would end the process. */
function requireSmall(text: string): void {
  if (Buffer.byteLength(text) > MAX_BYTES)
    throw new FileError([
      { line: 1, column: 1, field: '', key: 'file.tooLarge', values: { limit: MAX_BYTES / 1024 ** 2 } },
    ])
  let [line, offset, lineStart, brackets, dashes] = [1, 0, 0, 0, 0]
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') brackets++
    else if (token === ']' || token === '}') brackets = Math.max(0, brackets - 1)
    else if (token === '-' || token === '?') dashes++
    const isDeep = brackets > MAX_NESTING || dashes > MAX_NESTING
    if (isDeep || (offset === lineStart && /^ *$/.test(token) && token.length > MAX_INDENT))
      throw new FileError([{ line, column: offset - lineStart + 1, field: '', key: 'file.tooDeep' }])
    if (CONTROL.has(token)) continue
    offset += token.length
    const breaks = token.split('\n').length - 1
    if (breaks === 0) continue
    line += breaks
    lineStart = offset - (token.length - token.lastIndexOf('\n') - 1)
    dashes = 0
  }
}

/** Marks of the lexer that stand for nothing in the text. */
const CONTROL: ReadonlySet<string> = new Set(['\u{2}', '\u{18}', '\u{1f}'])

type Refuse = (
  node: { range?: readonly number[] | null },
  path: Path,
  key: string,
  values?: Record<string, string>,
) => void

function plainOf(node: unknown, path: Path, refuse: Refuse): unknown {
  if (isAlias(node)) return refuse(node, path, 'file.anchor')
  if (!isScalar(node) && !isMap(node) && !isSeq(node)) return null
  if (node.anchor) return refuse(node, path, 'file.anchor')
  if (node.tag) return refuse(node, path, 'file.tag', { tag: node.tag })
  if (isScalar(node)) return typeof node.value === 'number' && isText(node.source, path) ? node.source : node.value
  if (isSeq(node)) return node.items.map((item, i) => plainOf(item, [...path, i], refuse))
  return mapOf(node, path, refuse)
}

/** What YAML would take for a number and nobody means as one. */
const isText = (source: string | undefined, path: Path): source is string =>
  source !== undefined && (/^0\d/.test(source) || path.join() === 'areaCode')

function mapOf(map: YAMLMap, path: Path, refuse: Refuse): unknown {
  // A key such as `__proto__` is a key like any other.
  const entries = new Map<string, unknown>()
  for (const { key, value } of map.items as Pair<Node | null, Node | null>[]) {
    const name = isScalar(key) && !key.anchor && !key.tag ? (key.source ?? String(key.value)) : null
    if (name === null || name === '') refuse(key ?? map, path, 'file.key')
    else if (entries.has(name)) refuse(key ?? map, [...path, name], 'file.keyTwice', { name })
    else entries.set(name, plainOf(value, [...path, name], refuse))
  }
  return Object.fromEntries(entries)
}

function offsetOf(doc: Document, path: Path, part: 'key' | 'value'): number {
  let node: unknown = doc.contents
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

const startOf = (node: unknown): number | undefined =>
  isScalar(node) || isMap(node) || isSeq(node) ? node.range?.[0] : undefined
