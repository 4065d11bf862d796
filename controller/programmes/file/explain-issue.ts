import type { z } from 'zod'
import type { Problem } from '../../errors.ts'
import { hasMessage } from '../../messages.ts'
import { closest } from './closest.ts'
import { schemasAt, writtenForm } from './json-schema.ts'
import type { Path } from './read-yaml.ts'

type Issue = z.core.$ZodIssue

/** What is wrong at a path, in a person's words; `key`: the name itself is wrong, not what it names. */
export interface Explained extends Pick<Problem, 'key' | 'values'> {
  readonly path: Path
  readonly part: 'key' | 'value'
}

/** What a schema found wrong in what a file says, each once and in a person's words. */
export function explainIssues(issues: readonly Issue[], root: unknown): Explained[] {
  const explained = issues.flatMap((issue) => explainIssue(issue, root))
  const meant = new Set(
    explained.flatMap(({ path, values }) => (values?.near ? [[...path.slice(0, -1), values.near].join()] : [])),
  )
  // What is misspelt is not missing besides.
  return explained.filter(({ key, path }) => key !== 'file.missing' || !meant.has(path.join()))
}

function explainIssue(issue: Issue, root: unknown, before: Path = []): Explained[] {
  const path = [...before, ...issue.path]
  const value = valueAt(root, path)
  const at = (key: string, values?: Problem['values']): Explained[] => [
    { path, part: 'value', key, ...(values ? { values } : {}) },
  ]
  if (issue.code === 'invalid_type' && value === undefined) return at('file.missing', { name: String(path.at(-1)) })
  if (hasMessage(issue.message)) return at(issue.message)
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((name) => ({ ...unknownKey(path, name), path: [...path, name], part: 'key' as const }))
    case 'invalid_key':
      return issue.issues.slice(0, 1).map(({ message }) => ({ path, part: 'key' as const, key: known(message) }))
    case 'invalid_union':
      return explainChoice(issue, root, path)
    case 'invalid_type':
      return at('file.type', { type: TYPES[issue.expected] ?? issue.expected })
    case 'invalid_value':
      return at('file.notOneOf', { forms: issue.values.map(String).join(', ') })
    case 'invalid_format': {
      const prefix = /^\^([a-z]+_)/.exec(issue.pattern ?? '')?.[1]
      return prefix ? at('file.id', { prefix }) : at('field.pattern')
    }
    case 'too_small':
      return isLong(issue.origin)
        ? at('field.tooShort', { limit: Number(issue.minimum) })
        : at('file.atLeast', { limit: Number(issue.minimum) })
    case 'too_big':
      return isLong(issue.origin)
        ? at('field.tooLong', { limit: Number(issue.maximum) })
        : at('file.atMost', { limit: Number(issue.maximum) })
    default:
      return at('field.invalid')
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'chữ',
  number: 'số',
  int: 'số nguyên',
  array: 'danh sách, ví dụ [a, b]',
  object: 'một nhóm mục “tên: giá trị”',
  record: 'một nhóm mục “tên: giá trị”',
}

const isLong = (origin: string): boolean => origin === 'string' || origin === 'array'
const known = (message: string): string => (hasMessage(message) ? message : 'field.invalid')

function unknownKey(path: Path, name: string): Pick<Explained, 'key' | 'values'> {
  const names = schemasAt(path).flatMap(({ properties }) => Object.keys(properties ?? {}))
  const near = closest(name, names)
  return near === null
    ? { key: 'file.unknownKey', values: { name, names: [...new Set(names)].join(', ') } }
    : { key: 'file.unknownKeyNear', values: { name, near } }
}

/** Of a choice, what is wrong with the form that comes nearest to what is there; or else which forms there are. */
function explainChoice({ errors }: Extract<Issue, { code: 'invalid_union' }>, root: unknown, path: Path): Explained[] {
  const isGrouped = isGroup(valueAt(root, path))
  const [nearest] = errors
    .map((issues) => ({ issues, score: issues.reduce((sum, issue) => sum + distanceOf(issue, isGrouped), 0) }))
    .sort((a, b) => a.score - b.score)
  const isOtherKind = nearest?.issues.some((issue) => issue.path[0] === 'kind')
  if (isGrouped && nearest && nearest.score < FAR && !isOtherKind) {
    const explained = nearest.issues.flatMap((issue) => explainIssue(issue, root, path))
    const isMisspelt = explained.some(({ key }) => key === 'file.unknownKeyNear')
    return explained.filter(({ key }) => key !== 'file.missing' || !isMisspelt)
  }
  const place = isOtherKind ? [...path, 'kind'] : path
  const forms = [...new Set(schemasAt(place).flatMap(writtenForm))].join(', ')
  return [{ path: place, part: 'value', key: 'file.notOneOf', values: { forms } }]
}

const FAR = 10

/** How far something is from a form, by one thing that is wrong with it. */
function distanceOf(issue: Issue, isGrouped: boolean): number {
  if (issue.code === 'unrecognized_keys') return 2 * issue.keys.length
  if (issue.path.length === 0 && issue.code !== 'custom') return isGrouped ? FAR : 1
  return issue.path[0] === 'kind' ? FAR / 2 : 1
}

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((inner, step) => (isGroup(inner) && Object.hasOwn(inner, step) ? inner[step] : undefined), value)

const isGroup = (value: unknown): value is Record<PropertyKey, unknown> => typeof value === 'object' && value !== null
