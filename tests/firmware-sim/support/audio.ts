import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Speech-like test audio: a tone whose pitch and loudness wander, so that no shifted copy of it matches. */
export function makeMp3(ffmpeg: string, seconds: number): Buffer {
  const dir = mkdtempSync(join(tmpdir(), 'loa-mp3-'))
  const file = join(dir, 'audio.mp3')
  const tone = `aevalsrc='0.4*sin(2*PI*(220*t+35*sin(3.1*t)+12*t*t))*(0.6+0.4*sin(5.3*t))':s=24000:d=${seconds}`
  execFileSync(ffmpeg, ['-v', 'error', '-f', 'lavfi', '-i', tone, '-b:a', '48k', '-ac', '1', file])
  const content = readFileSync(file)
  rmSync(dir, { recursive: true })
  return content
}

/** Decodes apart from the simulator: what every decoder makes of the file. */
export function decodeWhole(ffmpeg: string, content: Buffer): Int16Array {
  const args = ['-v', 'error', '-i', 'pipe:0', '-ac', '1', '-ar', '24000', '-f', 's16le', 'pipe:1']
  return samplesOf(execFileSync(ffmpeg, args, { input: content, maxBuffer: 100_000_000 }))
}

export function readWav(file: string): { sampleRate: number; samples: Int16Array } {
  const wav = readFileSync(file)
  const bytes = wav.readUInt32LE(40)
  return { sampleRate: wav.readUInt32LE(24), samples: samplesOf(wav.subarray(44, 44 + bytes)) }
}

/** Highest normalised cross-correlation within `maxShift` samples: 1 for the same sound, 0 for unrelated. */
export function bestCorrelation(a: Int16Array, b: Int16Array, maxShift: number): number {
  let best = 0
  for (let shift = -maxShift; shift <= maxShift; shift += 2) best = Math.max(best, correlation(a, b, shift))
  return best
}

function correlation(a: Int16Array, b: Int16Array, shift: number): number {
  let product = 0
  let energyA = 0
  let energyB = 0
  const end = Math.min(a.length, b.length - shift)
  for (let i = Math.max(0, -shift); i < end; i++) {
    const x = a[i] ?? 0
    const y = b[i + shift] ?? 0
    product += x * y
    energyA += x * x
    energyB += y * y
  }
  return energyA === 0 || energyB === 0 ? 0 : product / Math.sqrt(energyA * energyB)
}

function samplesOf(bytes: Buffer): Int16Array {
  return new Int16Array(new Uint8Array(bytes).buffer, 0, Math.floor(bytes.length / 2))
}
