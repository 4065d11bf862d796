import { encodeWav } from '../../../audio/wav.ts'
import type { Clock } from '../../../clock.ts'
import type { Speech, VoicePart } from '../../speech.ts'
import { askForWav, type ChildEngine, speakInChild, startLoaded } from '../child-speech.ts'
import { espeakText } from '../espeak.ts'
import type { VoiceFiles } from './voice-files.ts'

/** A voice that has been loaded once, and what it turned out to be like. */
export interface SherpaVoice extends VoiceFiles {
  /** Of all its files. */
  readonly fingerprint: string
  readonly sampleRate: number
  readonly speakers: number
}

export interface SherpaSound {
  /** From 0; most voices have one speaker only. */
  readonly speaker: number
  /** Asks and talks with the first; the same again when that one is to speak alone. */
  readonly secondSpeaker: number
  /** 1 is the voice's own pace, 2 twice as fast. */
  readonly speed: number
}

/**
 * sherpa-onnx with a voice of the Piper or VITS kind, in a process of its own that lives as long as one list of texts.
 * There is one voice: whatever region a station has chosen, it is that of the settings.
 */
export function createSherpaSpeech(
  settings: SherpaSound & { readonly engine: ChildEngine; readonly version: string; readonly voice: SherpaVoice },
  { clock }: { readonly clock: Clock },
): Speech {
  const { engine, version, voice, speed } = settings
  const speakers: Readonly<Record<VoicePart, number>> = { lead: settings.speaker, second: settings.secondSpeaker }
  return {
    engine: `sherpa/${version}+${voice.fingerprint}@${speed}x`,
    voiceName: (_voice, part) => (voice.speakers > 1 ? `${voice.name}#${speakers[part]}` : voice.name),
    async speak(lines, _voice, onWav, signal) {
      await speakInChild(
        lines,
        {
          start: async () => (await startLoaded({ clock }, engine, { ...voice, module: engine.module }, signal)).child,
          say: async (child, { text, part }) => {
            // eSpeak NG finds the sounds for Piper's voices, so what it takes for notation is no text here either.
            const line = espeakText(text)
            // The add-on answers an error to what says nothing.
            if (!/[\p{L}\p{N}]/u.test(line)) return encodeWav(new Int16Array(0), voice.sampleRate)
            return await askForWav(child, engine, { text: line, speaker: speakers[part], speed }, signal)
          },
        },
        onWav,
      )
    },
  }
}
