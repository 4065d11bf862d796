import type { SpeechChain } from './speech.ts'

/** An engine without version and settings: `google` of `google/v1@0.9x24000`. */
export const engineKind = (engine: string): string => engine.split('/')[0] ?? engine

/** What stations call an engine. eSpeak NG has one name, so that a choice outlives the program that speaks it. */
export function engineName(engine: string): string {
  const kind = engineKind(engine)
  return kind === 'espeak-ng-wasm' ? 'espeak-ng' : kind
}

/** All that stations can choose from, in the order of the installation. */
export const engineNames = (chain: SpeechChain): string[] => [...new Set(chain.map(({ engine }) => engineName(engine)))]

const TITLES: Readonly<Record<string, string>> = {
  google: 'Google',
  sherpa: 'sherpa-onnx',
  'espeak-ng': 'eSpeak NG',
  'espeak-ng-wasm': 'eSpeak NG (WebAssembly)',
}

/** For people. */
export const engineTitle = (engine: string): string => TITLES[engineKind(engine)] ?? engineKind(engine)
