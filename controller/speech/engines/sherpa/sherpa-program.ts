/**
 * A program of its own, started by `sherpa.ts`: speaks each line of JSON on standard input and answers with frames on
 * standard output (see `wav-frames.ts`). The add-on ends its process when it does not like a model, may crash, and has
 * eSpeak NG (GPL-3) built in for its phonemes, so it never shares a process with us.
 */
import { createRequire } from 'node:module'
import { constants, setPriority } from 'node:os'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { encodeWav } from '../../../audio/wav.ts'
import { encodeFrame, type FrameHeader } from '../wav-frames.ts'

const Arguments = z.object({
  module: z.string(),
  model: z.string(),
  tokens: z.string(),
  lexicon: z.string().nullable(),
  espeakData: z.string().nullable(),
})
const Request = z.object({ text: z.string(), speaker: z.int(), speed: z.number() })

/** The parts of the package that are used. */
interface SherpaModule {
  readonly OfflineTts: new (config: object) => SherpaVoice
}

interface SherpaVoice {
  readonly sampleRate: number
  readonly numSpeakers: number
  generate(request: object): { readonly samples: Float32Array; readonly sampleRate: number }
}

/** What version 1.13 of the package exports; a different one fails at its first call, and the parent reports it. */
const loadModule = (name: string): SherpaModule => createRequire(import.meta.url)(name) as SherpaModule

const THREADS = 2

const answer = (header: FrameHeader, body?: Uint8Array): void => {
  process.stdout.write(encodeFrame(header))
  if (body) process.stdout.write(body)
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 500)

/** Null when it cannot; the parent has been told, or reads on the error output why this process ends. */
function openVoice({ module, model, tokens, lexicon, espeakData }: z.infer<typeof Arguments>): SherpaVoice | null {
  let sherpa: SherpaModule
  try {
    sherpa = loadModule(module)
  } catch (error) {
    answer({ kind: 'missing', message: textOf(error) })
    return null
  }
  try {
    const vits = { model, tokens, lexicon: lexicon ?? '', dataDir: espeakData ?? '' }
    return new sherpa.OfflineTts({ model: { vits, numThreads: THREADS, provider: 'cpu' } })
  } catch (error) {
    process.stderr.write(`${textOf(error)}\n`)
    return null
  }
}

function toIntegers(samples: Float32Array): Int16Array {
  return Int16Array.from(samples, (x) => Math.max(-32_768, Math.min(32_767, Math.round(x * 32_767))))
}

/**
 * With a configuration of the request's own, since without one the add-on dies of a text that it knows no sounds for,
 * and cuts pauses to a fifth: outdoors, they are what makes a sentence understood.
 */
function say(voice: SherpaVoice, { text, speaker, speed }: z.infer<typeof Request>): void {
  try {
    const generationConfig = { sid: speaker, speed, silenceScale: 1 }
    const { samples, sampleRate } = voice.generate({ text, generationConfig, enableExternalBuffer: false })
    const wav = encodeWav(toIntegers(samples), sampleRate)
    answer({ kind: 'wav', bytes: wav.length }, wav)
  } catch (error) {
    answer({ kind: 'refused', message: textOf(error) })
  }
}

// Speaking may take its time; emergencies and clusters, on the same processors, may not.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
const voice = openVoice(Arguments.parse(JSON.parse(process.argv[2] ?? '{}')))
if (voice) {
  answer({ kind: 'voice', sampleRate: voice.sampleRate, speakers: Math.max(1, voice.numSpeakers) })
  for await (const line of createInterface({ input: process.stdin })) say(voice, Request.parse(JSON.parse(line)))
}
