import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { ClusterIdentity } from '#protocol/messages.ts'
import { findFfmpeg } from '../../firmware-sim/audio/ffmpeg-program.ts'
import { startTestBroker } from '../support/test-broker.ts'
import { bestCorrelation, decodeWhole, makeMp3, readWav } from './support/audio.ts'
import { eventually } from './support/eventually.ts'
import { startMediaServer } from './support/media-server.ts'
import { openOffice } from './support/office.ts'
import { occurrence, planSettings } from './support/site.ts'

const CLUSTERS = 12
const SECONDS = 2
const running = new Set<ChildProcess>()

afterEach(() => {
  for (const child of running) child.kill('SIGKILL')
})

/** The simulator as everybody starts it: its own process. */
function startSimulator(dir: string, ...more: string[]) {
  const args = ['--import', 'tsx', 'firmware-sim/main.ts', '--identities', join(dir, 'identities.json')]
  const child = spawn(process.execPath, [...args, '--state', join(dir, 'state'), ...more], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.add(child)
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  return {
    child,
    ended,
    output: () => output,
    ready: () => eventually(() => output.includes('"ready":true'), 'ready line'),
  }
}

test('twelve clusters in a process of their own start within 100 ms and sound exactly what was produced', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'loa-heard-'))
  await using broker = await startTestBroker()
  await using office = await openOffice(broker.url)
  await using media = await startMediaServer()
  const ffmpeg = await findFfmpeg()
  const mp3 = makeMp3(ffmpeg, SECONDS)
  const produced = decodeWhole(ffmpeg, mp3)
  const item = media.add(mp3, Math.round(produced.length / 24))
  const identities = Array.from({ length: CLUSTERS }, (_, i) => office.identity(idOf(i), broker.url))
  await writeFile(join(dir, 'identities.json'), JSON.stringify(identities))

  const startAt = Date.now() + 3_500
  for (const { clusterId } of identities)
    await office.sendPlan({
      clusterId,
      version: 1,
      issuedAt: Date.now(),
      validUntil: startAt + 3_600_000,
      settings: { ...planSettings(media.url), quietHours: { from: '00:00', to: '00:00' } },
      occurrences: [occurrence('brd_nghe', startAt, [item])],
    })
  const wavDir = join(dir, 'wav')
  const simulator = startSimulator(dir, '--wav', wavDir)
  await simulator.ready()
  await eventually(
    () => identities.every(({ clusterId }) => has(office.journalOf(clusterId), 'started')),
    'all started',
  )
  await eventually(
    () => identities.every(({ clusterId }) => has(office.journalOf(clusterId), 'finished')),
    'all finished',
  )

  const errors = identities.map(
    ({ clusterId }) => office.journalOf(clusterId).find(({ kind }) => kind === 'started')?.offsetMs ?? Infinity,
  )
  errors.sort((a, b) => a - b)
  if (process.env.LOA_TEST_FIGURES) process.stderr.write(`start errors: ${errors.join(' ')} ms\n`)
  expect(errors.at(-1)).toBeLessThan(100)
  expect(errors[0]).toBeGreaterThan(-1)
  for (const { clusterId } of identities) {
    const heard = readWav(join(wavDir, `${clusterId}-brd_nghe.wav`))
    expect(Math.abs(heard.samples.length - produced.length) / 24).toBeLessThan(50)
    expect(office.journalOf(clusterId).find(({ kind }) => kind === 'finished')).toMatchObject({ audible: true })
  }
  const heard = readWav(join(wavDir, `${idOf(0)}-brd_nghe.wav`))
  expect(bestCorrelation(heard.samples, produced, 1_200)).toBeGreaterThan(0.95)

  simulator.child.kill('SIGTERM')
  expect(await simulator.ended).toBe(0)
  await eventually(
    () => office.presences.filter(({ presence }) => presence.state === 'offline').length === CLUSTERS,
    'goodbyes',
  )
  await rm(dir, { recursive: true })
}, 20_000)

const idOf = (i: number): ClusterIdentity['clusterId'] => `clu_${i + 1}`
const has = (entries: { kind: string }[], kind: string): boolean => entries.some((entry) => entry.kind === kind)
