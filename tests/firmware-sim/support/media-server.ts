import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { PlanItem } from '#protocol/messages.ts'
import { listen } from '../../support/listen.ts'

export interface MediaServer extends AsyncDisposable {
  readonly url: string
  /** What was asked for, with the Range header that came. */
  readonly requests: { path: string; range: string | undefined }[]
  /** Offers a file and says how a plan names it. */
  add(content: Buffer, ms: number): PlanItem
  /** Breaks the next answers off after so many bytes. */
  truncateNext(times: number, afterBytes: number): void
  /** Answers with other bytes of the same length. */
  spoil(item: PlanItem): void
  remove(item: PlanItem): void
}

/** A real HTTP server with `Range`, as the controller's media store. */
export async function startMediaServer(): Promise<MediaServer> {
  const files = new Map<string, Buffer>()
  const requests: MediaServer['requests'] = []
  let truncations = { left: 0, afterBytes: 0 }
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    requests.push({ path, range: request.headers.range })
    const content = files.get(path)
    if (!content) {
      response.writeHead(404).end()
      return
    }
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
    const body = content.subarray(from)
    response.writeHead(request.headers.range ? 206 : 200, { 'content-length': body.length })
    if (truncations.left > 0) {
      truncations = { ...truncations, left: truncations.left - 1 }
      response.write(body.subarray(0, truncations.afterBytes), () => setTimeout(() => response.destroy(), 250))
    } else response.end(body)
  })
  const port = await listen(server)
  return {
    url: `http://127.0.0.1:${port}/`,
    requests,
    add(content, ms) {
      const sha256 = createHash('sha256').update(content).digest('hex')
      files.set(`/media/${sha256}.mp3`, content)
      return { sha256, bytes: content.length, url: `media/${sha256}.mp3`, ms, codec: 'mp3', gainDb: 0 }
    },
    truncateNext(times, afterBytes) {
      truncations = { left: times, afterBytes }
    },
    spoil(item) {
      files.set(`/${item.url}`, Buffer.alloc(item.bytes, 7))
    },
    remove(item) {
      files.delete(`/${item.url}`)
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
