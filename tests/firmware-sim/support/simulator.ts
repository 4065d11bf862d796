import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ClusterIdentity, SessionItem } from '#protocol/messages.ts'
import { startTestBroker } from '../../support/test-broker.ts'
import { eventually } from './eventually.ts'
import { type MediaServer, startMediaServer } from './media-server.ts'
import { type Office, openOffice } from './office.ts'
import { occurrence, planSettings } from './site.ts'

interface Simulator {
  readonly child: ChildProcess
  readonly ended: Promise<number | null>
}

/** The simulator as everybody starts it, as a process of its own, with its broker and the other end of the wire. */
export interface Yard extends AsyncDisposable {
  readonly office: Office
  readonly media: MediaServer
  readonly identities: readonly ClusterIdentity[]
  readonly wavDir: string
  /** Resolves when every cluster has reached the broker. */
  start(): Promise<Simulator>
  /** Plans one broadcast for all, so many milliseconds from now. */
  planAll(items: SessionItem[], inMs: number): Promise<void>
}

export async function openYard(clusters: number): Promise<Yard> {
  const dir = await mkdtemp(join(tmpdir(), 'loa-yard-'))
  const broker = await startTestBroker()
  const office = await openOffice(broker.url)
  const media = await startMediaServer()
  const identities = Array.from({ length: clusters }, (_, i) => office.identity(`clu_${i + 1}`, broker.url))
  await writeFile(join(dir, 'identities.json'), JSON.stringify(identities))
  const wavDir = join(dir, 'wav')
  const running = new Set<ChildProcess>()

  return {
    office,
    media,
    identities,
    wavDir,
    async start() {
      const options = ['--identities', join(dir, 'identities.json'), '--state', join(dir, 'state'), '--wav', wavDir]
      const child = spawn(process.execPath, ['--import', 'tsx', 'firmware-sim/main.ts', ...options], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      running.add(child)
      const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
      let output = ''
      child.stdout.on('data', (chunk) => {
        output += chunk
      })
      await eventually(() => output.includes('"ready":true'), 'the ready line')
      return { child, ended }
    },
    async planAll(items, inMs) {
      const now = Date.now()
      for (const { clusterId } of identities)
        await office.sendPlan({
          clusterId,
          version: 1,
          issuedAt: now,
          validUntil: now + 3_600_000,
          settings: { ...planSettings(media.url), quietHours: { from: '00:00', to: '00:00' } },
          occurrences: [occurrence('brd_nghe', now + inMs, items)],
        })
    },
    async [Symbol.asyncDispose]() {
      for (const child of running) child.kill('SIGKILL')
      await media[Symbol.asyncDispose]()
      await office[Symbol.asyncDispose]()
      await broker[Symbol.asyncDispose]()
      await rm(dir, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
