import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const src = resolve(import.meta.dirname, '../../dashboard/src')
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file))

const importsOf = (file: string): string[] =>
  [...readFileSync(join(src, file), 'utf8').matchAll(/(?:from|import)\s*\(?'([^']+)'/g)].map((match) => match[1] ?? '')

/** `lib`, `components`, `features/clusters`, `app`. */
function layerOf(path: string): string {
  const [top = '', second = ''] = path.split('/')
  return top === 'features' ? `features/${second}` : top
}

describe('the dashboard’s own import directions', () => {
  const edges = files.flatMap((file) =>
    importsOf(file)
      .filter((name) => name.startsWith('.'))
      .map((name) => ({ file, target: relative(src, resolve(src, dirname(file), name)) })),
  )

  test('there are files to look at', () => {
    expect(files.length).toBeGreaterThan(50)
    expect(edges.length).toBeGreaterThan(100)
  })

  test('features never import each other: pages assemble them', () => {
    const crossed = edges.filter(
      ({ file, target }) =>
        layerOf(file).startsWith('features/') &&
        layerOf(target).startsWith('features/') &&
        layerOf(file) !== layerOf(target),
    )
    expect(crossed).toEqual([])
  })

  test('imports flow from lib through components and features to app', () => {
    const rank = (path: string): number => ['lib', 'components', 'features', 'app'].indexOf(path.split('/')[0] ?? '')
    const upward = edges.filter(({ file, target }) => rank(file) >= 0 && rank(target) > rank(file))
    expect(upward).toEqual([])
  })

  test('components/ui knows no domain', () => {
    const known = files
      .filter((file) => file.startsWith('components/ui/'))
      .filter((file) => importsOf(file).some((name) => name.startsWith('#protocol/')))
    expect(known).toEqual([])
  })

  test('of the controller, only the protocol is imported', () => {
    const foreign = edges.filter(({ target }) => target.startsWith('..'))
    expect(foreign).toEqual([])
  })
})
