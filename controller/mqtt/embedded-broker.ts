import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { Aedes, type AuthenticateError, type Client, type ConnectPacket } from 'aedes'
import { MAX_MESSAGE_BYTES } from '#protocol/topics.ts'
import { randomSecret } from '../ids.ts'
import type { Logger } from '../logger.ts'
import type { Broker, ClusterGrant } from './broker.ts'
import { boundMemory, type Persistence, type Recall } from './broker-memory.ts'
import { clusterRights, controllerRights, type Rights, rulesOf } from './cluster-rights.ts'
import { isClusterPassword, isSameSecret } from './credentials.ts'
import { guardPackets } from './packet-guard.ts'

export interface EmbeddedBrokerSettings {
  readonly host: string
  /** 0 takes any free port; `url` says which. */
  readonly port: number
  readonly masterSecret: string
  /** What the controller connects as; with a random password for this process unless given. */
  readonly account?: { readonly username: string; readonly password: string }
  /** Clusters wait at the door until the controller listens: what they say when they come is said once. */
  readonly waitsForController?: boolean
  /** PEM; without it the broker speaks plain MQTT. */
  readonly tls?: { readonly cert: string; readonly key: string; readonly ca?: string }
}

/** Answers who a cluster is; null: not known, or not allowed in. Asked at each connect. */
export type LookupCluster = (clusterId: string) => Promise<Omit<ClusterGrant, 'clusterId'> | null>

const KIB = 1024
const SECOND = 1_000
const CONNECT_TIMEOUT_MS = 10 * SECOND
/** CONNECT carries ids, a password and a will of at most a KiB; nothing larger is read from strangers. */
const FRAME_LIMITS = { firstPacketBytes: 4 * KIB, packetBytes: MAX_MESSAGE_BYTES + KIB }
const ABSENT_QUEUE = { messages: 100, bytes: 512 * KIB }
/** No topic has more. Of QoS 2 aedes would keep every message until its sender releases it, which may be never. */
const MAX_QOS = 1
const NOT_AUTHORISED = 5
const SERVER_UNAVAILABLE = 3

/**
 * An MQTT 3.1.1 broker inside this process, for one controller. It keeps retained messages and sessions in memory only:
 * after a start the controller publishes its plans again, and clusters subscribe again.
 */
