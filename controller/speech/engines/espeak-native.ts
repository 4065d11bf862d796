import { encodeWav, isSpeechWav, parseWavHeader, wavSamples } from '../../audio/wav.ts'
import type { Clock } from '../../clock.ts'
import { type Speech, SpeechError } from '../speech.ts'
import { ESPEAK_CAST, type EspeakSettings, espeakArguments, espeakName, espeakText } from './espeak.ts'
import { runProgram } from './run-program.ts'
import { twice } from './twice.ts'

/** Of all its own voices. */
const SAMPLE_RATE = 22_050

/** The installed eSpeak NG: one process for each text, which takes about 10 ms and leaves nothing behind. */
export function createEspeakNative(
  settings: EspeakSettings & { readonly command: string; readonly version: string },
  { clock }: { readonly clock: Clock },
): Speech {
  return {
    engine: espeakName('espeak-ng', settings.version, settings),
    ...ESPEAK_CAST,
    async speak(lines, voice, onWav, signal) {
      for (const [index, { text, part }] of lines.entries()) {
        const args = [...espeakArguments(voice, part, settings), '--stdin', '--stdout']
        const program = { command: settings.command, args, input: espeakText(text) }
        const limits = { timeoutMs: settings.textTimeoutMs, signal }
        await onWav(index, await twice(async () => completeWav(await runProgram({ clock }, program, limits))))
      }
    },
  }
}

/** On a pipe, eSpeak NG announces a length that it cannot know; the header is written anew. Of nothing, it says nothing. */
function completeWav(piped: Buffer): Buffer {
  if (piped.length === 0) return encodeWav(new Int16Array(0), SAMPLE_RATE)
  const header = parseWavHeader(piped)
  if (!header || !isSpeechWav(header)) throw new SpeechError('crashed', 'eSpeak NG did not answer with a WAV')
  return encodeWav(wavSamples(piped, header), header.sampleRate)
}

/** What `espeak-ng --version` says, or null when it does not run. */
export async function espeakNativeVersion(
  { clock }: { readonly clock: Clock },
  command: string,
): Promise<string | null> {
  try {
    const output = await runProgram(
      { clock },
      { command, args: ['--version'], input: '' },
      { timeoutMs: 10_000, signal: new AbortController().signal },
    )
    return /eSpeak NG text-to-speech: (\S+)/.exec(output.toString('utf8'))?.[1] ?? null
  } catch {
    return null
  }
}
