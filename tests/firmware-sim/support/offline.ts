import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type {
  ClusterPlan,
  ClusterSettings,
  JournalEntry,
  PlanItem,
  PlanOccurrence,
  RelayItem,
  SessionItem,
} from '#protocol/messages.ts'
import type { AirOccurrence, Circumstances, Segment } from '#protocol/rules/airtime.ts'
import type { Window } from '#protocol/rules/civil-time.ts'
import { importSigningKey, newSigningJwk, type SigningKey, signMessage } from '#protocol/signing.ts'
import { type Decoder, SAMPLE_RATE } from '../../../firmware-sim/audio/decoder.ts'
import type { OpenRelay } from '../../../firmware-sim/audio/relay.ts'
import { SimCluster } from '../../../firmware-sim/cluster.ts'
import { clusterParts } from '../../../firmware-sim/fleet.ts'
import { type ClockHealth, type ClusterParts, DEFAULT_TUNING } from '../../../firmware-sim/parts.ts'
import { seededRandom } from '../../../firmware-sim/random.ts'
import type { Transport } from '../../../firmware-sim/transport.ts'
import { FakeClock } from '../../support/fake-clock.ts'
import { CLUSTER, planSettings } from './site.ts'

export const noNetwork: Transport = {
  connect: () => {},
  publish: async () => {},
  subscribe: async () => {},
  onMessage: () => {},
  onConnect: () => {},
  onClose: () => {},
  end: async () => {},
}

const FRAMES_PER_MS = SAMPLE_RATE / 1000
const DAY = 86_400_000

/** What a cluster did that nobody could reach: its journal, and when each sample sounded, in true time. */
export interface OfflineRun {
  readonly journal: readonly JournalEntry[]
  readonly heard: readonly Segment[]
}

interface OfflineInput extends Window {
  readonly occurrences: readonly AirOccurrence[]
  readonly settings: Partial<ClusterSettings>
  readonly circumstances: Circumstances
}

/**
 * Runs a real simulated cluster whose plan and audio are on its flash already, through `circumstances` from `from` to
 * `until`. Its clock may be set, its power go and come back, single files arrive late.
 */
export async function runOffline(input: OfflineInput): Promise<OfflineRun> {
  const { occurrences, from, until, circumstances } = input
  const dir = await mkdtemp(join(tmpdir(), 'loa-air-'))
  const clock = new FakeClock(from)
  const trueNow = (): number => from + clock.uptime() - uptimeAtStart
  const uptimeAtStart = clock.uptime()
  const journal: JournalEntry[] = []
  const ear = listener(trueNow)
  let health: ClockHealth = { offsetMs: 0, synchronised: true }
  const key = await importSigningKey(await newSigningJwk())
  const cluster = new SimCluster({
    ...faultless(dir, clock, key),
    decoder: ear.decoder,
    openRelay: ear.openRelay,
    fetch: async (url) => {
      const { arrivesAt, content } = audio.get(new URL(String(url)).pathname.slice(1)) ?? { arrivesAt: 0, content: '' }
      await clock.sleep(Math.max(0, arrivesAt - trueNow()))
      return new Response(content)
    },
    clockHealth: () => health,
    onJournal: (entry) => journal.push(entry),
  })
  const audio = new Map<string, { arrivesAt: number; content: string }>()
  const planned = occurrences.map((occurrence) => {
    const arrivesAt = circumstances.audioFrom?.get(occurrence.id) ?? 0
    const items = partsOf(occurrence).map(({ isLive, ms }, i) => {
      const content = `audio of ${occurrence.id}, ${i}`
      const item = isLive ? relayOf(content, ms) : itemOf(content, ms)
      if (!isLive) audio.set(item.url, { content, arrivesAt })
      ear.expect(item, occurrence.id)
      return item
    })
    return toPlan(occurrence, items)
  })
  const flash = join(dir, CLUSTER)
  await mkdir(join(flash, 'audio'), { recursive: true })
  for (const { arrivesAt, content } of audio.values())
    if (arrivesAt === 0) await writeFile(join(flash, 'audio', sha256(content)), content)
  const plan: ClusterPlan = {
    clusterId: CLUSTER,
    version: 1,
    issuedAt: from,
    validUntil: circumstances.validUntil ?? from + 7 * DAY,
    settings: { ...planSettings('http://media/'), statusEveryMs: 3_600_000, ...input.settings },
    occurrences: planned,
  }
  await writeFile(join(flash, 'plan.jws'), await signMessage('plan', plan, key))

  for (const { at, act } of happenings(input)) {
    await clock.advance(Math.max(0, at - trueNow()))
    await act({
      cluster,
      setClock: async ({ offsetMs, isGood }) => {
        await clock.set(trueNow() + offsetMs)
        health = { offsetMs: 0, synchronised: isGood }
        cluster.noticeClock()
      },
    })
    await clock.settle()
  }
  await clock.advance(Math.max(0, until - trueNow()))
  await cluster.cutPower()
  await rm(dir, { recursive: true, maxRetries: 3 })
  return { journal, heard: ear.heard }
}

