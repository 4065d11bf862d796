import { readdirSync, statSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fillableDisk, slowDownload, truncatedDownload, withFaults } from '../../firmware-sim/faults.ts'
import { CLUSTER, MINUTE, MORNING, occurrence, openSite, SECOND } from './support/site.ts'

test('a download that breaks off goes on where it stopped', async () => {
  await using site = await openSite()
  await site.boot()
  const item = site.audio('a', 5_000)
  site.media.truncateNext(1, 700)
  await site.plan([occurrence('brd_a', MORNING + 10 * MINUTE, [item])])
  await site.journalled({ kind: 'armed', occurrenceId: 'brd_a' })
  expect(site.media.requests.map(({ range }) => range)).toEqual([undefined, 'bytes=700-'])
})

test('a download that ends too early without an error is noticed and completed', async () => {
  await using site = await openSite({ change: (parts) => withFaults(parts, truncatedDownload(2, 300)) })
  await site.boot()
  await site.plan([occurrence('brd_a', MORNING + 10 * MINUTE, [site.audio('a', 5_000)])])
  await site.journalled({ kind: 'armed', occurrenceId: 'brd_a' })
  expect(site.media.requests.map(({ range }) => range)).toEqual([undefined, 'bytes=300-', 'bytes=600-'])
})

test('what was downloaded before a power loss is not downloaded again', async () => {
  await using site = await openSite()
  await site.boot()
  site.media.truncateNext(1, 700)
  await site.plan([occurrence('brd_a', MORNING + 60 * MINUTE, [site.audio('a', 5_000)])])
  await site.until(() => site.media.requests.length === 1)
  await site.until(() => partBytes(site.dir) === 700)
  await site.cluster.cutPower()
  await site.boot()
  await site.journalled({ kind: 'armed', occurrenceId: 'brd_a' })
  expect(site.media.requests.at(-1)?.range).toBe('bytes=700-')
})

test('bytes that are not what the plan named are thrown away, journalled, and never sound', async () => {
  await using site = await openSite()
  await site.boot()
  const item = site.audio('a', 5_000)
  site.media.spoil(item)
  await site.plan([occurrence('brd_a', MORNING + 2 * MINUTE, [item])])
  const discarded = await site.journalled({ kind: 'refused', reason: 'wrong-hash' })
  expect(discarded.occurrenceId).toBeUndefined()
  expect(await readdir(join(site.dir, CLUSTER, 'audio'))).toEqual([])
  await site.advanceTo(MORNING + 3 * MINUTE + 2 * SECOND)
  await site.journalled({ occurrenceId: 'brd_a', kind: 'refused', reason: 'wrong-hash' })
  await site.tells('brd_a', ['refused wrong-hash'])
})

test('audio that the server does not have is asked for again, and the play is skipped as audio-missing', async () => {
  await using site = await openSite()
  await site.boot()
  const item = site.audio('a', 5_000)
  site.media.remove(item)
  await site.plan([occurrence('brd_a', MORNING + 2 * MINUTE, [item])])
  await site.advanceTo(MORNING + 4 * MINUTE)
  await site.journalled({ occurrenceId: 'brd_a', kind: 'skipped', reason: 'audio-missing' })
  expect(site.media.requests.length).toBeGreaterThan(3)
})

test('audio that arrives late, but not too late, plays late', async () => {
  await using site = await openSite({ change: (parts) => withFaults(parts, slowDownload(20 * SECOND)) })
  await site.boot()
  await site.plan([occurrence('brd_a', MORNING + 10 * SECOND, [site.audio('a', 5_000)])])
  const started = await site.journalled({ occurrenceId: 'brd_a', kind: 'started' })
  expect(started.offsetMs).toBeGreaterThan(8_000)
  expect(started.offsetMs).toBeLessThan(30_000)
})

