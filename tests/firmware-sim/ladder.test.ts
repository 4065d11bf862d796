import { expect, test } from 'vitest'
import type { BroadcastId } from '#protocol/ids.ts'
import { type Decoder, silentDecoder } from '../../firmware-sim/audio/decoder.ts'
import { CLUSTER, MINUTE, MORNING, occurrence, openSite, SECOND, type Site } from './support/site.ts'

const START = MORNING + 10 * MINUTE

/** Which occurrence sounds, looked at every second of a minute. */
async function soundOf(site: Site, from: number): Promise<string[]> {
  const heard: string[] = []
  for (let s = 0; s < 60; s++) {
    await site.advanceTo(from + s * SECOND + 900)
    const id = site.cluster.soundsNow?.id ?? '-'
    if (heard.at(-1) !== id) heard.push(id)
  }
  return heard
}

/** Waits until the cluster has everything: what is armed last need not be what is armed least. */
async function armed(site: Site, ids: readonly BroadcastId[]): Promise<void> {
  for (const occurrenceId of ids) await site.journalled({ kind: 'armed', occurrenceId })
}

const started = async (site: Site, id: string) =>
  (await site.journalled({ kind: 'started', occurrenceId: id as never })).at

test('something higher interrupts at once, and what is to resume goes on where it stopped', async () => {
  await using site = await openSite()
  await site.boot()
  await site.plan([
    occurrence('brd_thap', START, [site.audio('a', 20_000)], { onInterrupt: 'resume', maxLateMs: 60_000 }),
    occurrence('brd_cao', START + 8 * SECOND, [site.audio('b', 6_000)], { level: 'priority-province' }),
  ])
  await armed(site, ['brd_thap', 'brd_cao'])
  expect(await soundOf(site, START)).toEqual(['brd_thap', 'brd_cao', 'brd_thap', '-'])
  expect(await site.journalled({ kind: 'finished', occurrenceId: 'brd_thap' })).toMatchObject({ ms: 20_000 })
  await site.tells('brd_thap', ['armed', 'started', 'finished'])
  expect(await started(site, 'brd_cao')).toBe(START + 8_500)
})

test('something higher interrupts, and what is to close is journalled as interrupted with what sounded', async () => {
  await using site = await openSite()
  await site.boot()
  await site.plan([
    occurrence('brd_thap', START, [site.audio('a', 20_000)]),
    occurrence('brd_cao', START + 8 * SECOND, [site.audio('b', 6_000)], { level: 'emergency' }),
  ])
  await armed(site, ['brd_thap', 'brd_cao'])
  expect(await soundOf(site, START)).toEqual(['brd_thap', 'brd_cao', '-'])
  expect(await site.journalled({ kind: 'interrupted', occurrenceId: 'brd_thap' })).toMatchObject({
    reason: 'higher-level',
    ms: 7_500,
    item: 0,
  })
})

test('the same level waits for its turn and plays late; the lower one that waits too long is skipped', async () => {
  await using site = await openSite()
  await site.boot()
  await site.plan([
    occurrence('brd_mot', START, [site.audio('a', 20_000)], { level: 'priority-commune' }),
    occurrence('brd_hai', START + 5 * SECOND, [site.audio('b', 6_000)], { level: 'priority-commune' }),
    occurrence('brd_ba', START + 5 * SECOND, [site.audio('c', 6_000)], { maxLateMs: 10_000 }),
  ])
  await armed(site, ['brd_mot', 'brd_hai', 'brd_ba'])
  expect(await soundOf(site, START)).toEqual(['brd_mot', 'brd_hai', '-'])
  expect((await site.journalled({ kind: 'started', occurrenceId: 'brd_hai' })).offsetMs).toBeGreaterThan(14_000)
  await site.tells('brd_ba', ['armed', 'skipped higher-level'])
})

test('start policy next lets the lower one finish', async () => {
  await using site = await openSite()
  await site.boot()
  await site.plan([
    occurrence('brd_thap', START, [site.audio('a', 20_000)]),
    occurrence('brd_cao', START + 8 * SECOND, [site.audio('b', 6_000)], {
      level: 'priority-centre',
      startPolicy: { kind: 'next' },
    }),
  ])
  await armed(site, ['brd_thap', 'brd_cao'])
  expect(await soundOf(site, START)).toEqual(['brd_thap', 'brd_cao', '-'])
  await site.tells('brd_thap', ['armed', 'started', 'finished'])
})

