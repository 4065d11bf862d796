import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { ClusterPlan, JournalEntry, PlanItem, PlanOccurrence, SessionItem } from '#protocol/messages.ts'
import { type Decoder, silentDecoder } from '../../../firmware-sim/audio/decoder.ts'
import type { Clock } from '../../../firmware-sim/clock.ts'
import { SimCluster } from '../../../firmware-sim/cluster.ts'
import { clusterParts } from '../../../firmware-sim/fleet.ts'
import { mqttTransport } from '../../../firmware-sim/mqtt-transport.ts'
import type { ClusterParts } from '../../../firmware-sim/parts.ts'
import { seededRandom } from '../../../firmware-sim/random.ts'
import { FakeClock } from '../../support/fake-clock.ts'
import { startTestBroker, type TestBroker } from '../../support/test-broker.ts'
import { eventually } from './eventually.ts'
import { type MediaServer, startMediaServer } from './media-server.ts'
import { type Office, openOffice } from './office.ts'

/** Monday 23 November 2026, 08:00 in Việt Nam. */
export const MORNING = Date.UTC(2026, 10, 23, 1, 0, 0)
export const SECOND = 1_000
export const MINUTE = 60_000
export const CLUSTER = 'clu_mot' as const

/** One cluster, its broker, its media server and the other end of the wire. */
export interface Site extends AsyncDisposable {
  readonly clock: FakeClock
  readonly broker: TestBroker
  readonly office: Office
  readonly media: MediaServer
  readonly cluster: SimCluster
  readonly dir: string
  /** Sound that needs no decoding: `ms` long, different for each name. */
  audio(name: string, ms: number): PlanItem
  /** Changes a byte of a stored file. */
  damageFlash(item: PlanItem): Promise<void>
  /** Boots the cluster and waits until it is connected. */
  boot(): Promise<void>
  plan(occurrences: readonly PlanOccurrence[], change?: PlanChange): Promise<void>
  /** Lets time pass up to an instant. */
  advanceTo(at: number): Promise<void>
  /** Lets time creep on until something has come over the wire. */
  until<T>(probe: () => T | undefined | false | null, what?: string): Promise<T>
  /** The broker is gone for this cluster until `restoreNetwork`. */
  loseNetwork(): Promise<void>
  restoreNetwork(): void
  /** Waits until the journal at the office holds this. */
  journalled(match: Partial<JournalEntry>): Promise<JournalEntry>
  /** Waits until the office knows exactly this story of an occurrence. */
  tells(occurrenceId: string, story: readonly string[]): Promise<void>
  /** Kinds and reasons at the office, in order, of one occurrence. */
  story(occurrenceId: string): string[]
}

interface PlanChange {
  readonly version?: number
  readonly validUntil?: number
  readonly settings?: Partial<ClusterPlan['settings']>
}

export interface SiteOptions {
  readonly decoder?: Decoder
  readonly wavDir?: string
  readonly now?: number
  readonly change?: (parts: ClusterParts) => ClusterParts
}

