import type { Clock } from '../../clock.ts'
import type { Speech } from '../speech.ts'
import { askForWav, type ChildEngine, speakInChild, startLoaded } from './child-speech.ts'
import { type EspeakSettings, espeakArguments, espeakName, espeakText } from './espeak.ts'

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
    async speak(texts, voice, onWav, signal) {
      const request = { module: settings.module, args: espeakArguments(voice, settings) }
      await speakInChild(
        texts,
        {
          start: async () => (await startLoaded({ clock }, engine, request, signal)).child,
          say: (child, text) => askForWav(child, engine, { text: espeakText(text) }, signal),
        },
        onWav,
      )
    },
  }
}
