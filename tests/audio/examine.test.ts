import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { examine } from '../../controller/audio/examine.ts'
import { createFfmpeg, type Ffmpeg } from '../../controller/audio/ffmpeg.ts'
import { silentStretches, soundingStretch } from '../../controller/audio/silences.ts'
import { type SniffedFormat, sniffFormat } from '../../controller/audio/sniff-format.ts'
import { createSoundSurveyor } from '../../controller/audio/sound-survey.ts'
import { examineRecipe } from '../../controller/audio/strange-recipe.ts'
import { systemClock as clock } from '../../controller/clock.ts'
import { FRESH, ffmpegs, SOUNDS, tempDir, withEachFfmpeg } from '../support/audio.ts'
import { soundMaker } from '../uploads/sounds.ts'

const MAX_MS = 60_000
const [maker] = [...ffmpegs].reverse()

const hear = (ffmpeg: Ffmpeg, file: string, format: SniffedFormat) =>
  examine({ ffmpeg }, { file, format, maxMs: MAX_MS }, () => {}, FRESH())

withEachFfmpeg((ffmpeg) => {
  test('what a file is, its content says; what it sounds like is the same in every kind', async () => {
    await using dir = await tempDir()
    const make = soundMaker(maker?.path ?? '', dir.path)
    const tone = await make.wav(SOUNDS.syllables, 2)
    const kinds: readonly [SniffedFormat['name'], string][] = [
      ['wav', tone],
      ['mp3', await make.encode(tone, 'mp3')],
      ['mov', await make.encode(tone, 'm4a')],
      ['ogg', await make.encode(tone, 'ogg')],
      ['flac', await make.encode(tone, 'flac')],
      ['matroska', await make.encode(tone, 'webm', ['-c:a', 'libopus'])],
    ]
    const loudness: number[] = []
    for (const [name, file] of kinds) {
      const disguised = join(dir.path, 'disguised.txt')
      await writeFile(disguised, await readFile(file))
      const format = await sniffFormat(disguised)
      expect(format?.name).toBe(name)
      const heard = await hear(ffmpeg, disguised, format as SniffedFormat)
      expect(heard).toMatchObject({ channels: 1, sampleRate: 48_000 })
      if (typeof heard === 'string') throw new Error(heard)
      expect(Math.abs(heard.ms - 2_000)).toBeLessThan(60)
      loudness.push(heard.loudnessLufs)
    }
    expect(Math.max(...loudness) - Math.min(...loudness)).toBeLessThan(0.5)
  })

  test('of an endless file no more is heard than is allowed', async () => {
    await using dir = await tempDir()
    const make = soundMaker(maker?.path ?? '', dir.path)
    const file = await make.generate('sine=440:r=8000', 'wav', ['-t', '200'])
    const heard = await hear(ffmpeg, file, { name: 'wav', skipBytes: 0 })
    expect(heard).toMatchObject({ ms: MAX_MS + 1_000 })
  })

  test.each<SniffedFormat['name']>(['wav', 'mp3', 'mov', 'ogg', 'flac', 'matroska'])(
    'nonsense in the name of %s is undecodable',
    async (name) => {
      await using dir = await tempDir()
      const file = join(dir.path, 'nonsense')
      await writeFile(file, Buffer.from(Array.from({ length: 20_000 }, (_, i) => (i * i * 31) & 0xff)))
      expect(await hear(ffmpeg, file, { name, skipBytes: 0 })).toBe('undecodable')
    },
  )

  test('a decoder that no sound needs is not opened', async () => {
    await using dir = await tempDir()
    const make = soundMaker(maker?.path ?? '', dir.path)
    const file = await make.generate('sine=440:d=2', 'mkv', ['-c:a', 'ac3'])
    expect(await hear(ffmpeg, file, { name: 'matroska', skipBytes: 0 })).toBe('undecodable')
  })
})

