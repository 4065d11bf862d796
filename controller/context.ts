import { join } from 'node:path'
import type { Kysely } from 'kysely'
import type { SigningKey } from '#protocol/signing.ts'
import { type Auth, createAuth, migrateAuth } from './accounts/auth.ts'
import { seedAreas } from './areas/seed.ts'
import type { Ffmpeg } from './audio/ffmpeg.ts'
import { findFfmpeg } from './audio/find-ffmpeg.ts'
import { createFolderStore } from './audio/folder-store.ts'
import type { MediaStore } from './audio/store.ts'
import { sweepWork } from './audio/work-folder.ts'
import { type Bus, createBus } from './bus.ts'
import { type Clock, systemClock } from './clock.ts'
import * as clusterStore from './clusters/clusters.store.ts'
import type { Config } from './config.ts'
import { migrate, openDatabase } from './db/open.ts'
import type { Tables } from './db/schema.ts'
import type { Dialect } from './db/table-maker.ts'
import { freeBytes } from './free-bytes.ts'
import { type HttpListener, openListener } from './http/listener.ts'
import { type NewId, randomFraction, randomId } from './ids.ts'
import { createLogger, type Logger } from './logger.ts'
import type { Broker } from './mqtt/broker.ts'
import { clusterPassword } from './mqtt/credentials.ts'
import { createEmbeddedBroker } from './mqtt/embedded-broker.ts'
import { createMqttLink, type MqttLink } from './mqtt/link.ts'
import { createMosquittoBroker } from './mqtt/mosquitto-broker.ts'
import { recallPlans } from './mqtt/recall-plans.ts'
import { loadSecrets } from './secrets.ts'
import type { SourceConnector } from './sources/connector.ts'
import { httpConnector } from './sources/http-connector.ts'
import { type BudgetSettings, createSpeechBudget } from './speech/budget.ts'
import { createSpeechChain, disposeChain } from './speech/engines/chain.ts'
import type { Speech, SpeechChain } from './speech/speech.ts'
import { Teardown } from './teardown.ts'

/** Everything that the verbs work with. They take the slice that they need: `Pick<Context, 'db' | 'clock'>`. */
export interface Context extends AsyncDisposable {
  readonly config: Config
  readonly clock: Clock
  readonly newId: NewId
  readonly log: Logger
  readonly bus: Bus
  readonly db: Kysely<Tables>
  readonly dialect: Dialect
  readonly dataDir: string
  /** What the disk of the data folder still takes. */
  readonly freeBytes: () => Promise<number>
  readonly listener: HttpListener
  /** Origin at which browsers and clusters reach us, without a slash at the end. */
  readonly publicUrl: string
  readonly auth: Auth
  readonly signingKey: SigningKey
  readonly broker: Broker
  /** Where clusters reach the broker. */
  readonly mqttPublicUrl: string
  readonly clusterPassword: (clusterId: string, generation: number) => string
  readonly devices: MqttLink
  readonly speech: SpeechChain
  readonly ffmpeg: Ffmpeg
  readonly store: MediaStore
  readonly source: SourceConnector | null
}

/** What a test may put in place of the real thing. */
export type Overrides = Partial<Pick<Context, 'clock' | 'newId' | 'log' | 'source' | 'freeBytes'>> & {
  readonly speech?: Speech | SpeechChain
}

const MAX_QUEUED = 20_000

/**
 * Builds everything from the settings. Nothing is running yet but the listening socket, which answers 503 until an app
 * is put behind it, and the embedded broker, whose port must be known.
 */
export async function createContext(config: Config, overrides: Overrides = {}): Promise<Context> {
  await using stack = new Teardown()
  const clock = overrides.clock ?? systemClock
  const newId = overrides.newId ?? randomId
  const log = overrides.log ?? createLogger(config.logLevel)
  const secrets = await loadSecrets(config)

  const database = openDatabase(config.database)
  stack.defer(() => database.db.destroy())
  await migrate(database)

  const listener = stack.use(await openListener(config.http))
  const publicUrl = config.http.publicUrl ?? listener.url
  const bus = createBus(log)
  const authSettings = { secret: secrets.auth, publicUrl, log, bus }
  await migrateAuth(database, authSettings)
  await seedAreas(database.db)

  const ffmpeg = await findFfmpeg({ path: config.ffmpegPath }, { clock })
  const store = createFolderStore(join(config.dataDir, 'media'))
  await store.sweep(clock.now())
  await sweepWork(config.dataDir, clock.now())
  const budget = (settings: BudgetSettings) => createSpeechBudget(settings, { db: database.db, clock, log })
  const voices = { clock, log, random: randomFraction, budget }
  const speech = overrides.speech ? chainOf(overrides.speech) : await createSpeechChain(config.speech, voices)
  stack.defer(() => disposeChain(speech))

  const broker = stack.use(createBroker(config, { clock, newId, log, db: database.db, masterSecret: secrets.broker }))
  await broker.start()
  const devices = stack.use(
    createMqttLink(
      { url: broker.url, ...broker.account, clientId: newId('loa'), maxQueued: MAX_QUEUED },
      { clock, log },
    ),
  )
  const owned = stack.move()
  return {
    config,
    clock,
    newId,
    log,
    bus,
    db: database.db,
    dialect: database.dialect,
    dataDir: config.dataDir,
    freeBytes: overrides.freeBytes ?? (() => freeBytes(config.dataDir)),
    listener,
    publicUrl,
    auth: createAuth(database, authSettings),
    signingKey: secrets.signingKey,
    broker,
    mqttPublicUrl: config.mqtt.publicUrl ?? broker.url,
    clusterPassword: (clusterId, generation) => clusterPassword(secrets.broker, clusterId, generation),
    devices,
    speech,
    ffmpeg,
    store,
    source: overrides.source ?? (config.source ? httpConnector(config.source) : null),
    [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose](),
  }
}

const chainOf = (speech: Speech | SpeechChain): SpeechChain => ('engine' in speech ? [speech] : speech)

function createBroker(
  { mqtt }: Config,
  ctx: { clock: Clock; newId: NewId; log: Logger; db: Kysely<Tables>; masterSecret: string },
): Broker {
  const { masterSecret } = ctx
  if (mqtt.kind === 'mosquitto') return createMosquittoBroker({ url: mqtt.url, admin: mqtt.admin, masterSecret }, ctx)
  return createEmbeddedBroker(
    { host: mqtt.host, port: mqtt.port, masterSecret, waitsForController: true },
    { log: ctx.log, lookup: (clusterId) => clusterStore.findAccess(ctx.db, clusterId), recall: recallPlans(ctx) },
  )
}