export function createEmbeddedBroker(
  settings: EmbeddedBrokerSettings,
  ctx: { log: Logger; lookup: LookupCluster; recall?: Recall },
): Broker {
  const { log } = ctx
  const account = settings.account ?? { username: 'loa-controller', password: randomSecret() }
  const admitted = new WeakMap<Client, { rights: Rights; generation: number }>()
  const wills = new WeakMap<Client, NonNullable<ConnectPacket['will']>>()
  const connected = new Map<string, Client>()
  const barred = new Set<string>()
  const sockets = new Set<Socket>()
  let server: Server | null = null

  const aedes = new Aedes({
    connectTimeout: CONNECT_TIMEOUT_MS,
    // A reader that takes nothing for so long is cut off: all that is sent to it meanwhile lies in memory.
    drainTimeout: 5 * SECOND,
    keepaliveLimit: 600,
    // No limit: the deliveries that wait for one slow reader would use up the places of all others.
    concurrency: 0,
    preConnect: (client, packet, done) => {
      if (packet.will) wills.set(client, packet.will)
      done(null, true)
    },
    authenticate: (client, username, password, done) => {
      admit(client, username ?? '', password ?? Buffer.alloc(0)).then(
        (refusal) => (refusal ? done(refused(refusal, NOT_AUTHORISED), false) : done(null, true)),
        (err: unknown) => {
          log.error({ err, clusterId: username }, 'cannot look the cluster up')
          done(refused('lookup failed', SERVER_UNAVAILABLE), false)
        },
      )
    },
    authorizePublish: (client, packet, done) => {
      // Without a client it is the broker itself, that speaks on $SYS.
      if (!client) return done(null)
      const rules = rulesOf(packet.topic)
      if (!rules || !admitted.get(client)?.rights.mayPublish(packet.topic))
        return done(new Error(`may not publish ${packet.topic}`))
      if (packet.qos > MAX_QOS) return done(new Error(`quality of service ${packet.qos} is not offered`))
      if (packet.payload.length > rules.maxBytes) return done(new Error(`message too large for ${packet.topic}`))
      if (!rules.retain) packet.retain = false
      done(null)
    },
    authorizeSubscribe: (client, subscription, done) =>
      admitted.get(client)?.rights.maySubscribe(subscription.topic)
        ? done(null, { ...subscription, qos: subscription.qos === 2 ? 1 : subscription.qos })
        : done(null, null),
    authorizeForward: (client, packet) => (admitted.get(client)?.rights.mayReceive(packet.topic) ? packet : null),
  })

  /** The reason for refusal, or null when the client may come in. */
  const admit = async (client: Client, username: string, password: Buffer): Promise<string | null> => {
    if (username === account.username) {
      if (!isSameSecret(account.password, password)) return 'wrong password'
      admitted.set(client, { rights: controllerRights, generation: 0 })
      return null
    }
    // With its own client id only, a cluster cannot take over the connection of another.
    if (client.id !== username) return 'client id and username differ'
    const known = await ctx.lookup(username)
    if (!known || barred.has(username)) return 'unknown cluster'
    const cluster = { clusterId: username, ...known }
    if (!isClusterPassword(settings.masterSecret, cluster, password)) return 'wrong password'
    // No longer than connecting may take: then the connection is closed, and the cluster comes again.
    await listened
    if (barred.has(username)) return 'unknown cluster'
    const allowed = clusterRights(username, known.areaCodes)
    const will = wills.get(client)
    if (will) {
      if (!allowed.mayPublish(will.topic)) return 'may not publish its will'
      if ((will.qos ?? 0) > MAX_QOS) return 'will with a quality of service that is not offered'
      if (will.payload.length > (rulesOf(will.topic)?.maxBytes ?? 0)) return 'will too large'
    }
    admitted.set(client, { rights: allowed, generation: known.generation })
    return null
  }

  const listened = settings.waitsForController
    ? new Promise<void>((resolve) => {
        aedes.on('subscribe', (_filters, client) => {
          if (admitted.get(client)?.rights === controllerRights) resolve()
        })
      })
    : Promise.resolve()

  const disconnect = async (clusterId: string): Promise<void> => {
    const client = connected.get(clusterId)
    if (client) await new Promise<void>((resolve) => client.close(resolve))
  }

  aedes.on('client', (client) => {
    connected.set(client.id, client)
  })
  aedes.on('clientDisconnect', (client) => {
    if (connected.get(client.id) === client) connected.delete(client.id)
  })
  aedes.on('clientError', (client, err) => log.info({ clusterId: client.id, reason: err.message }, 'client cut off'))
  aedes.on('connectionError', (_client, err) => log.info({ reason: err.message }, 'connection refused'))

  const accept = (socket: Socket) => {
    socket.setNoDelay(true)
    guardPackets(socket, FRAME_LIMITS)
    aedes.handle(socket)
  }

  const broker: Broker = {
    account,
    get url() {
      const address = server?.address()
      if (!address || typeof address === 'string') throw new Error('embedded broker is not started')
      const host = LOCAL_FOR_ANY[settings.host] ?? settings.host
      return `${settings.tls ? 'mqtts' : 'mqtt'}://${host.includes(':') ? `[${host}]` : host}:${address.port}`
    },
    start: async () => {
      await aedes.listen()
      boundMemory(persistenceOf(aedes), ABSENT_QUEUE, ctx.recall)
      // One whole message fits, so that writing it does not wait for the reader.
      const options = { highWaterMark: 2 * MAX_MESSAGE_BYTES }
      server = settings.tls
        ? createTlsServer({ ...options, ...settings.tls, handshakeTimeout: CONNECT_TIMEOUT_MS }, accept)
        : createServer(options, accept)
      server.on('connection', (socket: Socket) => {
        sockets.add(socket)
        socket.once('close', () => sockets.delete(socket))
      })
      // Failed TLS handshakes and the like; without a listener they would end the process.
      server.on('tlsClientError', (err) => log.info({ reason: err.message }, 'TLS handshake failed'))
      await listen(server, settings)
      server.on('error', (err) => log.error({ err }, 'embedded broker failed'))
    },
    grant: async (cluster) => {
      barred.delete(cluster.clusterId)
      const current = connected.get(cluster.clusterId)
      if (!current) return
      const { clusterId, generation, areaCodes } = cluster
      if (admitted.get(current)?.generation !== generation) await disconnect(clusterId)
      else admitted.set(current, { rights: clusterRights(clusterId, areaCodes), generation })
    },
    revoke: async (clusterId) => {
      barred.add(clusterId)
      await disconnect(clusterId)
    },
    sync: async (clusters) => {
      const listed = new Set<string>()
      for await (const cluster of clusters) {
        listed.add(cluster.clusterId)
        await broker.grant(cluster)
      }
      for (const [clusterId, client] of [...connected])
        if (!listed.has(clusterId) && admitted.get(client)?.rights !== controllerRights) await disconnect(clusterId)
    },
    [Symbol.asyncDispose]: async () => {
      const listening = server
      const closed = listening && new Promise<void>((resolve) => listening.close(() => resolve()))
      await new Promise<void>((resolve) => aedes.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
      server = null
    },
  }
  return broker
}

/** A server that listens on every address is reached at the loopback one. */
const LOCAL_FOR_ANY: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' }

const refused = (message: string, returnCode: number): AuthenticateError =>
  Object.assign(new Error(message), { returnCode })

function listen(server: Server, { host, port }: EmbeddedBrokerSettings): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE'
      reject(isTaken ? new Error(`port ${port} on ${host} is taken: set LOA_MQTT_PORT`, { cause: error }) : error)
    })
    server.listen({ host, port }, resolve)
  })
}

/** aedes has the store on the instance once it listens, but not in its types. */
const persistenceOf = (aedes: Aedes): Persistence => (aedes as unknown as { persistence: Persistence }).persistence
