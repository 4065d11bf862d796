import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isSpeechWav, parseWavHeader, wavSamples } from '../../controller/audio/wav.ts'
import type { Speech, VoiceId, VoicePart } from '../../controller/speech/speech.ts'
import { FRESH } from './audio.ts'
import { pitchOf } from './pitch.ts'

/** What an engine says of each text, by the lead unless told otherwise. */
export async function wavsOf(
  speech: Speech,
  texts: readonly string[],
  voice: VoiceId,
  parts: readonly VoicePart[] = [],
): Promise<Buffer[]> {
  const wavs: Buffer[] = []
  const lines = texts.map((text, index) => ({ text, part: parts[index] ?? 'lead' }))
  await speech.speak(lines, voice, async (_index, wav) => void wavs.push(wav), FRESH())
  return wavs
}

/** How loud a WAV's samples are on average, how high the voice is, how many there are, and for how long it sounds. */
export function heard(wav: Buffer): { rms: number; hertz: number; samples: number; sampleRate: number; ms: number } {
  const header = parseWavHeader(wav)
  if (!header || !isSpeechWav(header)) throw new Error('no speech WAV')
  const { sampleRate } = header
  const samples = wavSamples(wav, header)
  const energy = samples.reduce((sum, x) => sum + x * x, 0)
  return {
    rms: Math.sqrt(energy / samples.length),
    hertz: pitchOf(samples, sampleRate),
    samples: samples.length,
    sampleRate,
    ms: (samples.length * 1000) / sampleRate,
  }
}

/** What a WAV holds, between -1 and 1. */
export function samplesOf(wav: Buffer): Float32Array {
  const header = parseWavHeader(wav)
  if (!header) throw new Error('no WAV')
  return Float32Array.from(wavSamples(wav, header), (x) => x / 32_768)
}

/** The children of this process that have `word` in their command line, as the kernel tells it. */
export function engineProcesses(word: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && isOurEngine(join('/proc', name), word))
    .map(Number)
}

function isOurEngine(folder: string, word: string): boolean {
  try {
    // The parent is the second field after the name, which may hold spaces and brackets (proc(5)).
    const stat = readFileSync(join(folder, 'stat'), 'utf8')
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    return parent === process.pid && readFileSync(join(folder, 'cmdline'), 'utf8').includes(word)
  } catch {
    return false
  }
}
