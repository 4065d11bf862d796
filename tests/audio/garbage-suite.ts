import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BroadcastId, BulletinId, BulletinVersionId, ClusterId } from '#protocol/ids.ts'
import { filesOf } from '#protocol/rules/relay.ts'
import { DEFAULT_STATION } from '../../controller/areas/stations.ts'
import * as assetStore from '../../controller/audio/assets.store.ts'
import { collectGarbage, sweepFiles } from '../../controller/audio/collect-garbage.ts'
import { createFolderStore } from '../../controller/audio/folder-store.ts'
import type { ProducedAudio } from '../../controller/audio/produce.ts'
import * as broadcastStore from '../../controller/broadcasts/broadcasts.store.ts'
import { compilePlan, nextPlan } from '../../controller/broadcasts/compile-plan.ts'
import * as planStore from '../../controller/broadcasts/plans.store.ts'
import * as recordingStore from '../../controller/bulletins/recordings.store.ts'
import * as renditionStore from '../../controller/bulletins/renditions.store.ts'
import { createBus } from '../../controller/bus.ts'
import { parseConfig } from '../../controller/config.ts'
import type { Database } from '../../controller/db/open.ts'
import { createLogger } from '../../controller/logger.ts'
import { filesIn } from '../../controller/programmes/session/airing-item.ts'
import { audioOf, insertBroadcast, insertBulletin, insertCluster, insertUpload, newIds, PLACES } from '../db/rows.ts'
import { tempDir } from '../support/audio.ts'
import type { Stores } from '../support/dialects.ts'
import { FakeClock } from '../support/fake-clock.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** The least that the settings allow. */
const KEEP_DAYS = 10
const SOUNDS = 2
const STATION = { areaCode: PLACES.commune, areaName: 'Xã', name: 'Đài', ...DEFAULT_STATION }
const VERSIONS = 2