test('start policy wait lets the lower one sound so long and no longer', async () => {
  await using site = await openSite()
  await site.boot()
  await site.plan([
    occurrence('brd_thap', START, [site.audio('a', 30_000)]),
    occurrence('brd_cao', START + 5 * SECOND, [site.audio('b', 6_000)], {
      level: 'priority-centre',
      startPolicy: { kind: 'wait', waitMs: 10_000 },
      maxLateMs: 0,
    }),
  ])
  await armed(site, ['brd_thap', 'brd_cao'])
  expect(await soundOf(site, START)).toEqual(['brd_thap', 'brd_cao', '-'])
  expect(await started(site, 'brd_cao')).toBe(START + 15_500)
  await site.tells('brd_thap', ['armed', 'started', 'interrupted higher-level'])
})

test('three levels deep, each goes on after the one above it', async () => {
  await using site = await openSite()
  await site.boot()
  const resume = { onInterrupt: 'resume', maxLateMs: 60_000 } as const
  await site.plan([
    occurrence('brd_a', START, [site.audio('a', 10_000)], resume),
    occurrence('brd_b', START + 4 * SECOND, [site.audio('b', 10_000)], { ...resume, level: 'priority-province' }),
    occurrence('brd_c', START + 8 * SECOND, [site.audio('c', 5_000)], { ...resume, level: 'emergency' }),
  ])
  await armed(site, ['brd_a', 'brd_b', 'brd_c'])
  expect(await soundOf(site, START)).toEqual(['brd_a', 'brd_b', 'brd_c', 'brd_b', 'brd_a', '-'])
  for (const id of ['brd_a', 'brd_b', 'brd_c']) await site.tells(id, ['armed', 'started', 'finished'])
})

test('what was interrupted does not go on while something higher that is due is only being opened', async () => {
  let open: () => Promise<void> = async () => {}
  const slow = new Set<string>()
  const decoder: Decoder = {
    open: async (file, item) => {
      if (slow.has(item.sha256)) await open()
      return silentDecoder.open(file, item)
    },
  }
  await using site = await openSite({ decoder })
  open = () => site.clock.sleep(30 * SECOND)
  await site.boot()
  const late = site.audio('c', 5_000)
  slow.add(late.sha256)
  await site.plan([
    occurrence('brd_a', START, [site.audio('a', 20_000)], { onInterrupt: 'resume' }),
    occurrence('brd_b', START + 4 * SECOND, [site.audio('b', 10_000)], { level: 'emergency' }),
    occurrence('brd_c', START + 8 * SECOND, [late], { level: 'priority-province' }),
  ])
  await armed(site, ['brd_a', 'brd_b', 'brd_c'])
  // It is opened from when the emergency has begun, and that ends long before it is ready.
  expect(await soundOf(site, START)).toEqual(['brd_a', 'brd_b', '-', 'brd_c', 'brd_a', '-'])
})

test('what is paused when a newer plan no longer holds it goes on afterwards', async () => {
  await using site = await openSite()
  await site.boot()
  const resume = { onInterrupt: 'resume', maxLateMs: 60_000 } as const
  await site.plan([
    occurrence('brd_a', START, [site.audio('a', 10_000)], resume),
    occurrence('brd_b', START + 4 * SECOND, [site.audio('b', 10_000)], { ...resume, level: 'emergency' }),
  ])
  await armed(site, ['brd_a', 'brd_b'])
  await site.advanceTo(START + 6 * SECOND)
  await site.plan([])
  await site.journalled({ kind: 'plan-accepted', planVersion: 2 })
  await site.advanceTo(START + MINUTE)
  for (const id of ['brd_a', 'brd_b']) await site.tells(id, ['armed', 'started', 'finished'])
})

test('an occurrence that a newer plan no longer holds is not played; what sounds already goes on', async () => {
  await using site = await openSite()
  await site.boot()
  const item = site.audio('a', 20_000)
  await site.plan([occurrence('brd_a', START, [item]), occurrence('brd_b', START + MINUTE, [item])])
  await armed(site, ['brd_a', 'brd_b'])
  await site.advanceTo(START + 5 * SECOND)
  await site.plan([])
  await site.journalled({ kind: 'plan-accepted', planVersion: 2 })
  await site.advanceTo(START + 2 * MINUTE)
  await site.journalled({ kind: 'finished', occurrenceId: 'brd_a' })
  await site.tells('brd_b', ['armed'])
  expect(site.office.journalOf(CLUSTER).at(-1)?.occurrenceId).toBe('brd_a')
})
