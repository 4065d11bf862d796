import { createServer, type Socket } from 'node:net'
import { Aedes, type Client } from 'aedes'
import { listen } from './listen.ts'

export interface TestBroker extends AsyncDisposable {
  readonly url: string
  readonly port: number
  /** Cuts every connection, as a mobile network does. */
  dropAll(): void
  /** Nobody with this client id is connected any more, nor let in, until `unblock`. */
  block(clientId: string): Promise<void>
  unblock(clientId: string): void
}

/** An open in-process MQTT 3.1.1 broker on a free loopback port; a fixed port brings a stopped one back. */
export async function startTestBroker(options: { port?: number } = {}): Promise<TestBroker> {
  const blocked = new Set<string>()
  const broker = await Aedes.createBroker({
    preConnect: (_client, packet, done) =>
      blocked.has(packet.clientId) ? done(new Error('blocked'), false) : done(null, true),
  })
  const clients = new Map<string, Client>()
  broker.on('clientReady', (client) => clients.set(client.id, client))
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    broker.handle(socket)
  })
  const port = await listen(server, options.port)
  const dropAll = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: `mqtt://127.0.0.1:${port}`,
    port,
    dropAll,
    async block(clientId) {
      blocked.add(clientId)
      await new Promise<void>((resolve) => {
        const client = clients.get(clientId)
        if (client) client.close(() => resolve())
        else resolve()
      })
    },
    unblock: (clientId) => void blocked.delete(clientId),
    async [Symbol.asyncDispose]() {
      dropAll()
      await new Promise<void>((resolve) => broker.close(() => server.close(() => resolve())))
    },
  }
}
