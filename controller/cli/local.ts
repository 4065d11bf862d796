import { createAuth, migrateAuth } from '../accounts/auth.ts'
import { seedAreas } from '../areas/seed.ts'
import { createBus } from '../bus.ts'
import { systemClock } from '../clock.ts'
import { type Config, readConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { migrate, openDatabase } from '../db/open.ts'
import { randomId } from '../ids.ts'
import { createLogger } from '../logger.ts'
import { clusterPassword } from '../mqtt/credentials.ts'
import { loadSecrets } from '../secrets.ts'

/** The part of the context that works beside a running controller: the database and the secrets, no sockets. */
export type Local = Pick<
  Context,
  | 'config'
  | 'db'
  | 'dialect'
  | 'bus'
  | 'clock'
  | 'newId'
  | 'log'
  | 'publicUrl'
  | 'auth'
  | 'signingKey'
  | 'clusterPassword'
  | 'mqttPublicUrl'
> &
  AsyncDisposable

/** Work that a command leaves in the queue is taken up by the running controller within a second. */
export async function openLocal(): Promise<Local> {
  const config = readConfig()
  const secrets = await loadSecrets(config)
  const database = openDatabase(config.database)
  await migrate(database)
  const publicUrl = config.http.publicUrl ?? `http://${config.http.host}:${config.http.port}`
  const log = createLogger('warn')
  const bus = createBus(log)
  const authSettings = { secret: secrets.auth, publicUrl, log, bus }
  await migrateAuth(database, authSettings)
  await seedAreas(database.db)
  return {
    config,
    ...database,
    bus,
    clock: systemClock,
    newId: randomId,
    log,
    publicUrl,
    auth: createAuth(database, authSettings),
    signingKey: secrets.signingKey,
    clusterPassword: (clusterId, generation) => clusterPassword(secrets.broker, clusterId, generation),
    mqttPublicUrl: brokerUrl(config),
    [Symbol.asyncDispose]: () => database.db.destroy(),
  }
}

const brokerUrl = ({ mqtt }: Config): string =>
  mqtt.publicUrl ?? (mqtt.kind === 'mosquitto' ? mqtt.url : `mqtt://${mqtt.host}:${mqtt.port}`)
