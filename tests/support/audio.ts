import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, test } from 'vitest'
import type { Ffmpeg } from '../../controller/audio/ffmpeg.ts'
import { findFfmpeg, packagedFfmpeg } from '../../controller/audio/find-ffmpeg.ts'
import { encodeWav } from '../../controller/audio/wav.ts'
import { systemClock as clock } from '../../controller/clock.ts'
import { requireProgram, withProgram } from './programs.ts'

const run = promisify(execFile)

export const FRESH = (): AbortSignal => new AbortController().signal

/** A folder of its own for a test, gone afterwards. */
export interface TempDir extends AsyncDisposable {
  readonly path: string
}

export async function tempDir(): Promise<TempDir> {
  const path = await mkdtemp(join(tmpdir(), 'loa-test-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

const installed = requireProgram('ffmpeg') ? await findFfmpeg({ path: 'ffmpeg' }, { clock }) : null

async function findPackaged(): Promise<Ffmpeg | null> {
  const path = await packagedFfmpeg()
  return path === null ? null : await findFfmpeg({ path }, { clock })
}
const packaged = await findPackaged()

/** The ffmpegs of this machine. */
export const ffmpegs: readonly Ffmpeg[] = [packaged, installed].filter((ffmpeg) => ffmpeg !== null)

/** Runs a suite with the packaged ffmpeg and with the installed one; one that is not there is reported as skipped. */
export function withEachFfmpeg(suite: (ffmpeg: Ffmpeg) => void): void {
  for (const [title, ffmpeg] of [
    ['with the packaged ffmpeg', packaged],
    [withProgram('with the installed ffmpeg', 'ffmpeg'), installed],
  ] as const) {
    describe(title, () => (ffmpeg ? suite(ffmpeg) : test.skip('is not there')))
  }
}

/** What ffmpeg's own meter says of a file, or of what filters leave of it: a second opinion on ours. */
export async function measureByFfmpeg(
  path: string,
  file: string,
  filters: readonly string[] = [],
): Promise<{ lufs: number; dbtp: number }> {
  const { stderr } = await run(
    path,
    ['-hide_banner', '-nostats', '-i', file, '-af', [...filters, 'ebur128=peak=true'].join(), '-f', 'null', '-'],
    {
      maxBuffer: 64 * 1024 * 1024,
    },
  )
  const summary = stderr.slice(stderr.lastIndexOf('Summary:'))
  return {
    lufs: Number(/I:\s+(-?[\d.]+) LUFS/.exec(summary)?.[1]),
    dbtp: Number(/Peak:\s+(-?[\d.]+) dBFS/.exec(summary)?.[1]),
  }
}

/** All samples of a file's first channel, between -1 and 1, as ffmpeg decodes them. */
export async function decodeByFfmpeg(path: string, file: string): Promise<Float32Array> {
  const { stdout } = await run(path, ['-v', 'error', '-i', file, '-f', 'f32le', '-ac', '1', '-'], {
    encoding: 'buffer',
    maxBuffer: 1024 * 1024 * 1024,
  })
  const copy = new Uint8Array(stdout.length - (stdout.length % 4))
  copy.set(stdout.subarray(0, copy.length))
  return new Float32Array(copy.buffer)
}

export async function writeWav(file: string, samples: Float32Array, sampleRate: number): Promise<string> {
  const integers = Int16Array.from(samples, (x) => Math.max(-32_768, Math.min(32_767, Math.round(x * 32_767))))
  await writeFile(file, encodeWav(integers, sampleRate))
  return file
}

type Shape = (seconds: number, random: () => number) => number

/** Sounds to measure, as functions of time: from the tamest to the most peaky. */
export const SOUNDS = {
  sine: (t) => 0.4 * Math.sin(2 * Math.PI * 1000 * t),
  /** Syllables: bursts of tone with gaps. */
  syllables: (t) =>
    0.5 * Math.max(0, Math.sin(2 * Math.PI * 3 * t)) * Math.sin(2 * Math.PI * 180 * t + 3 * Math.sin(20 * t)),
  noise: (_t, random) => 0.6 * (random() - 0.5),
  /** A pulse every 8 ms that dies away at once: what a voice's peaks are like, only worse. */
  pulses: (t) => 0.9 * Math.exp(-400 * (t % 0.008)) * Math.sin(2 * Math.PI * 700 * (t % 0.008)),
  quiet: (t) => 0.01 * Math.sin(2 * Math.PI * 440 * t) * (1 + Math.sin(2 * Math.PI * 2 * t)),
  /** Whispers, then shouts. */
  uneven: (t, random) => (t % 4 < 2 ? 0.02 : 0.8) * (random() - 0.5) * Math.abs(Math.sin(2 * Math.PI * 2.5 * t)),
  clipped: (t) => Math.max(-1, Math.min(1, 3 * Math.sin(2 * Math.PI * 310 * t))),
} as const satisfies Record<string, Shape>

export function sound(shape: Shape, seconds: number, sampleRate: number): Float32Array {
  const random = seeded(7)
  return Float32Array.from({ length: Math.round(seconds * sampleRate) }, (_, i) => shape(i / sampleRate, random))
}

/** Mulberry32: the same numbers every time. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
