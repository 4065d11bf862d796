import type { Clock } from '../../clock.ts'
import type { Speech } from '../speech.ts'
import { askForWav, type ChildEngine, speakInChild, startLoaded } from './child-speech.ts'
import { ESPEAK_CAST, type EspeakSettings, espeakArguments, espeakName, espeakText } from './espeak.ts'

export type EspeakWasmSettings = EspeakSettings &
  Pick<ChildEngine, 'module' | 'program'> & {
    /** Of the npm package. */
    readonly version: string
  }

/** eSpeak NG as WebAssembly, in a process of its own that lives as long as one list of texts. */
export function createEspeakWasm(settings: EspeakWasmSettings, { clock }: { readonly clock: Clock }): Speech {
  const engine: ChildEngine = { ...settings, title: 'eSpeak NG' }
  return {
    engine: espeakName('espeak-ng-wasm', settings.version, settings),
    ...ESPEAK_CAST,
    async speak(lines, voice, onWav, signal) {
      await speakInChild(
        lines,
        {
          start: async () => (await startLoaded({ clock }, engine, { module: settings.module }, signal)).child,
          say: (child, { text, part }) => {
            const request = { text: espeakText(text), args: espeakArguments(voice, part, settings) }
            return askForWav(child, engine, request, signal)
          },
        },
        onWav,
      )
    },
  }
}
