import { expect, test } from 'vitest'
import { z } from 'zod'
import { createDraft, type Shelf } from '../../dashboard/src/lib/draft.ts'

function createShelf(): Shelf {
  const items = new Map<string, string>()
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  }
}

const Script = z.object({ script: z.string() })

test('a draft is there again until it is sent', () => {
  const shelf = createShelf()
  createDraft(shelf, 'bulletin', Script).write({ script: 'Kính thưa' })
  expect(createDraft(shelf, 'bulletin', Script).read()).toEqual({ script: 'Kính thưa' })
  expect(createDraft(shelf, 'other', Script).read()).toBeNull()
  createDraft(shelf, 'bulletin', Script).clear()
  expect(createDraft(shelf, 'bulletin', Script).read()).toBeNull()
})

test('a draft that an older page left in another shape is passed over', () => {
  const shelf = createShelf()
  shelf.setItem('loa-xa.draft.bulletin', '{"script":7}')
  expect(createDraft(shelf, 'bulletin', Script).read()).toBeNull()
  shelf.setItem('loa-xa.draft.bulletin', '{broken')
  expect(createDraft(shelf, 'bulletin', Script).read()).toBeNull()
})