/** A controller's life as far as audio goes, in simulated time, with a slow reference that reads everything. */
async function openWorld({ db }: Database, dir: string, start: number) {
  await mkdir(join(dir, 'media'))
  const clock = new FakeClock(start)
  const store = createFolderStore(join(dir, 'media'))
  const config = parseConfig({ LOA_KEEP_UNUSED_AUDIO_DAYS: String(KEEP_DAYS) })
  const ctx = { db, bus: createBus(createLogger('silent')), clock, config, store }
  const versions: BulletinVersionId[] = []
  const bulletins: BulletinId[] = []
  for (let i = 0; i < VERSIONS; i++) {
    const bulletin = await insertBulletin(db)
    bulletins.push(bulletin.id)
    versions.push(bulletin.versionId)
  }
  const broadcast: BroadcastId = (await insertBroadcast(db)).id
  const cluster: ClusterId = await insertCluster(db)
  let planVersion = 0
  const put = new Map<number, { audio: ProducedAudio; at: number }>()
  const hashes = new Map<string, number>()
  const lastNamed = new Map<string, number>()
  /** What a planner has read and not written yet. */
  let read: string | null = null

  const rendition = async (version: number) =>
    (await renditionStore.findRendition(db, versions[version] as BulletinVersionId))?.sha256 ?? null
  const itemOf = (sha256: string) => ({
    kind: 'bulletin' as const,
    bulletinId: newIds.bulletin(),
    versionId: newIds.version(),
    versionNumber: 1,
    title: 'Bản tin',
    language: 'vi',
    sha256,
    bytes: 1_000,
    codec: 'mp3' as const,
    ms: 1_000,
  })

  /** Every hash that anything names now, found by reading all of it. */
  async function named(): Promise<Set<string>> {
    const found = new Set<string>()
    for (const { sha256 } of await db.selectFrom('rendition').select('sha256').execute()) if (sha256) found.add(sha256)
    for (const { sha256 } of await db.selectFrom('upload').select('sha256').execute()) if (sha256) found.add(sha256)
    const airing = await broadcastStore.findBroadcast(db, broadcast)
    for (const { sha256 } of filesIn(airing?.items ?? [])) found.add(sha256)
    const plan = await planStore.findPlan(db, cluster)
    if (plan && plan.validUntil > clock.now()) for (const sha256 of JSON.parse(plan.jws)) found.add(sha256)
    return new Set([...found].filter((sha256) => hashes.has(sha256)))
  }
  const stored = async (): Promise<Set<string>> => assetStore.knownAssets(db, [...hashes.keys()])

  async function check(): Promise<void> {
    const [wanted, rows] = [await named(), await stored()]
    for (const sha256 of wanted) {
      lastNamed.set(sha256, clock.now())
      expect(rows.has(sha256), `the row of ${hashes.get(sha256)}`).toBe(true)
      expect(await store.stat(sha256), `the file of ${hashes.get(sha256)}`).not.toBeNull()
    }
    for (const [sha256, at] of lastNamed) {
      if (clock.now() - at < KEEP_DAYS * DAY) expect(rows.has(sha256), `${hashes.get(sha256)} too early`).toBe(true)
    }
  }

  const deeds = {
    /** A job has encoded a sound: the file is there, and nothing says so yet. */
    put: async (sound: number) => {
      const file = join(dir, 'new.mp3')
      await writeFile(file, `sound ${start} ${sound}`)
      const { sha256 } = await store.put(file, 'mp3')
      const path = (await store.path(sha256)) ?? ''
      await utimes(path, clock.now() / 1_000, clock.now() / 1_000)
      hashes.set(sha256, sound)
      put.set(sound, { audio: { ...audioOf('x'), sha256 }, at: clock.now() })
    },
    /** The job commits, within the hours that a job may take. */
    commit: async (sound: number, version: number) => {
      const made = put.get(sound)
      if (!made || clock.now() - made.at > 20 * HOUR) return
      await renditionStore.setReady(db, versions[version] as BulletinVersionId, made.audio, clock.now())
    },
    record: async (sound: number, version: number) => {
      const made = put.get(sound)
      const [versionId, bulletinId] = [versions[version], bulletins[version]]
      if (!made || !versionId || !bulletinId || clock.now() - made.at > 20 * HOUR) return
      const uploadId = await insertUpload(db, bulletinId, made.audio)
      const before = await recordingStore.setRecording(db, { versionId, language: 'km', uploadId, recordedFor: 1 })
      if (before) await recordingStore.forgetUnlinked(db, before)
    },
    unrecord: async (_: number, version: number) => {
      const uploadId = await recordingStore.unsetRecording(db, versions[version] as BulletinVersionId, 'km')
      if (uploadId) await recordingStore.forgetUnlinked(db, uploadId)
    },
    startOver: (_: number, version: number) =>
      renditionStore.startOver(db, versions[version] as BulletinVersionId, clock.now()),
    read: async (_: number, version: number) => {
      read = await rendition(version)
    },
    /** The planner writes what it read a while ago, or fails and would read again. */
    air: async () => {
      const items = read ? [itemOf(read)] : []
      const times = { startAt: 10_000, endAt: clock.now() }
      const set: broadcastStore.SessionContent = { ...times, items, level: 'programme', fill: 'short', dropped: [] }
      await db
        .transaction()
        .execute((tx) => broadcastStore.replaceSession(tx, broadcast, set, 1))
        .catch((error: Error) => expect(error.message).toMatch(/foreign key/i))
    },
    airNow: async (sound: number, version: number) => {
      await deeds.read(sound, version)
      await deeds.air()
    },
    plan: async () => {
      const airing = await broadcastStore.findBroadcast(db, broadcast)
      const plan = nextPlan(cluster, compilePlan(STATION, 'http://x/', airing ? [airing] : []), null, clock.now())
      if (!plan) return
      const jws = JSON.stringify(plan.occurrences.flatMap((one) => filesOf(one.items).map(({ sha256 }) => sha256)))
      const row = { clusterId: cluster, version: planVersion + 1, contentHash: jws, jws, validUntil: plan.validUntil }
      planVersion += await planStore.savePlans(db, [row])
    },
    mark: () => assetStore.markUnused(db, clock.now()),
    remove: async () => {
      await assetStore.removeUnused(db, clock.now() - KEEP_DAYS * DAY)
    },
    sweep: () => sweepFiles(ctx, clock.now() - DAY),
    wait: (hours: number) => clock.set(clock.now() + hours * HOUR),
  }
  const passDays = (days: number) => clock.set(clock.now() + days * DAY)
  const files = async () =>
    (await readdir(join(dir, 'media'), { recursive: true })).filter((name) => /\.mp3$/.test(name))
  return { ctx, deeds, check, named, stored, files, passDays, collect: () => collectGarbage(ctx) }
}

