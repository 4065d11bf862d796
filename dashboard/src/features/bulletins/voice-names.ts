const ENGINES: Readonly<Record<string, string>> = {
  google: 'Google',
  sherpa: 'sherpa-onnx',
  'espeak-ng': 'eSpeak NG',
  'espeak-ng-wasm': 'eSpeak NG',
}

export const engineTitle = (engine: string): string => ENGINES[engine] ?? engine

const OWN_VOICES = ['vi-north', 'vi-central', 'vi-south'] as const

/** One of the voices that a station chooses from, for engines that call them so too. */
export const ownVoice = (name: string): (typeof OWN_VOICES)[number] | null =>
  OWN_VOICES.find((own) => own === name) ?? null
