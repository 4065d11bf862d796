import { join } from 'node:path'
import type { ClusterIdentity, Codec } from '#protocol/messages.ts'
import { silentDecoder } from './audio/decoder.ts'
import { ffmpegDecoder } from './audio/ffmpeg-decoder.ts'
import { findFfmpeg } from './audio/ffmpeg-program.ts'
import { ffmpegRelay } from './audio/ffmpeg-relay.ts'
import { playingOnly } from './audio/playable.ts'
import { silentRelay } from './audio/relay.ts'
import { type Clock, systemClock } from './clock.ts'
import { SimCluster } from './cluster.ts'
import { mqttTransport } from './mqtt-transport.ts'
import { type ClusterParts, DEFAULT_TUNING, type Tuning } from './parts.ts'
import { type Random, seededRandom } from './random.ts'
import { realDisk } from './storage/disk.ts'

const FIRMWARE_VERSION = 'loa-sim 1.0'

export interface FleetOptions {
  readonly identities: readonly ClusterIdentity[]
  /** One directory per cluster is made in it. */
  readonly stateDir: string
  readonly wavDir?: string | null
  readonly seed?: number
  /** False: keep time without decoding, for fleets of hundreds. */
  readonly decode?: boolean
  readonly clock?: Clock
  readonly tuning?: Partial<Tuning>
  /** False: as firmware that knows no relays. */
  readonly relays?: boolean
  /** What every cluster says that it can play; left out, as old firmware does. */
  readonly codecs?: readonly Codec[]
  readonly onCrash?: (clusterId: string, error: unknown) => void
}

/** Many clusters in one process. */
export interface Fleet extends AsyncDisposable {
  readonly clusters: readonly SimCluster[]
  /** Powers all on, spread over a moment. */
  start(): Promise<void>
  /** Resolves when every cluster has reached the broker. */
  connected(): Promise<void>
}

/** Clusters that boot at the same time: a thousand at once would trample disk and broker. */
const BOOTS_AT_ONCE = 8

export async function createFleet(options: FleetOptions): Promise<Fleet> {
  const ears = await earsFor(options)
  const random = seededRandom(options.seed ?? 1)
  const clusters = options.identities.map(
    (identity) => new SimCluster(clusterParts(options, identity, ears, random.fork(identity.clusterId))),
  )
  return {
    clusters,
    start: () => eachOf(clusters, (cluster) => cluster.start()),
    connected: async () => {
      await Promise.all(clusters.map((cluster) => cluster.connected()))
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(clusters.map((cluster) => cluster[Symbol.asyncDispose]()))
    },
  }
}

/** What turns files and streams into samples. */
type Ears = Pick<ClusterParts, 'decoder' | 'openRelay'>

async function earsFor({ decode = true, relays = true, stateDir }: FleetOptions): Promise<Ears> {
  const program = decode ? await findFfmpeg() : null
  const openRelay = program ? ffmpegRelay({ program, fetch: globalThis.fetch }) : silentRelay
  return {
    decoder: program ? await ffmpegDecoder({ program, scratchDir: join(stateDir, 'decoded') }) : silentDecoder,
    ...(relays ? { openRelay } : {}),
  }
}

/** A faultless cluster over MQTT. */
export function clusterParts(
  options: Pick<FleetOptions, 'stateDir' | 'wavDir' | 'clock' | 'tuning' | 'codecs' | 'onCrash'>,
  identity: ClusterIdentity,
  { decoder, ...ears }: Ears,
  random: Random,
): ClusterParts {
  const { mqtt } = identity
  return {
    identity,
    dir: join(options.stateDir, identity.clusterId),
    clock: options.clock ?? systemClock,
    clockHealth: () => ({ offsetMs: 0, synchronised: true }),
    random,
    openTransport: () => mqttTransport({ ...mqtt, random }),
    fetch: globalThis.fetch,
    decoder: playingOnly(decoder, options.codecs),
    ...ears,
    disk: realDisk,
    firmware: FIRMWARE_VERSION,
    ...(options.codecs ? { codecs: options.codecs } : {}),
    wavDir: options.wavDir ?? null,
    tuning: { ...DEFAULT_TUNING, ...options.tuning },
    onCrash: (error) => options.onCrash?.(identity.clusterId, error),
  }
}

async function eachOf(clusters: readonly SimCluster[], act: (cluster: SimCluster) => Promise<void>): Promise<void> {
  const waiting = [...clusters]
  const work = async (): Promise<void> => {
    for (let cluster = waiting.shift(); cluster; cluster = waiting.shift()) await act(cluster)
  }
  await Promise.all(Array.from({ length: BOOTS_AT_ONCE }, work))
}