export const describeGarbage = (database: Stores) =>
  describe('garbage', () => {
    let worlds = 0
    const steps = fc.array(
      fc.oneof(
        ...(
          [
            'put',
            'put',
            'commit',
            'commit',
            'record',
            'unrecord',
            'startOver',
            'read',
            'air',
            'airNow',
            'airNow',
            'plan',
          ] as const
        ).map((deed) => fc.tuple(fc.constant(deed), fc.nat(SOUNDS - 1), fc.nat(VERSIONS - 1))),
        ...(['mark', 'remove', 'sweep'] as const).map((deed) =>
          fc.tuple(fc.constant(deed), fc.constant(0), fc.constant(0)),
        ),
        fc.tuple(fc.constant('wait' as const), fc.constantFrom(1, 12, 30, 240, 800), fc.constant(0)),
      ),
      { minLength: 5, maxLength: 40 },
    )

    test('whatever happens between marking and removing, nothing that is named goes, nothing goes early, and all else goes', async () => {
      await fc.assert(
        fc.asyncProperty(steps, async (life) => {
          await using dir = await tempDir()
          const world = await openWorld(database(), dir.path, (++worlds * 1_000 + 20_000) * DAY)
          for (const [deed, what, version] of life) {
            await world.deeds[deed](what, version)
            await world.check()
          }
          // Plans run out; what was unused is marked, removed, swept.
          for (const days of [10, KEEP_DAYS + 1, 2]) {
            await world.passDays(days)
            await world.collect()
            await world.check()
          }
          const left = await world.named()
          expect(await world.stored()).toEqual(left)
          expect((await world.files()).map((name) => name.slice(3, 67)).sort()).toEqual([...left].sort())
        }),
        { numRuns: 30 },
      )
    })

    /** A world with one sound that nothing has named for almost as long as it is kept. */
    async function almostGone(dir: string) {
      const world = await openWorld(database(), dir, (++worlds * 1_000 + 20_000) * DAY)
      const { deeds } = world
      await deeds.put(0)
      await deeds.commit(0, 0)
      await deeds.read(0, 0)
      await deeds.startOver(0, 0)
      await deeds.mark()
      await world.passDays(KEEP_DAYS - 1)
      return { ...world, isThere: async () => (await world.stored()).size === 1 }
    }

    test('being produced again, even for a moment, starts the days anew', async () => {
      await using dir = await tempDir()
      const { deeds, passDays, isThere } = await almostGone(dir.path)
      await deeds.put(0)
      await deeds.commit(0, 0)
      await deeds.startOver(0, 0)
      await passDays(2)
      await deeds.remove()
      expect(await isThere()).toBe(true)
    })

    test('being planned again, even for a moment, starts the days anew', async () => {
      await using dir = await tempDir()
      const { deeds, passDays, isThere } = await almostGone(dir.path)
      await deeds.air()
      await deeds.read(0, 1)
      await deeds.air()
      await passDays(2)
      await deeds.remove()
      expect(await isThere()).toBe(true)
    })

    test('a broadcast keeps what it says, whatever becomes of the version, and lets it go when it says something else', async () => {
      await using dir = await tempDir()
      const { deeds, collect, passDays, isThere } = await almostGone(dir.path)
      await deeds.air()
      for (const days of [1, KEEP_DAYS + 1]) {
        await passDays(days)
        await collect()
      }
      expect(await isThere()).toBe(true)
      await deeds.airNow(0, 1)
      for (const days of [1, KEEP_DAYS + 1]) {
        await passDays(days)
        await collect()
      }
      expect(await isThere()).toBe(false)
    })

    test('who names audio and does not take it back into use keeps it all the same', async () => {
      await using dir = await tempDir()
      const { ctx, deeds, passDays, stored, isThere } = await almostGone(dir.path)
      const { versionId } = await insertBulletin(ctx.db)
      const [sha256 = ''] = await stored()
      const name = (hash: string | null) =>
        ctx.db.updateTable('rendition').set({ sha256: hash }).where('versionId', '=', versionId).execute()
      await name(sha256)
      await passDays(2)
      await deeds.remove()
      expect(await isThere()).toBe(true)
      await deeds.mark()
      await name(null)
      await deeds.remove()
      expect(await isThere()).toBe(true)
    })

    test('what was made in another codec stays as long as its source, and goes after it', async () => {
      const { db } = database()
      await using dir = await tempDir()
      const world = await openWorld(database(), dir.path, (++worlds * 1_000 + 20_000) * DAY)
      await world.deeds.put(0)
      await world.deeds.put(1)
      const [source = '', opus = ''] = [...(await world.files())].map((name) => name.slice(3, 67))
      const { versionId } = await insertBulletin(db)
      await renditionStore.setReady(db, versionId, { ...audioOf('x'), sha256: source }, 1)
      await assetStore.keepAsset(db, { ...audioOf('x'), sha256: opus, codec: 'opus' }, { origin: 'production', at: 1 })
      await db.insertInto('audioEncoding').values({ sourceSha256: source, codec: 'opus', sha256: opus }).execute()
      const kept = async () => [...(await assetStore.knownAssets(db, [source, opus]))].sort()
      for (const days of [1, 40]) {
        await world.passDays(days)
        await world.collect()
      }
      expect(await kept()).toEqual([source, opus].sort())
      await renditionStore.startOver(db, versionId, 2)
      for (const days of [1, KEEP_DAYS + 1]) {
        await world.passDays(days)
        await world.collect()
      }
      expect(await kept()).toEqual([opus])
      for (const days of [1, KEEP_DAYS + 1, 2]) {
        await world.passDays(days)
        await world.collect()
      }
      expect(await kept()).toEqual([])
    })

    test('what is kept is counted by origin and use', async () => {
      const { db } = database()
      const of = async (origin: string, isUsed: boolean) =>
        (await assetStore.countKept(db)).find((row) => row.origin === origin && row.isUsed === isUsed)
      const before = [await of('chime', true), await of('chime', false)].map((row) => row?.bytes ?? 0)
      for (const name of ['counted', 'forgotten']) {
        await assetStore.keepAsset(db, audioOf(name), { origin: 'chime', at: 1 })
      }
      await db
        .updateTable('audioAsset')
        .set({ unusedSince: 5 })
        .where('sha256', '=', audioOf('forgotten').sha256)
        .execute()
      expect((await of('chime', true))?.bytes).toBe((before[0] ?? 0) + 1_000)
      expect((await of('chime', false))?.bytes).toBe((before[1] ?? 0) + 1_000)
      await assetStore.reuseAssets(db, [audioOf('forgotten').sha256])
      expect((await of('chime', true))?.bytes).toBe((before[0] ?? 0) + 2_000)
    })
  })
