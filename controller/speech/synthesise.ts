import { join } from 'node:path'
import { encodeWav, parseWavHeader, wavSamples } from '../audio/wav.ts'
import { withWorkFolder } from '../audio/work-folder.ts'
import { cachedFile, cachedMs, keep } from './cache.ts'
import { type Line, type Speech, SpeechError, type VoiceId, type VoicePart, voicesOf } from './speech.ts'
import { trimSilence } from './trim.ts'

export interface Utterance {
  /** Fully spelled text, ready for the engine. */
  readonly spoken: string
  readonly part: VoicePart
  readonly pauseAfterMs: number
}

/** One utterance as sound: a 16-bit mono WAV in the cache, trimmed of the engine's silence. */
export interface SpokenSegment {
  readonly file: string
  /** Who spoke it, as the engine calls it. */
  readonly voice: string
  readonly ms: number
  readonly pauseAfterMs: number
}

/**
 * Speaks what is not yet in the cache. May be run again at any time: only the missing utterances reach the engine, and
 * what was spoken before a kill is kept.
 */
export async function synthesiseUtterances(
  ctx: { readonly speech: Speech; readonly dataDir: string },
  input: {
    readonly utterances: readonly Utterance[]
    readonly voice: VoiceId
    /** Told of each line that the engine has spoken and the cache has not. */
    readonly onSpoken?: (line: Line) => void | Promise<void>
  },
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<SpokenSegment[]> {
  const { speech, dataDir } = ctx
  const voices = voicesOf(speech, input.voice)
  const wanted = input.utterances.map(({ spoken, part, pauseAfterMs }) => {
    const { name } = voices[part]
    const file = cachedFile(dataDir, { engine: speech.engine, voice: name, spoken })
    return { line: { text: spoken, part }, voice: name, pauseAfterMs, file }
  })
  const lines = new Map(wanted.map(({ file, line }) => [file, line]))
  const lengths = new Map<string, number>()
  for (const file of lines.keys()) {
    signal.throwIfAborted()
    const ms = await cachedMs(file)
    if (ms !== null) lengths.set(file, ms)
  }
  const report = (): void => onProgress(wanted.filter(({ file }) => lengths.has(file)).length, wanted.length)
  report()

  const missing = [...lines].filter(([file]) => !lengths.has(file))
  if (missing.length > 0) {
    await withWorkFolder(dataDir, async (folder) => {
      const onWav = async (index: number, wav: Buffer): Promise<void> => {
        const [file, line] = missing[index] ?? outOfRange(index)
        await input.onSpoken?.(line)
        const { trimmed, ms } = trimWav(wav, line.text)
        await keep(file, trimmed, join(folder, 'sentence.wav'))
        lengths.set(file, ms)
        report()
      }
      await speech.speak(
        missing.map(([, line]) => line),
        input.voice,
        onWav,
        signal,
      )
    })
  }
  return wanted.map(({ file, voice, pauseAfterMs }) => {
    const ms = lengths.get(file)
    if (ms === undefined) throw new SpeechError('crashed', `${speech.engine} left a text unspoken`)
    return { file, voice, ms, pauseAfterMs }
  })
}

function trimWav(wav: Buffer, spoken: string): { trimmed: Buffer; ms: number } {
  const header = parseWavHeader(wav)
  if (!header) throw new SpeechError('crashed', 'the engine did not answer with a WAV')
  const samples = trimSilence(wavSamples(wav, header), header.sampleRate)
  if (samples.length === 0 && /[\p{L}\p{N}]/u.test(spoken)) {
    throw new SpeechError('silent', `the engine said nothing for: ${spoken.slice(0, 80)}`)
  }
  return {
    trimmed: encodeWav(samples, header.sampleRate),
    ms: Math.round((samples.length * 1000) / header.sampleRate),
  }
}

function outOfRange(index: number): never {
  throw new SpeechError('crashed', `the engine answered text ${index}, which nobody asked for`)
}
