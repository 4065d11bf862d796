import { CreateProgramme } from '#protocol/http/programmes.ts'
import { isTimeZone } from '#protocol/rules/civil-time.ts'
import { explainIssues } from './explain-issue.ts'
import { fromFile } from './forms.ts'
import { FileError, type FileProblem, type Position } from './problem.ts'
import { type Path, readYaml, type YamlText } from './read-yaml.ts'
import { type FileProgramme, StationFile } from './schema.ts'

/** A programme as its file wants it, with where the file says so. */
export interface WrittenProgramme {
  readonly key: string
  readonly programme: CreateProgramme
  /** Where the field of a problem stands in the file, as it is named there. */
  locate(field: string): Position & { readonly field: string }
}

export interface ParsedFile extends Omit<StationFile, 'programmes'> {
  readonly programmes: readonly WrittenProgramme[]
  locate(path: Path): Position
}

/** Throws FileError with all that is wrong with the form of a file. */
export function parseStationFile(text: string): ParsedFile {
  const yaml = readYaml(text)
  if (yaml.value === null) throw new FileError([{ line: 1, column: 1, field: '', key: 'file.empty' }])
  const { data, error } = StationFile.safeParse(yaml.value)
  if (!data) {
    throw new FileError(
      explainIssues(error.issues, yaml.value).map(({ path, part, ...problem }) => ({
        ...yaml.locate(path, part),
        field: path.map(String).join('.'),
        ...problem,
      })),
    )
  }
  if (!isTimeZone(data.timeZone))
    throw new FileError([{ ...yaml.locate(['timeZone']), field: 'timeZone', key: 'station.timeZone' }])
  const problems: FileProblem[] = []
  const programmes = Object.entries(data.programmes).flatMap(([key, written]) => {
    const locate = locator(yaml, key, written)
    const wanted = fromFile(data.areaCode, key, written)
    const parsed = CreateProgramme.safeParse(wanted)
    if (parsed.success) return [{ key, programme: parsed.data, locate }]
    problems.push(
      ...explainIssues(parsed.error.issues, wanted).map(({ path, part: _, ...problem }) => ({
        ...problem,
        ...locate(path.map(String).join('.')),
      })),
    )
    return []
  })
  if (problems.length > 0) throw new FileError(problems)
  return { ...data, programmes, locate: (path) => yaml.locate(path) }
}

/** Fields are named alike in a file, but for exceptions: a file names them by their dates, and says in a word of its own what they do. */
function locator(yaml: YamlText, key: string, written: FileProgramme): WrittenProgramme['locate'] {
  const dates = Object.keys(written.exceptions)
  return (field) => {
    const [first = '', ...rest] = field.split('.')
    const [nth, what = '', ...inner] = rest
    const own =
      first === 'exceptions' && nth !== undefined ? [dates[Number(nth)] ?? nth, IN_FILE[what] ?? what, ...inner] : rest
    const path = ['programmes', key, ...[first, ...own].filter((step) => step !== '')]
    return { ...yaml.locate(path, path.length === 2 ? 'key' : 'value'), field: path.join('.') }
  }
}

const IN_FILE: Readonly<Record<string, string>> = { date: '', to: 'move', replacement: 'replace' }