test('an item that two occurrences share is fetched once, the nearest start first', async () => {
  await using site = await openSite({
    change: (parts) => ({ ...parts, tuning: { ...parts.tuning, downloads: 1, prefetchJitterMs: 0 } }),
  })
  await site.boot()
  const [chime, news] = [site.audio('chime', 2_000), site.audio('news', 4_000)]
  await site.plan([
    occurrence('brd_b', MORNING + 20 * MINUTE, [news, chime]),
    occurrence('brd_a', MORNING + 10 * MINUTE, [chime]),
  ])
  await site.journalled({ kind: 'armed', occurrenceId: 'brd_b' })
  expect(site.media.requests.map(({ path }) => path)).toEqual([`/${chime.url}`, `/${news.url}`])
})

test('what no plan names makes room for what the plan names', async () => {
  await using site = await openSite({
    change: (parts) => ({ ...parts, tuning: { ...parts.tuning, cacheBytes: 1_500 } }),
  })
  await site.boot()
  const [old, fresh] = [site.audio('xx', 2_000), site.audio('yy', 2_000)]
  await site.plan([occurrence('brd_a', MORNING + 10 * MINUTE, [old])])
  await site.journalled({ kind: 'armed', occurrenceId: 'brd_a' })
  await site.plan([occurrence('brd_b', MORNING + 20 * MINUTE, [fresh])])
  await site.journalled({ kind: 'armed', occurrenceId: 'brd_b' })
  expect(await readdir(join(site.dir, CLUSTER, 'audio'))).toEqual([fresh.sha256])
})

test('a full disk is said, plays nothing, and heals when there is room again', async () => {
  const disk = fillableDisk()
  await using site = await openSite({ change: (parts) => withFaults(parts, disk.fault) })
  await site.boot()
  disk.fill(900)
  const item = site.audio('news', 5_000)
  await site.plan([
    occurrence('brd_a', MORNING + 2 * MINUTE, [item], { maxLateMs: 0 }),
    occurrence('brd_b', MORNING + 60 * MINUTE, [item]),
  ])
  // The plan itself is larger than the room that is left.
  expect(await site.journalled({ kind: 'plan-refused' })).toMatchObject({ reason: 'disk-full' })
  disk.fill(1_900)
  await site.plan([
    occurrence('brd_a', MORNING + 2 * MINUTE, [item], { maxLateMs: 0 }),
    occurrence('brd_b', MORNING + 60 * MINUTE, [item]),
  ])
  await site.journalled({ kind: 'plan-accepted', planVersion: 2 })
  await site.journalled({ kind: 'refused', reason: 'disk-full' })
  await site.advanceTo(MORNING + 3 * MINUTE)
  await site.journalled({ kind: 'skipped', reason: 'disk-full', occurrenceId: 'brd_a' })
  disk.empty()
  await site.advanceTo(MORNING + 62 * MINUTE)
  await site.journalled({ kind: 'finished', occurrenceId: 'brd_b' })
})

test('with no room for a single byte the journal is kept in memory and told later, in order', async () => {
  const disk = fillableDisk()
  await using site = await openSite({ change: (parts) => withFaults(parts, disk.fault) })
  await site.boot()
  await site.plan([occurrence('brd_a', MORNING + 2 * MINUTE, [site.audio('a', 5_000)], { maxLateMs: 0 })])
  await site.journalled({ kind: 'armed', occurrenceId: 'brd_a' })
  disk.fill(0)
  await site.advanceTo(MORNING + 3 * MINUTE)
  await site.tells('brd_a', ['armed'])
  disk.empty()
  // Nothing may sound that could not be promised never to sound again.
  await site.journalled({ kind: 'skipped', reason: 'disk-full', occurrenceId: 'brd_a' })
  const numbers = site.office.journalOf(CLUSTER).map(({ seq }) => seq)
  expect(numbers).toEqual(numbers.map((_, i) => i + 1))
})

/** How much of the one download is on the disk. */
function partBytes(dir: string): number {
  const cache = join(dir, CLUSTER, 'audio')
  const part = readdirSync(cache).find((name) => name.endsWith('.part'))
  return part ? statSync(join(cache, part)).size : 0
}
