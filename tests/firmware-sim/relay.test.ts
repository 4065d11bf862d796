import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RelayItem } from '#protocol/messages.ts'
import { SAMPLE_RATE } from '../../firmware-sim/audio/decoder.ts'
import { findFfmpeg } from '../../firmware-sim/audio/ffmpeg-program.ts'
import { ffmpegRelay } from '../../firmware-sim/audio/ffmpeg-relay.ts'
import type { OpenRelay } from '../../firmware-sim/audio/relay.ts'
import { until } from '../support/until.ts'
import { makeMp3, readWav } from './support/audio.ts'
import { eventually } from './support/eventually.ts'
import { type Radio, startRadio, TONE_HZ } from './support/radio.ts'
import { openYard } from './support/simulator.ts'
import { MINUTE, MORNING, occurrence, openSite, SECOND } from './support/site.ts'

const START = MORNING + 10 * MINUTE
let program: string
let radio: Radio
beforeAll(async () => {
  program = await findFfmpeg()
  radio = await startRadio(program)
})
afterAll(() => radio[Symbol.asyncDispose]())

const far: RelayItem = { kind: 'relay', url: 'http://radio.invalid/live', ms: 60_000, codec: 'mp3', gainDb: 0 }

/** Streams whose sound comes when the test says so. */
function scripted(hasSound: (askedBefore: number) => boolean) {
  const log: string[] = []
  const open: OpenRelay = ({ url }) => {
    log.push(`joined ${url}`)
    let asked = 0
    return {
      kind: 'sampled',
      take: async (frames) => new Int16Array(hasSound(asked++) ? frames : 0).fill(9_000),
      close: async () => {
        log.push('left')
      },
    }
  }
  return { open, log }
}

/** What the frequency of a tone would be by how often it crosses zero. */
function pitchOf(samples: Int16Array): number {
  let crossings = 0
  for (let i = 1; i < samples.length; i++) if ((samples[i - 1] ?? 0) < 0 && (samples[i] ?? 0) >= 0) crossings++
  return (crossings * SAMPLE_RATE) / samples.length
}

test('a cluster relays what a radio station sends now, between what it holds, and leaves when its time is over', async () => {
  await using yard = await openYard(1)
  await yard.start()
  await yard.planAll([yard.media.add(makeMp3(program, 1), 1_000), radio.item('/endless', 3_000)], 2_000)
  const entry = (kind: string) => yard.office.journalOf('clu_1').find((one) => one.kind === kind)
  await eventually(() => entry('finished'), 'finished')
  expect(entry('finished')).toMatchObject({ audible: true })
  expect(entry('finished')).not.toHaveProperty('reason')
  expect(entry('finished')?.ms).toBeGreaterThan(3_000)
  const { samples } = readWav(join(yard.wavDir, 'clu_1-brd_nghe.wav'))
  expect(samples.length / SAMPLE_RATE).toBeCloseTo(4, 1)
  expect(pitchOf(samples.subarray(2 * SAMPLE_RATE))).toBeCloseTo(TONE_HZ, -1)
  await eventually(() => radio.listeners() === 0, 'the stream to be left')
}, 60_000)

test('a stream that comes faster than it sounds costs no memory, and one that is closed is left', async () => {
  const open = ffmpegRelay({ program, fetch: globalThis.fetch })
  const stream = open(radio.item('/flood', 60_000))
  if (stream.kind !== 'sampled') throw new Error('it is decoded')
  let heard = 0
  const listen = async (): Promise<boolean> => {
    const held = await stream.take(1_000 * SAMPLE_RATE)
    expect(held.length).toBeLessThanOrEqual(12 * SAMPLE_RATE)
    heard += held.length
    return heard > 40 * SAMPLE_RATE
  }
  await until('forty seconds of sound, at most twelve at a time', listen)
  await stream.close()
  await eventually(() => radio.listeners() === 0, 'the stream to be left')
  expect((await stream.take(100)).length).toBeLessThanOrEqual(100)
})

