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
  const start = async (voice: VoiceId, signal: AbortSignal): Promise<EngineChild> => {
    const request = JSON.stringify({ module: settings.module, args: espeakArguments(voice, settings) })
    const { command, args } = settings.program
    const child = startEngineChild({ clock }, { command, args: [...args, request] })
    const { header } = await child.ask('', { timeoutMs: START_TIMEOUT_MS, signal })
    if (header.kind === 'ready') return child
    await child.end()
    throw new SpeechError('missing', `the npm package ${settings.module} cannot be loaded`, {
      detail: 'message' in header ? header.message : '',
    })
  }

  return {
    engine: espeakName('espeak-ng-wasm', settings.version, settings),
    async speak(texts, voice, onWav, signal) {
      let child: EngineChild | null = null
      const say = async (text: string): Promise<Buffer> => {
        child ??= await start(voice, signal)
        const asked = child
        child = null
        const frame = await asked.ask(JSON.stringify({ text }), { timeoutMs: settings.textTimeoutMs, signal })
        child = asked
        return wavOf(frame)
      }
      try {
        for (const [index, text] of texts.entries()) {
          const line = espeakText(text)
          await onWav(index, await twice(() => say(line)))
        }
      } finally {
        await endChild(child)
      }
    },
  }
}

/** A helper, since the compiler does not see that a closure has set the variable. */
const endChild = async (child: EngineChild | null): Promise<void> => {
  await child?.end()
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
