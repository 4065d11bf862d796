import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { JournalKind } from '#protocol/messages.ts'
import { findFfmpeg } from '../../firmware-sim/audio/ffmpeg-program.ts'
import { bestCorrelation, decodeWhole, makeMp3, readWav } from './support/audio.ts'
import { eventually } from './support/eventually.ts'
import { openYard, type Yard } from './support/simulator.ts'

const CLUSTERS = 12

const entryOf = (yard: Yard, clusterId: string, kind: JournalKind) =>
  yard.office.journalOf(clusterId).find((entry) => entry.kind === kind)

const everywhere = (yard: Yard, kind: JournalKind) =>
  eventually(() => yard.identities.every(({ clusterId }) => entryOf(yard, clusterId, kind)), `${kind} everywhere`)

test('twelve clusters in a process of their own start within 100 ms and sound exactly what was produced', async () => {
  await using yard = await openYard(CLUSTERS)
  const ffmpeg = await findFfmpeg()
  const mp3 = makeMp3(ffmpeg, 2)
  const produced = decodeWhole(ffmpeg, mp3)
  const simulator = await yard.start()
  await yard.planAll([yard.media.add(mp3, Math.round(produced.length / 24))], 2_000)
  await everywhere(yard, 'started')
  await everywhere(yard, 'finished')

  const errors = yard.identities.map(({ clusterId }) => entryOf(yard, clusterId, 'started')?.offsetMs ?? Infinity)
  errors.sort((a, b) => a - b)
  if (process.env.LOA_TEST_FIGURES) process.stderr.write(`start errors: ${errors.join(' ')} ms\n`)
  expect(errors.at(-1)).toBeLessThan(100)
  expect(errors[0]).toBeGreaterThan(-1)
  for (const { clusterId } of yard.identities) {
    const heard = readWav(join(yard.wavDir, `${clusterId}-brd_nghe.wav`))
    expect(Math.abs(heard.samples.length - produced.length) / 24).toBeLessThan(50)
    expect(entryOf(yard, clusterId, 'finished')).toMatchObject({ audible: true })
  }
  const heard = readWav(join(yard.wavDir, 'clu_7-brd_nghe.wav'))
  expect(bestCorrelation(heard.samples, produced, 1_200)).toBeGreaterThan(0.95)

  simulator.child.kill('SIGTERM')
  expect(await simulator.ended).toBe(0)
  const goodbyes = () => yard.office.presences.filter(({ presence }) => presence.state === 'offline')
  await eventually(() => goodbyes().length === CLUSTERS, 'goodbyes')
})

test('a simulator killed with -9 while playing loses no entry and plays nothing again', async () => {
  await using yard = await openYard(2)
  const simulator = await yard.start()
  await yard.planAll([yard.media.add(makeMp3(await findFfmpeg(), 10), 10_000)], 1_000)
  await everywhere(yard, 'started')
  simulator.child.kill('SIGKILL')
  await simulator.ended
  await yard.start()
  await everywhere(yard, 'interrupted')
  for (const { clusterId } of yard.identities) {
    const entries = yard.office.journalOf(clusterId)
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, i) => i + 1))
    expect(entries.map(({ kind }) => kind)).toEqual([
      'boot',
      'plan-accepted',
      'armed',
      'started',
      'boot',
      'interrupted',
    ])
    expect(entries.at(-1)).toMatchObject({ reason: 'power-lost', occurrenceId: 'brd_nghe' })
  }
})