test('what answers with an error, or sends the cluster elsewhere, brings nothing', async () => {
  const open = ffmpegRelay({ program, fetch: globalThis.fetch })
  const bad = (['/gone', '/elsewhere'] as const).map((path) => open(radio.item(path, 60_000)))
  await eventually(() => radio.asked.includes('/gone') && radio.asked.includes('/elsewhere'), 'the questions')
  const before = radio.asked.filter((path) => path === '/endless').length
  const good = open(radio.item('/endless', 60_000))
  await until('a good one', async () => good.kind === 'sampled' && (await good.take(100)).length === 100)
  for (const stream of bad) expect(stream.kind === 'sampled' && (await stream.take(100)).length).toBe(0)
  expect(radio.asked.filter((path) => path === '/endless')).toHaveLength(before + 1)
  for (const stream of [...bad, good]) await stream.close()
})

test('a stream that never comes is given up after ten seconds, and the session goes on', async () => {
  const { open, log } = scripted(() => false)
  await using site = await openSite({ change: (parts) => ({ ...parts, openRelay: open }) })
  await site.boot()
  await site.plan([occurrence('brd_tiep', START, [site.audio('a', 5_000), far, site.audio('b', 4_000)])])
  await site.journalled({ kind: 'armed', occurrenceId: 'brd_tiep' })
  await site.advanceTo(START + 500 + 14_900)
  expect(site.cluster.soundsNow?.id).toBe('brd_tiep')
  await site.advanceTo(START + 500 + 19_100)
  expect(site.cluster.soundsNow).toBeNull()
  const finished = await site.journalled({ kind: 'finished', occurrenceId: 'brd_tiep' })
  expect(finished).toMatchObject({ reason: 'stream-lost', ms: 9_000, at: START + 500 + 19_000 })
  expect(log).toEqual([`joined ${far.url}`, 'left'])
})

test('a stream that falls silent is given up ten seconds later; one that only stumbles is not', async () => {
  const lost = scripted((asked) => asked < 20)
  await using site = await openSite({ change: (parts) => ({ ...parts, openRelay: lost.open }) })
  await site.boot()
  await site.plan([occurrence('brd_tiep', START, [far])])
  await site.journalled({ kind: 'armed', occurrenceId: 'brd_tiep' })
  await site.advanceTo(START + 500 + 31_000)
  expect(await site.journalled({ kind: 'finished' })).toMatchObject({ reason: 'stream-lost', ms: 20_000 })

  const stumbling = scripted((asked) => asked % 12 > 8)
  await using other = await openSite({ change: (parts) => ({ ...parts, openRelay: stumbling.open }) })
  await other.boot()
  await other.plan([occurrence('brd_tiep', START, [far])])
  await other.journalled({ kind: 'armed', occurrenceId: 'brd_tiep' })
  await other.advanceTo(START + 500 + 61_000)
  const finished = await other.journalled({ kind: 'finished' })
  expect([finished.reason, finished.ms, finished.at]).toEqual([undefined, 15_000, START + 500 + 60_000])
})

test('one that is interrupted leaves the stream, and joins it again for the rest of its time', async () => {
  const { open, log } = scripted(() => true)
  await using site = await openSite({ change: (parts) => ({ ...parts, openRelay: open }) })
  await site.boot()
  await site.plan([
    occurrence('brd_tiep', START, [far], { onInterrupt: 'resume' }),
    occurrence('brd_cao', START + 20 * SECOND, [site.audio('b', 9_500)], { level: 'emergency' }),
  ])
  await site.journalled({ kind: 'armed', occurrenceId: 'brd_cao' })
  await site.advanceTo(START + 25 * SECOND)
  expect(log).toEqual([`joined ${far.url}`, 'left'])
  await site.advanceTo(START + 61 * SECOND)
  // Ten seconds of the emergency and half a second to open the amplifier again.
  const finished = await site.journalled({ kind: 'finished', occurrenceId: 'brd_tiep' })
  expect(finished).toMatchObject({ ms: 49_500, at: START + 60_500 })
  expect(log).toEqual([`joined ${far.url}`, 'left', `joined ${far.url}`, 'left'])
})

test('it says that it can relay, and a cluster that cannot says nothing', async () => {
  const { open } = scripted(() => true)
  await using able = await openSite({ change: (parts) => ({ ...parts, openRelay: open }) })
  await able.boot()
  expect((await able.until(() => able.office.statuses.at(-1)))?.status.features).toEqual(['relay'])
  await using unable = await openSite()
  await unable.boot()
  expect((await unable.until(() => unable.office.statuses.at(-1)))?.status).not.toHaveProperty('features')
})
