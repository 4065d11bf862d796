import { expect, test } from 'vitest'
import { createInvalidator } from '../../dashboard/src/lib/invalidator.ts'

function harness() {
  const invalidated: string[] = []
  const fetching = new Set<string>()
  const due: (() => void)[] = []
  const name = (key: readonly unknown[]): string => key.join('/')
  const invalidator = createInvalidator({
    invalidate: (key) => invalidated.push(name(key)),
    isFetching: (key) => fetching.has(name(key)),
    later: (run) => due.push(run),
  })
  return { invalidator, invalidated, fetching, beat: () => due.shift()?.(), waiting: () => due.length }
}

test('twelve clusters that change at once cause one refetch', () => {
  const t = harness()
  for (let n = 0; n < 12; n++) t.invalidator.mark([['clusters', 'list']])
  expect(t.invalidated).toEqual([])
  expect(t.waiting()).toBe(1)
  t.beat()
  expect(t.invalidated).toEqual(['clusters/list'])
})

test('a change during a slow request is asked for again once the request has ended', () => {
  const t = harness()
  t.fetching.add('clusters/list')
  t.invalidator.mark([
    ['clusters', 'list'],
    ['bulletins', 'list'],
  ])
  t.beat()
  expect(t.invalidated).toEqual(['bulletins/list'])
  t.fetching.clear()
  t.beat()
  expect(t.invalidated).toEqual(['bulletins/list', 'clusters/list'])
})

test('nothing keeps beating when nothing is stale', () => {
  const t = harness()
  t.invalidator.mark([['stations']])
  t.beat()
  expect(t.waiting()).toBe(0)
})
