import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RelayItem } from '#protocol/messages.ts'
import { listen } from '../../support/listen.ts'

/** A radio station that never ends: MP3 frames of a tone, at the pace of their sound or as fast as they are taken. */
export interface Radio extends AsyncDisposable {
  item(path: '/endless' | '/flood' | '/gone' | '/elsewhere', ms: number): RelayItem
  /** Paths that were asked for. */
  readonly asked: readonly string[]
  /** How many listen now. */
  listeners(): number
}

export const TONE_HZ = 600
const BYTES_PER_SECOND = 6_000

export async function startRadio(ffmpeg: string): Promise<Radio> {
  const tone = toneOf(ffmpeg)
  const asked: string[] = []
  let listening = 0
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    if (path === '/gone') return response.writeHead(404).end('no such station')
    if (path === '/elsewhere') return response.writeHead(302, { location: '/endless' }).end()
    listening++
    response.writeHead(200, { 'content-type': 'audio/mpeg' })
    let at = 0
    const send = (bytes: number): boolean => {
      const start = at % tone.length
      at += bytes
      return response.write(Buffer.concat([tone, tone]).subarray(start, start + bytes))
    }
    // Whoever joins gets two seconds at once, as from any radio station.
    send(2 * BYTES_PER_SECOND)
    const flood = (): void => {
      while (!response.destroyed && send(BYTES_PER_SECOND));
    }
    const pace = path === '/flood' ? null : setInterval(() => send(BYTES_PER_SECOND / 10), 100)
    if (!pace) response.on('drain', flood)
    if (!pace) flood()
    response.on('close', () => {
      listening--
      if (pace) clearInterval(pace)
    })
    return undefined
  })
  const port = await listen(server)
  return {
    item: (path, ms) => ({ kind: 'relay', url: `http://127.0.0.1:${port}${path}`, ms, codec: 'mp3', gainDb: 0 }),
    asked,
    listeners: () => listening,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Ten seconds in frames of equal size, so that it can go round and round. */
function toneOf(ffmpeg: string): Buffer {
  const dir = mkdtempSync(join(tmpdir(), 'loa-radio-'))
  const file = join(dir, 'tone.mp3')
  const source = ['-f', 'lavfi', '-i', `sine=f=${TONE_HZ}:r=24000:d=10`, '-af', 'volume=4']
  const format = ['-ac', '1', '-b:a', '48k', '-write_xing', '0', '-id3v2_version', '0']
  execFileSync(ffmpeg, ['-v', 'error', ...source, ...format, file])
  const content = readFileSync(file)
  rmSync(dir, { recursive: true })
  return content
}
