import { createServer, type Socket } from 'node:net'
import { Aedes } from 'aedes'
import { listen } from './listen.ts'

export interface TestBroker extends AsyncDisposable {
  readonly url: string
  readonly port: number
  /** Cuts every connection, as a mobile network does. */
  dropAll(): void
}

/** An open in-process MQTT 3.1.1 broker on a free loopback port; a fixed port brings a stopped one back. */
export async function startTestBroker(options: { port?: number } = {}): Promise<TestBroker> {
  const broker = await Aedes.createBroker()
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
    async [Symbol.asyncDispose]() {
      dropAll()
      await new Promise<void>((resolve) => broker.close(() => server.close(() => resolve())))
    },
  }
}
