import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { isSpeechWav, parseWavHeader } from '../../audio/wav.ts'
import type { Clock } from '../../clock.ts'
import { type Speech, SpeechError, type VoiceId } from '../speech.ts'
import { type EngineChild, startEngineChild } from './engine-child.ts'
import { type EspeakSettings, espeakArguments, espeakName, espeakText } from './espeak.ts'
import { twice } from './twice.ts'
import type { Frame } from './wav-frames.ts'

export interface EspeakWasmSettings extends EspeakSettings {
  /** The npm package, or another that is built alike. */
  readonly module: string
  readonly version: string
  /** How to start the program that speaks, before its arguments. */
  readonly program: { readonly command: string; readonly args: readonly string[] }
}

/** Loading takes a quarter of a second, on a small and busy machine many times that. */
const START_TIMEOUT_MS = 60_000

/** eSpeak NG as WebAssembly, in a process of its own that lives as long as one list of texts. */
export function createEspeakWasm(settings: EspeakWasmSettings, { clock }: { readonly clock: Clock }): Speech {
  const start = (voice: VoiceId): EngineChild => {
    const request = JSON.stringify({ module: settings.module, args: espeakArguments(voice, settings) })
    const { command, args } = settings.program
    return startEngineChild({ clock }, { command, args: [...args, request] })
  }

  /** The first frame says whether the engine could be loaded. */
  const awaitReady = async (child: EngineChild, signal: AbortSignal): Promise<void> => {
    const { header } = await child.ask('', { timeoutMs: START_TIMEOUT_MS, signal })
    if (header.kind === 'ready') return
    const detail = 'message' in header ? header.message : ''
    throw new SpeechError('missing', `the npm package ${settings.module} cannot be loaded`, { detail })
  }

  return {
    engine: espeakName('espeak-ng-wasm', settings.version, settings),
    async speak(texts, voice, onWav, signal) {
      const running: { child: EngineChild | null } = { child: null }
      const say = async (text: string): Promise<Buffer> => {
        if (!running.child) {
          running.child = start(voice)
          await awaitReady(running.child, signal)
        }
        const limits = { timeoutMs: settings.textTimeoutMs, signal }
        return wavOf(await running.child.ask(JSON.stringify({ text }), limits))
      }
      const stop = async (): Promise<void> => {
        await running.child?.end()
        running.child = null
      }
      try {
        for (const [index, text] of texts.entries()) {
          const line = espeakText(text)
          await onWav(index, await twice(() => say(line), stop))
        }
      } finally {
        await stop()
      }
    },
  }
}

function wavOf({ header, body }: Frame): Buffer {
  if (header.kind === 'refused') throw new SpeechError('refused', `eSpeak NG declined a text: ${header.message}`)
  const wav = header.kind === 'wav' ? parseWavHeader(body) : null
  if (!wav || !isSpeechWav(wav)) throw new SpeechError('crashed', 'eSpeak NG did not answer with a WAV')
  return body
}

/** The program beside this file: TypeScript sources need their loader, compiled JavaScript needs none. */
export function espeakWasmProgram(): EspeakWasmSettings['program'] {
  const isSource = import.meta.url.endsWith('.ts')
  const file = fileURLToPath(new URL(`./espeak-wasm-program.${isSource ? 'ts' : 'js'}`, import.meta.url))
  const loader = isSource ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href] : []
  return { command: process.execPath, args: [...loader, file] }
}
