import type { Clock } from '../../clock.ts'
import { type Speech, SpeechError } from '../speech.ts'
import { engineProgram } from './engine-program.ts'
import { ESPEAK_DEFAULTS } from './espeak.ts'
import { createEspeakNative, espeakNativeVersion } from './espeak-native.ts'
import { createEspeakWasm } from './espeak-wasm.ts'
import { packageVersion } from './package-version.ts'

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
  const version = await packageVersion(PACKAGE)
  if (version !== null) {
    const program = engineProgram('espeak-wasm-program')
    return createEspeakWasm({ ...ESPEAK_DEFAULTS, module: PACKAGE, version, program }, deps)
  }
  throw new SpeechError('missing', `no voice: install the program ${COMMAND} or the npm package ${PACKAGE}`)
}
