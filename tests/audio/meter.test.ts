import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createMeter } from '../../controller/audio/meter.ts'
import { probe } from '../../controller/audio/probe.ts'
import { FRESH, measureByFfmpeg, SOUNDS, sound, tempDir, withEachFfmpeg, writeWav } from '../support/audio.ts'

withEachFfmpeg((ffmpeg) => {
  test.each([
    ['sine', 48_000],
    ['sine', 24_000],
    ['noise', 22_050],
    ['syllables', 24_000],
    ['pulses', 22_050],
    ['uneven', 24_000],
    ['clipped', 44_100],
  ] as const)('%s at %d Hz measures the same', async (name, sampleRate) => {
    await using dir = await tempDir()
    const file = await writeWav(join(dir.path, 'a.wav'), sound(SOUNDS[name], 9, sampleRate), sampleRate)
    const ours = await probe({ ffmpeg }, file, FRESH())
    const theirs = await measureByFfmpeg(ffmpeg.path, file)
    // The old ffmpeg resamples to 48 kHz first, which takes away the top of white noise.
    expect(Math.abs(ours.loudnessLufs - theirs.lufs)).toBeLessThan(name === 'noise' || name === 'uneven' ? 0.25 : 0.11)
    expect(Math.abs(ours.truePeakDbtp - theirs.dbtp)).toBeLessThan(0.25)
  })
})

test('a full-scale 997 Hz sine measures -3.01 LUFS, as the recommendation says', () => {
  const meter = createMeter({ sampleRate: 48_000, channels: 1 })
  meter.push(sound((t) => Math.sin(2 * Math.PI * 997 * t), 20, 48_000))
  expect(meter.result().loudnessLufs).toBeCloseTo(-3.01, 1)
})

test('the same sound on both channels is 3 LU louder than on one', () => {
  const mono = sound(SOUNDS.syllables, 8, 24_000)
  const one = createMeter({ sampleRate: 24_000, channels: 1 })
  const both = createMeter({ sampleRate: 24_000, channels: 2 })
  one.push(mono)
  both.push(Float32Array.from({ length: mono.length * 2 }, (_, i) => mono[i >> 1] ?? 0))
  expect(both.result().samples).toBe(mono.length)
  expect(both.result().loudnessLufs - one.result().loudnessLufs).toBeCloseTo(3.01, 2)
  expect(both.result().truePeakDbtp).toBe(one.result().truePeakDbtp)
})

test('a peak between two samples is found', () => {
  const meter = createMeter({ sampleRate: 24_000, channels: 1 })
  // A quarter of the sampling rate, 45 degrees off: no sample is higher than 0.707.
  const samples = sound((t) => Math.sin(2 * Math.PI * 6_000 * t + Math.PI / 4), 1, 24_000)
  meter.push(samples.map((x, i) => x * Math.min(1, i / 2_000, (samples.length - i) / 2_000)))
  expect(Math.max(...samples)).toBeLessThan(0.71)
  expect(meter.result().truePeakDbtp).toBeCloseTo(0, 1)
})

test('pauses do not count, and silence has no loudness', () => {
  const measure = (samples: Float32Array): number => {
    const meter = createMeter({ sampleRate: 24_000, channels: 1 })
    for (let at = 0; at < samples.length; at += 1_000) meter.push(samples.subarray(at, at + 1_000))
    return meter.result().loudnessLufs
  }
  const tone = sound(SOUNDS.sine, 10, 24_000)
  const paused = new Float32Array(tone.length * 3)
  paused.set(tone)
  expect(measure(paused)).toBeCloseTo(measure(tone), 0)
  expect(measure(new Float32Array(48_000))).toBe(Number.NEGATIVE_INFINITY)
  expect(measure(new Float32Array(0))).toBe(Number.NEGATIVE_INFINITY)
})