export async function openSite(options: SiteOptions = {}): Promise<Site> {
  const owned: (() => Promise<void>)[] = []
  const own = <T extends AsyncDisposable>(thing: T): T => {
    owned.push(async () => thing[Symbol.asyncDispose]())
    return thing
  }
  const clock = new FakeClock(options.now ?? MORNING)
  const dir = await mkdtemp(join(tmpdir(), 'loa-sim-'))
  owned.push(() => rm(dir, { recursive: true, force: true, maxRetries: 3 }))
  const broker = own(await startTestBroker())
  const office = own(await openOffice(broker.url))
  const media = own(await startMediaServer())
  const parts = testParts({ office, broker, clock, dir, options })
  const cluster = own(new SimCluster(options.change?.(parts) ?? parts))
  let version = 0

  // One step at a time: steps that pile up while somebody looks would carry the clock past what comes next.
  let passing: Promise<void> | null = null
  const pass = (ms: number): Promise<void> =>
    clock.advance(ms).finally(() => {
      passing = null
    })
  const site: Site = {
    clock,
    broker,
    office,
    media,
    cluster,
    dir,
    audio: (name, ms) => media.add(Buffer.from(`${name} `.repeat(400)), ms),
    damageFlash: (item) => writeFile(join(dir, CLUSTER, 'audio', item.sha256), Buffer.alloc(item.bytes, 1)),
    async boot() {
      await cluster.start()
      await cluster.connected()
    },
    async plan(occurrences, { settings, ...change } = {}) {
      version = change.version ?? version + 1
      await office.sendPlan({
        clusterId: CLUSTER,
        version,
        issuedAt: clock.now(),
        validUntil: clock.now() + 7 * 86_400_000,
        ...change,
        settings: { ...planSettings(media.url), ...settings },
        occurrences: [...occurrences],
      })
    },
    async advanceTo(at) {
      await passing
      await clock.advance(Math.max(0, at - clock.now()))
    },
    loseNetwork: () => broker.block(CLUSTER),
    restoreNetwork: () => broker.unblock(CLUSTER),
    async until(probe, what = String(probe)) {
      let looks = 0
      return eventually(() => {
        // The wire needs real time, the cluster's own pauses need the clock's.
        if (++looks % 5 === 0 && looks < 2_000) passing ??= pass(250)
        return probe()
      }, what)
    },
    journalled: (match) =>
      site.until(() => office.journalOf(CLUSTER).find((entry) => matches(entry, match)), JSON.stringify(match)),
    async tells(occurrenceId, story) {
      // Compared once more at the end, so that a failure shows both.
      await site.until(() => site.story(occurrenceId).join() === story.join()).catch(() => {})
      expect(site.story(occurrenceId)).toEqual(story)
    },
    story: (occurrenceId) =>
      office
        .journalOf(CLUSTER)
        .filter((entry) => entry.occurrenceId === occurrenceId)
        .map(({ kind, reason }) => (reason ? `${kind} ${reason}` : kind)),
    async [Symbol.asyncDispose]() {
      for (const dispose of owned.reverse()) await dispose()
    },
  }
  return site
}

function testParts(input: {
  office: Office
  broker: TestBroker
  clock: Clock
  dir: string
  options: SiteOptions
}): ClusterParts {
  const { office, broker, clock, dir, options } = input
  const random = seededRandom(7)
  const identity = office.identity(CLUSTER, broker.url)
  const fleet = {
    stateDir: dir,
    wavDir: options.wavDir ?? null,
    clock,
    tuning: { prefetchJitterMs: 5_000, journalRetry: { firstMs: 5_000, maxMs: 60_000 } },
  }
  return {
    ...clusterParts(fleet, identity, { decoder: options.decoder ?? silentDecoder }, random),
    openTransport: () => mqttTransport({ ...identity.mqtt, random, reconnectMs: 10 }),
  }
}

export const planSettings = (mediaBaseUrl: string): ClusterPlan['settings'] => ({
  timeZone: 'Asia/Ho_Chi_Minh',
  quietHours: { from: '22:00', to: '05:00' },
  volume: { day: 80, night: 40 },
  leadInMs: 500,
  delayMs: 0,
  mediaBaseUrl,
  statusEveryMs: 600_000,
})

/** A programme that starts then; change what the test is about. */
export const occurrence = (
  id: PlanOccurrence['id'],
  startAt: number,
  items: SessionItem[],
  change: Partial<PlanOccurrence> = {},
): PlanOccurrence => ({
  id,
  startAt,
  level: 'programme',
  startPolicy: { kind: 'immediate' },
  maxLateMs: MINUTE,
  onInterrupt: 'close',
  items,
  ...change,
})

function matches(entry: JournalEntry, match: Partial<JournalEntry>): boolean {
  return Object.entries(match).every(([key, value]) => entry[key as keyof JournalEntry] === value)
}