test('a stranger is read by one demuxer and known decoders, from one file, in small blocks', () => {
  const { inputs } = examineRecipe({ file: '/up/x', format: { name: 'mp3', skipBytes: 512 }, maxMs: MAX_MS })
  const options = inputs[0]?.options.join(' ') ?? ''
  expect(options).toContain('-max_alloc 67108864')
  expect(options).toContain('-protocol_whitelist file -format_whitelist mp3 -codec_whitelist pcm_u8,')
  expect(options).toContain('-f mp3 -skip_initial_bytes 512')
})

test('a stranger is decoded with little memory, our own files with as much as there is', async () => {
  await using dir = await tempDir()
  const path = join(dir.path, 'ffmpeg')
  await writeFile(path, '#!/bin/sh\nulimit -v\n', { mode: 0o755 })
  const ffmpeg = createFfmpeg(
    { path, version: 'fake', encoders: new Set(), confine: ['prlimit', '--as=104857600', '--'] },
    { clock },
  )
  const limitOf = async (isStrange: boolean) => {
    let said = ''
    const onOutput = (chunk: Buffer): void => {
      said += chunk
    }
    const recipe = examineRecipe({ file: '/x', format: { name: 'mp3', skipBytes: 0 }, maxMs: 1 })
    await ffmpeg.run(recipe, { signal: FRESH(), timeoutMs: 10_000, isStrange, onOutput })
    return said.trim()
  }
  expect(await limitOf(true)).toBe('102400')
  expect(await limitOf(false)).toBe('unlimited')
})

test('whatever bytes a file has, it is one of the kinds or none', async () => {
  await using dir = await tempDir()
  const file = join(dir.path, 'any')
  const magic = fc.constantFrom('ID3', 'RIFF', 'OggS', 'fLaC', '\xff\xfb\x90\x00', '\x1a\x45\xdf\xa3', 'xxxxftyp', '')
  await fc.assert(
    fc.asyncProperty(magic, fc.uint8Array({ maxLength: 300 }), async (start, rest) => {
      await writeFile(file, Buffer.concat([Buffer.from(start, 'latin1'), rest]))
      const format = await sniffFormat(file)
      if (format) expect(format.skipBytes).toBeGreaterThanOrEqual(0)
    }),
  )
})

test('clipping is counted the same however the samples come, and only in runs', () => {
  const samples = fc.array(fc.constantFrom(0, 0.5, 1, -1, 0.9999), { minLength: 1, maxLength: 400 })
  fc.assert(
    fc.property(samples, fc.integer({ min: 1, max: 50 }), (values, size) => {
      const surveyor = createSoundSurveyor({ sampleRate: 1_000, channels: 1 })
      for (let i = 0; i < values.length; i += size) surveyor.push(Float32Array.from(values.slice(i, i + size)))
      const runs = values
        .map((x) => (Math.abs(x) >= 32_767 / 32_768 ? '#' : '.'))
        .join('')
        .match(/#{3,}/g)
      const { clippedRuns, clippedSamples, powers } = surveyor.result()
      expect(clippedRuns).toBe(runs?.length ?? 0)
      expect(clippedSamples).toBe(runs?.join('').length ?? 0)
      expect(powers).toHaveLength(Math.floor(values.length / 20))
    }),
  )
})

test('silence is found where it is', () => {
  const powers = fc.array(fc.constantFrom(0, 1), { maxLength: 60 })
  fc.assert(
    fc.property(powers, fc.integer({ min: 1, max: 5 }), (values, hops) => {
      const sounding = soundingStretch(Float32Array.from(values), 0.5)
      if (!sounding) {
        expect(values).not.toContain(1)
        return
      }
      expect(sounding).toEqual({ from: values.indexOf(1), to: values.lastIndexOf(1) + 1 })
      const found = silentStretches(Float32Array.from(values), sounding, { threshold: 0.5, hops })
      const expected = [...values.slice(sounding.from, sounding.to).join('').matchAll(/0+/g)]
        .filter(([zeros]) => zeros.length >= hops)
        .map(({ index, 0: zeros }) => ({ from: sounding.from + index, to: sounding.from + index + zeros.length }))
      expect(found).toEqual(expected)
    }),
  )
})
