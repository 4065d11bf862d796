import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Decoder } from '../../firmware-sim/audio/decoder.ts'
import { ffmpegDecoder } from '../../firmware-sim/audio/ffmpeg-decoder.ts'
import { findFfmpeg } from '../../firmware-sim/audio/ffmpeg-program.ts'
import { bestCorrelation, decodeWhole, makeMp3, readWav } from './support/audio.ts'
import { eventually } from './support/eventually.ts'
import { CLUSTER, MINUTE, MORNING, occurrence, openSite, SECOND, type Site } from './support/site.ts'

const START = MORNING + 10 * MINUTE
let dir = ''
let ffmpeg = ''
let mp3: Buffer
let decoder: Decoder
let opened = 0

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'loa-pcm-'))
  ffmpeg = await findFfmpeg()
  mp3 = makeMp3(ffmpeg, 12)
  decoder = wholly(await ffmpegDecoder({ program: ffmpeg, scratchDir: join(dir, 'decoded') }))
})
afterAll(() => rm(dir, { recursive: true }))

/** Decodes to the end before it says that it is ready: simulated time does not wait for a real program. */
const wholly = (real: Decoder): Decoder => ({
  async open(file, item) {
    try {
      const sound = await real.open(file, item)
      if (sound.kind === 'sampled') await sound.read(0, item.ms * 24)
      return sound
    } finally {
      opened++
    }
  },
})

/** Lets the play pass, giving the decoder the real time that it needs. */
async function playThrough(site: Site, startAt: number, forMs = MINUTE, files = 1): Promise<void> {
  const before = opened
  await site.advanceTo(startAt - 5 * SECOND)
  await eventually(() => opened === before + files, 'the decoder')
  await site.advanceTo(startAt + forMs)
}

const siteIn = (name: string) => openSite({ decoder, wavDir: join(dir, name) })
const wavOf = (name: string, id: string) => readWav(join(dir, name, `${CLUSTER}-${id}.wav`))

test('an excerpt sounds for as long as the plan says and no longer', async () => {
  await using site = await siteIn('excerpt')
  await site.boot()
  await site.plan([occurrence('brd_a', START, [site.media.add(mp3, 4_000)])])
  await site.journalled({ kind: 'armed' })
  await playThrough(site, START)
  expect(await site.journalled({ kind: 'finished' })).toMatchObject({ ms: 4_000, audible: true })
  const { samples } = wavOf('excerpt', 'brd_a')
  expect(samples).toHaveLength(4_000 * 24)
  expect(bestCorrelation(samples, decodeWhole(ffmpeg, mp3), 0)).toBeGreaterThan(0.999)
})

test('what was interrupted and resumed was heard whole, without a repeat and without a hole', async () => {
  await using site = await siteIn('resumed')
  await site.boot()
  const item = site.media.add(mp3, 10_000)
  await site.plan([
    occurrence('brd_a', START, [item], { onInterrupt: 'resume', maxLateMs: MINUTE }),
    occurrence('brd_b', START + 4_321, [site.media.add(mp3.subarray(0, 30_000), 2_000)], { level: 'emergency' }),
  ])
  await site.journalled({ kind: 'armed', occurrenceId: 'brd_b' })
  await playThrough(site, START, MINUTE, 2)
  await site.journalled({ kind: 'finished', occurrenceId: 'brd_a' })
  const { samples } = wavOf('resumed', 'brd_a')
  expect(samples).toHaveLength(10_000 * 24)
  expect(bestCorrelation(samples, decodeWhole(ffmpeg, mp3), 0)).toBeGreaterThan(0.999)
})

test('a file that cannot be decoded is skipped, and what was heard is nothing', async () => {
  await using site = await siteIn('broken')
  await site.boot()
  await site.plan([occurrence('brd_a', START, [site.media.add(Buffer.from('không phải âm thanh'), 4_000)])])
  await site.journalled({ kind: 'armed' })
  await playThrough(site, START)
  await site.journalled({ kind: 'skipped', reason: 'decode-failed', occurrenceId: 'brd_a' })
  expect(wavOf('broken', 'brd_a').samples).toHaveLength(0)
})

test('silence that was played is not audible, and neither is speech at volume nought', async () => {
  await using site = await siteIn('silent')
  await site.boot()
  const quiet = { gainDb: -60 }
  await site.plan([occurrence('brd_a', START, [{ ...site.media.add(mp3, 3_000), ...quiet }])])
  await site.journalled({ kind: 'armed' })
  await playThrough(site, START)
  expect(await site.journalled({ kind: 'finished', occurrenceId: 'brd_a' })).toMatchObject({ audible: false })
  await site.plan([occurrence('brd_b', START + 5 * MINUTE, [site.media.add(mp3, 3_000)])], {
    settings: { volume: { day: 0, night: 0 } },
  })
  await site.journalled({ kind: 'plan-accepted', planVersion: 2 })
  await playThrough(site, START + 5 * MINUTE)
  expect(await site.journalled({ kind: 'finished', occurrenceId: 'brd_b' })).toMatchObject({ audible: false })
})

test('a power loss leaves a recording of exactly what had sounded', async () => {
  await using site = await siteIn('cut')
  await site.boot()
  await site.plan([occurrence('brd_a', START, [site.media.add(mp3, 10_000)])])
  await site.journalled({ kind: 'armed' })
  await playThrough(site, START, 3 * SECOND)
  await site.cluster.cutPower()
  const { samples } = wavOf('cut', 'brd_a')
  expect(Math.abs(samples.length / 24 - 2_500)).toBeLessThan(300)
})
