import { systemClock } from '../../controller/clock.ts'
import { randomId } from '../../controller/ids.ts'
import { createLogger } from '../../controller/logger.ts'
import type { Broker, ClusterGrant } from '../../controller/mqtt/broker.ts'
import { createEmbeddedBroker } from '../../controller/mqtt/embedded-broker.ts'
import { createMosquittoBroker } from '../../controller/mqtt/mosquitto-broker.ts'
import { startMosquitto } from '../support/mosquitto.ts'
import { freePort } from '../support/ports.ts'

export const MASTER_SECRET = 'the master secret of these tests'
export const log = createLogger('silent')

/** A broker that grants and revokes as the controller would have it, and that can die and come back. */
export interface BrokerUnderTest extends AsyncDisposable {
  readonly broker: Broker
  admit(cluster: ClusterGrant): Promise<void>
  expel(clusterId: string): Promise<void>
  crash(): Promise<void>
  restart(): Promise<void>
}

export interface BrokerKind {
  readonly name: string
  /** The program that it needs. */
  readonly program: string | null
  start(): Promise<BrokerUnderTest>
}

export const brokers: readonly BrokerKind[] = [
  { name: 'the embedded broker', program: null, start: startEmbedded },
  { name: 'Mosquitto', program: 'mosquitto', start: startWithMosquitto },
]

async function startEmbedded(): Promise<BrokerUnderTest> {
  const clusters = new Map<string, ClusterGrant>()
  const port = await freePort()
  const lookup = async (clusterId: string) => clusters.get(clusterId) ?? null
  // The same account after a restart, as if only the network had been away.
  const account = { username: 'loa-controller', password: 'a password of this test only' }
  const create = () =>
    createEmbeddedBroker({ host: '127.0.0.1', port, masterSecret: MASTER_SECRET, account }, { log, lookup })
  let broker = create()
  await broker.start()
  return {
    get broker() {
      return broker
    },
    admit: async (cluster) => {
      clusters.set(cluster.clusterId, cluster)
      await broker.grant(cluster)
    },
    expel: async (clusterId) => {
      clusters.delete(clusterId)
      await broker.revoke(clusterId)
    },
    crash: async () => broker[Symbol.asyncDispose](),
    restart: async () => {
      broker = create()
      await broker.start()
    },
    [Symbol.asyncDispose]: () => broker[Symbol.asyncDispose](),
  }
}

async function startWithMosquitto(): Promise<BrokerUnderTest> {
  const mosquitto = await startMosquitto()
  const broker = createMosquittoBroker(
    { url: mosquitto.url, admin: mosquitto.admin, masterSecret: MASTER_SECRET },
    { clock: systemClock, log, newId: randomId },
  )
  await broker.start()
  return {
    broker,
    admit: (cluster) => broker.grant(cluster),
    expel: (clusterId) => broker.revoke(clusterId),
    crash: () => mosquitto.stop(),
    restart: () => mosquitto.start(),
    [Symbol.asyncDispose]: async () => {
      await broker[Symbol.asyncDispose]()
      await mosquitto[Symbol.asyncDispose]()
    },
  }
}
