import { cp, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JournalEntry } from '#protocol/messages.ts'
import { silentDecoder } from '../../firmware-sim/audio/decoder.ts'
import { SimCluster } from '../../firmware-sim/cluster.ts'
import { powerCutAfter, withFaults } from '../../firmware-sim/faults.ts'
import { clusterParts } from '../../firmware-sim/fleet.ts'
import { seededRandom } from '../../firmware-sim/random.ts'
import { realDisk } from '../../firmware-sim/storage/disk.ts'
import { openLineLog, wholeLines } from '../../firmware-sim/storage/line-log.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { noNetwork } from './support/offline.ts'
import { CLUSTER, MINUTE, MORNING, occurrence, openSite, SECOND, type Site } from './support/site.ts'

const START = MORNING + 10 * MINUTE

/** A cluster that lost its power five seconds into a programme, with the journal sent but not acknowledged. */
async function cutWhilePlaying(site: Site): Promise<string> {
  site.office.acknowledges = false
  await site.boot()
  await site.plan([occurrence('brd_a', START, [site.audio('a', 30_000)], { maxLateMs: 10 * MINUTE })])
  await site.journalled({ kind: 'armed' })
  await site.advanceTo(START + 5 * SECOND)
  await site.journalled({ kind: 'started' })
  await site.cluster.cutPower()
  return join(site.dir, CLUSTER)
}

/** The same storage in another body without network, run for two minutes from `now`. */
async function runOffline(site: Site, dir: string, now: number): Promise<FakeClock> {
  const clock = new FakeClock(now)
  const identity = site.office.identity(CLUSTER, site.broker.url)
  const parts = clusterParts({ stateDir: dir, clock }, identity, { decoder: silentDecoder }, seededRandom(now))
  await using cluster = new SimCluster({ ...parts, dir, openTransport: () => noNetwork })
  await cluster.start()
  await clock.advance(2 * MINUTE)
  return clock
}

async function readJournal(dir: string): Promise<{ logId: string; entries: JournalEntry[] }> {
  const [header, ...records] = wholeLines(await readFile(join(dir, 'journal.log'))).records
  const entries = records.flatMap((record) =>
    'entry' in (record as object) ? [(record as { entry: JournalEntry }).entry] : [],
  )
  return { logId: (header as { logId: string }).logId, entries }
}

test('after a power loss while playing, the play is closed as interrupted and not played again', async () => {
  await using site = await openSite()
  await cutWhilePlaying(site)
  site.office.acknowledges = true
  await site.boot()
  await site.clock.advance(2 * MINUTE)
  await site.journalled({ kind: 'interrupted', reason: 'power-lost', occurrenceId: 'brd_a' })
  await site.tells('brd_a', ['armed', 'started', 'interrupted power-lost'])
  const numbers = site.office.journalOf(CLUSTER).map(({ seq }) => seq)
  expect(numbers).toEqual(numbers.map((_, i) => i + 1))
})

test('the journal cut at any byte: no gap, no number used twice, nothing played twice', async () => {
  await using site = await openSite()
  const original = await cutWhilePlaying(site)
  const before = await readJournal(original)
  const size = (await readFile(join(original, 'journal.log'))).length
  const dir = await mkdtemp(join(tmpdir(), 'loa-cut-'))
  let tried = 0
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: size }), async (bytes) => {
      const copy = join(dir, String(tried++))
      await cp(original, copy, { recursive: true })
      await truncate(join(copy, 'journal.log'), bytes)
      await runOffline(site, copy, START + 20 * SECOND)
      const after = await readJournal(copy)
      expect(after.entries.map(({ seq }) => seq)).toEqual(after.entries.map((_, i) => i + 1))
      const [boot = 0] = after.entries.flatMap(({ kind }, i) => (kind === 'boot' ? [i] : [])).slice(-1)
      expect(after.entries.slice(boot).map(({ kind }) => kind)).toEqual(['boot', 'interrupted'])
      // What the office may have stored under this log and number is still what it says.
      if (after.logId === before.logId)
        for (const entry of before.entries) expect(after.entries[entry.seq - 1]).toEqual(entry)
    }),
    { numRuns: 40, examples: [[0], [size], [size - 1]] },
  )
  await rm(dir, { recursive: true })
}, 20_000)

test('the list of what was begun cut at any byte: the journal still keeps it from playing twice', async () => {
  await using site = await openSite()
  const original = await cutWhilePlaying(site)
  const size = (await readFile(join(original, 'played.log'))).length
  const dir = await mkdtemp(join(tmpdir(), 'loa-cut-'))
  let tried = 0
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: size }), async (bytes) => {
      const copy = join(dir, String(tried++))
      await cp(original, copy, { recursive: true })
      await truncate(join(copy, 'played.log'), bytes)
      await runOffline(site, copy, START + 20 * SECOND)
      expect((await readJournal(copy)).entries.filter(({ kind }) => kind === 'started')).toHaveLength(1)
    }),
    { numRuns: 15 },
  )
  await rm(dir, { recursive: true })
}, 20_000)

