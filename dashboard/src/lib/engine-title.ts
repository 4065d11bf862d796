const TITLES: Readonly<Record<string, string>> = {
  google: 'Google',
  sherpa: 'sherpa-onnx',
  'espeak-ng': 'eSpeak NG',
  'espeak-ng-wasm': 'eSpeak NG',
}

/** What people call a speech engine. */
export const engineTitle = (engine: string): string => TITLES[engine] ?? engine
