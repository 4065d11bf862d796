import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')
const CODE = ['controller', 'dashboard', 'firmware-sim', 'tests']
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  )
  .filter((file) => /\.tsx?$/.test(file))
const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8')

interface Import {
  readonly from: string
  /** Path in the repository, or the name of a package. */
  readonly to: string
  readonly isType: boolean
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g

function importsOf(file: string): Import[] {
  return [...textOf(file).matchAll(IMPORT)].map(([, type, fixed, dynamic]) => {
    const name = fixed ?? dynamic ?? ''
    const to = name.startsWith('#protocol/')
      ? name.replace('#protocol/', 'controller/protocol/')
      : name.startsWith('.')
        ? relative(ROOT, join(ROOT, dirname(file), name))
        : name
    return { from: file, to, isType: type !== undefined }
  })
}

const IMPORTS = CODE.flatMap(importsOf)
const within = (folder: string) => (file: string) => file.startsWith(`${folder}/`)
const isOurs = (file: string): boolean => /^(controller|firmware-sim|dashboard|tests|scripts)\//.test(file)
const wrong = (imports: readonly Import[]): string[] => imports.map(({ from, to }) => `${from} → ${to}`)

const ADAPTERS = ['http', 'mqtt', 'cli']
const DOMAIN = [
  'accounts',
  'areas',
  'audio',
  'broadcasts',
  'bulletins',
  'clusters',
  'jobs',
  'programmes',
  'relays',
  'reports',
  'sources',
  'speech',
  'uploads',
]

test('the rules see imports at all', () => {
  expect(IMPORTS.length).toBeGreaterThan(500)
  expect(IMPORTS).toContainEqual({ from: 'controller/main.ts', to: 'controller/controller.ts', isType: false })
})

test('the protocol imports only itself, zod, jose and civil time', () => {
  const allowed = ['zod', 'jose', 'temporal-polyfill']
  const found = IMPORTS.filter(
    ({ from, to }) => within('controller/protocol')(from) && !within('controller/protocol')(to),
  )
  expect(wrong(found.filter(({ to }) => !allowed.includes(to)))).toEqual([])
})

test('domain folders know neither HTTP nor MQTT nor the command line, and of the context only its type', () => {
  const found = IMPORTS.filter(({ from }) => DOMAIN.some((folder) => within(`controller/${folder}`)(from)))
  const adapters = found.filter(({ to }) => ADAPTERS.some((folder) => within(`controller/${folder}`)(to)))
  expect(wrong(adapters)).toEqual([])
  const roots = ['controller/context.ts', 'controller/controller.ts', 'controller/main.ts', 'controller/config.ts']
  expect(wrong(found.filter(({ to, isType }) => roots.includes(to) && !isType))).toEqual([])
})

test('adapters know of the context only its type', () => {
  const found = IMPORTS.filter(({ from }) => ADAPTERS.some((folder) => within(`controller/${folder}`)(from)))
  expect(wrong(found.filter(({ to, isType }) => to === 'controller/context.ts' && !isType))).toEqual([])
})

test.each(['firmware-sim', 'dashboard'])('%s imports of the controller only the protocol', (folder) => {
  const found = IMPORTS.filter(({ from, to }) => within(folder)(from) && isOurs(to))
  const foreign = found.filter(({ to }) => !within(folder)(to) && !within('controller/protocol')(to))
  // The dashboard's client is typed by the routes themselves.
  expect(
    wrong(foreign.filter(({ to, isType }) => !(folder === 'dashboard' && isType && to === 'controller/http/app.ts'))),
  ).toEqual([])
})

test('the product never imports its tests', () => {
  expect(wrong(IMPORTS.filter(({ from, to }) => !within('tests')(from) && within('tests')(to)))).toEqual([])
})

test('only one file knows fluent-ffmpeg', () => {
  const users = IMPORTS.filter(({ from, to }) => !within('tests')(from) && to === 'fluent-ffmpeg').map(
    ({ from }) => from,
  )
  expect(users).toHaveLength(1)
})

test('no file of code is longer than 400 lines', () => {
  const long = CODE.map((file) => [file, textOf(file).trimEnd().split('\n').length] as const)
  expect(long.filter(([, lines]) => lines > 400)).toEqual([])
})

test('topics are written in the protocol alone', () => {
  const prefix = ['loa', 'v1'].join('/')
  const users = CODE.filter((file) => textOf(file).includes(prefix) && !within('controller/protocol')(file))
  expect(users.filter((file) => !within('tests/protocol')(file) && !within('tests/mqtt')(file))).toEqual([])
})

test('the environment is read where the settings are parsed and where a process starts', () => {
  const readers = CODE.filter(
    (file) => /\bprocess\.env\b/.test(textOf(file)) && /^(controller|firmware-sim)\//.test(file),
  )
  const allowed = (file: string) =>
    file === 'controller/config.ts' || /(^|\/|-)main\.ts$/.test(file) || within('firmware-sim/demo')(file)
  expect(readers.filter((file) => !allowed(file))).toEqual([])
})

test('time and randomness come from the clock and the ids alone', () => {
  const HIDDEN = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\brandomUUID\b|\bset(Timeout|Interval)\(/
  const sources = /(^|\/)(clock|ids|config|random)\.ts$|(^|\/|-)main\.ts$|^firmware-sim\/demo\//
  const users = CODE.filter((file) => /^(controller|firmware-sim)\//.test(file) && !sources.test(file))
  const found = users.flatMap((file) =>
    textOf(file)
      .split('\n')
      .filter((line) => !/^\s*(\*|\/\/|\/\*)/.test(line) && HIDDEN.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  )
  expect(found).toEqual([])
})

test('there are no barrels: a file says something itself', () => {
  const barrels = CODE.filter((file) => {
    const statements = textOf(file)
      .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '')
      .split(/\n(?=\S)/)
      .filter((line) => line.trim())
    return statements.length > 0 && statements.every((line) => /^export\b[\s\S]*\bfrom\s+['"]/.test(line))
  })
  expect(barrels).toEqual([])
})