test.each(['boot', 'plan-accepted', 'armed'])('power lost right after %s: it still plays, once', async (kind) => {
  let cut: () => Promise<void> = async () => {}
  await using site = await openSite({
    change: (parts) =>
      withFaults(
        parts,
        powerCutAfter(kind, () => cut()),
      ),
  })
  cut = () => site.cluster.cutPower()
  await site.cluster.start()
  await site.plan([occurrence('brd_a', START, [site.audio('a', 5_000)])])
  await site.clock.advance(MINUTE)
  await site.boot()
  await site.advanceTo(START + MINUTE)
  await site.journalled({ kind: 'finished', occurrenceId: 'brd_a' })
  expect(site.story('brd_a').filter((part) => part === 'started')).toHaveLength(1)
})

test.each(['started', 'finished'])('power lost right after %s: it is never played again', async (kind) => {
  let cut: () => Promise<void> = async () => {}
  await using site = await openSite({
    change: (parts) =>
      withFaults(
        parts,
        powerCutAfter(kind, () => cut()),
      ),
  })
  cut = () => site.cluster.cutPower()
  await site.boot()
  await site.plan([occurrence('brd_a', START, [site.audio('a', 5_000)], { maxLateMs: 10 * MINUTE })])
  await site.journalled({ kind: 'armed' })
  await site.advanceTo(START + 10 * SECOND)
  await site.boot()
  await site.clock.advance(2 * MINUTE)
  const end = kind === 'finished' ? 'finished' : 'interrupted power-lost'
  await site.until(() => site.story('brd_a').at(-1) === end)
  await site.tells('brd_a', ['armed', 'started', end])
})

test('firmware that breaks is restarted by its watchdog and plays what is still due', async () => {
  let isBroken = true
  const crashes: unknown[] = []
  await using site = await openSite({
    change: (parts) => ({
      ...parts,
      onCrash: (error) => crashes.push(error),
      // A part that fails in a way nobody planned for.
      clockHealth: () => {
        if (isBroken && parts.clock.now() >= START) throw new Error('bus error')
        return parts.clockHealth()
      },
    }),
  })
  await site.boot()
  await site.plan([occurrence('brd_a', START, [site.audio('a', 5_000)])])
  await site.journalled({ kind: 'armed' })
  await site.advanceTo(START + 3 * SECOND)
  isBroken = false
  await site.advanceTo(START + 6 * SECOND)
  await site.journalled({ kind: 'boot', seq: 4 })
  await site.advanceTo(START + MINUTE)
  expect(crashes).toHaveLength(1)
  // It had been claimed when the firmware broke: it may have sounded.
  await site.until(() => site.story('brd_a').at(-1) === 'interrupted power-lost')
})

test('a commanded reboot while playing closes the play as stopped', async () => {
  await using site = await openSite()
  await site.boot()
  await site.plan([occurrence('brd_a', START, [site.audio('a', 30_000)], { maxLateMs: 10 * MINUTE })])
  await site.journalled({ kind: 'armed' })
  await site.advanceTo(START + 5 * SECOND)
  await site.office.sendCommand({
    clusterId: CLUSTER,
    commandId: 'cmd',
    kind: 'reboot',
    issuedAt: MORNING,
    expiresAt: START + MINUTE,
  })
  await site.journalled({ kind: 'interrupted', reason: 'stopped' })
  await site.until(() => site.office.journalOf(CLUSTER).filter(({ kind }) => kind === 'boot').length === 2)
  await site.tells('brd_a', ['armed', 'started', 'interrupted stopped'])
})

test('storage that was wiped starts another log', async () => {
  await using site = await openSite()
  await site.boot()
  await site.journalled({ kind: 'boot' })
  await site.cluster.cutPower()
  await rm(join(site.dir, CLUSTER), { recursive: true })
  await site.clock.advance(MINUTE)
  await site.boot()
  await site.until(() => new Set(site.office.batches.map(({ batch }) => batch.logId)).size === 2)
  expect(site.office.journalOf(CLUSTER).map(({ seq, kind }) => [seq, kind])).toEqual([
    [1, 'boot'],
    [1, 'boot'],
  ])
})

test('a line log gives back exactly the whole records before any cut, and goes on from there', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'loa-log-'))
  const file = join(dir, 'log')
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: 'binary' }), { maxLength: 5 }), fc.nat(250), async (texts, cut) => {
      await rm(file, { force: true })
      const { log } = await openLineLog(realDisk, file)
      for (const text of texts) await log.append([{ text }])
      const whole = await readFile(file)
      await writeFile(file, whole.subarray(0, Math.min(cut, whole.length)))
      const opened = await openLineLog(realDisk, file)
      expect(texts.map((text) => ({ text })).slice(0, opened.records.length)).toEqual(opened.records)
      if (cut >= whole.length) expect(opened.records).toHaveLength(texts.length)
      await opened.log.append([{ text: 'tiếp' }])
      expect((await openLineLog(realDisk, file)).records).toEqual([...opened.records, { text: 'tiếp' }])
    }),
    { numRuns: 30 },
  )
  await rm(dir, { recursive: true })
})