interface Hands {
  readonly cluster: SimCluster
  setClock(state: { readonly offsetMs: number; readonly isGood: boolean }): Promise<void>
}

function happenings({ from, circumstances: { power, clock = [] } }: OfflineInput) {
  const periods = power ?? [{ from, until: Number.POSITIVE_INFINITY }]
  const all = [
    ...clock.map((state) => ({ at: state.from, act: ({ setClock }: Hands) => setClock(state) })),
    ...periods.map(({ from: at }) => ({ at, act: ({ cluster }: Hands) => cluster.start() })),
    ...periods.map(({ until: at }) => ({ at, act: ({ cluster }: Hands) => cluster.cutPower() })),
  ]
  return all.filter(({ at }) => at < Number.POSITIVE_INFINITY).sort((a, b) => a.at - b.at)
}

function faultless(dir: string, clock: FakeClock, key: SigningKey): ClusterParts {
  const identity = {
    clusterId: CLUSTER,
    name: 'Cụm loa',
    areaCodes: ['31813'],
    mqtt: { url: 'mqtt://nowhere', username: CLUSTER, password: 'secret' },
    trustedKeys: [key.publicJwk],
  }
  const parts = clusterParts(
    { stateDir: dir, clock },
    identity,
    { decoder: { open: () => Promise.reject() } },
    seededRandom(7),
  )
  return {
    ...parts,
    openTransport: () => noNetwork,
    tuning: { ...DEFAULT_TUNING, downloads: 1_000, prefetchJitterMs: 0, stallMs: DAY },
  }
}

/** Takes note of each sample as it sounds. */
function listener(trueNow: () => number) {
  const names = new Map<string, string>()
  const heard: Segment[] = []
  const hear = async ({ url }: SessionItem, frames: number): Promise<Int16Array> => {
    const id = names.get(url) ?? url
    const until = trueNow()
    const from = until - frames / FRAMES_PER_MS
    const last = heard.at(-1)
    if (last?.id === id && last.until === from) heard.splice(-1, 1, { ...last, until })
    else if (frames > 0) heard.push({ id, from, until })
    return new Int16Array(frames)
  }
  const open = { kind: 'sampled' as const, close: async () => {} }
  const decoder: Decoder = {
    open: async (_file, item) => ({ ...open, read: (_from, frames) => hear(item, frames) }),
  }
  const openRelay: OpenRelay = (item) => ({ ...open, take: (frames) => hear(item, frames) })
  return { decoder, openRelay, heard, expect: (item: SessionItem, id: string) => names.set(item.url, id) }
}

/** What of it is live, and what comes before, between and after. */
function partsOf({ ms, live = [] }: AirOccurrence): { isLive: boolean; ms: number }[] {
  const cuts = [...new Set([0, ...live.flatMap((part) => [part.fromMs, part.fromMs + part.ms]), ms])]
  return cuts.slice(1).map((until, i) => {
    const from = cuts[i] ?? 0
    return { isLive: live.some(({ fromMs }) => fromMs === from), ms: until - from }
  })
}

const sha256 = (content: string): string => createHash('sha256').update(content).digest('hex')

function itemOf(content: string, ms: number): PlanItem {
  const hash = sha256(content)
  return { sha256: hash, bytes: content.length, url: `media/${hash}`, ms, codec: 'mp3', gainDb: 0 }
}

const relayOf = (name: string, ms: number): RelayItem => ({
  kind: 'relay',
  url: `http://relay/${sha256(name)}`,
  ms,
  codec: 'mp3',
  gainDb: 0,
})

const toPlan = ({ ms: _ms, live: _live, id, ...occurrence }: AirOccurrence, items: SessionItem[]): PlanOccurrence => ({
  ...occurrence,
  id: id as PlanOccurrence['id'],
  items,
})
