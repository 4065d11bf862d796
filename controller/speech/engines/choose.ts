import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { z } from 'zod'
import type { Clock } from '../../clock.ts'
import { type Speech, SpeechError } from '../speech.ts'
import { ESPEAK_DEFAULTS } from './espeak.ts'
import { createEspeakNative, espeakNativeVersion } from './espeak-native.ts'
import { createEspeakWasm, espeakWasmProgram } from './espeak-wasm.ts'

const COMMAND = 'espeak-ng'
const PACKAGE = 'espeak-ng'

/** The installed eSpeak NG if it runs, else the npm package; or the one that the settings insist on. */
export async function chooseEspeak(
  settings: { readonly engine: 'auto' | 'espeak-native' | 'espeak-wasm' },
  deps: { readonly clock: Clock },
): Promise<Speech> {
  if (settings.engine !== 'espeak-wasm') {
    const version = await espeakNativeVersion(deps, COMMAND)
    if (version !== null) return createEspeakNative({ ...ESPEAK_DEFAULTS, command: COMMAND, version }, deps)
    if (settings.engine === 'espeak-native') throw new SpeechError('missing', `${COMMAND} is not installed`)
  }
  const version = await packageVersion()
  if (version !== null) {
    return createEspeakWasm({ ...ESPEAK_DEFAULTS, module: PACKAGE, version, program: espeakWasmProgram() }, deps)
  }
  throw new SpeechError('missing', `no voice: install the program ${COMMAND} or the npm package ${PACKAGE}`)
}

/** Null when the optional dependency was left out. Only looks at it: its code is never loaded here. */
async function packageVersion(): Promise<string | null> {
  try {
    const file = createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`)
    return z.object({ version: z.string() }).parse(JSON.parse(await readFile(file, 'utf8'))).version
  } catch {
    return null
  }
}
