import type { Clock } from '../../../clock.ts'
import { MINUTE } from '../../../units.ts'
import { type Speech, SpeechError } from '../../speech.ts'
import { type ChildEngine, startLoaded } from '../child-speech.ts'
import { engineProgram } from '../engine-program.ts'
import { packageVersion } from '../package-version.ts'
import { twice } from '../twice.ts'
import { createSherpaSpeech, type SherpaSound, type SherpaVoice } from './sherpa.ts'
import { findVoiceFiles, fingerprintOf, type VoiceFiles } from './voice-files.ts'

export interface SherpaSettings extends SherpaSound {
  /** A folder as sherpa-onnx publishes its voices. */
  readonly voiceDir: string
}

/** A text is half a minute of speech at most, and the slowest machine that can do this work speaks as fast as a person. */
const TEXT_TIMEOUT_MS = 2 * MINUTE

const sherpaEngine = (): ChildEngine => ({
  title: 'sherpa-onnx',
  module: 'sherpa-onnx-node',
  program: engineProgram('sherpa/sherpa-program'),
  textTimeoutMs: TEXT_TIMEOUT_MS,
})

/**
 * The engine with the voice of the settings. Loads it once, so that what is missing is known at start and not at the
 * first bulletin. Rejects with `SpeechError`: `missing` (folder, files, package, or a model that cannot be loaded), or
 * `voice` when it has no such speaker.
 */
export async function openSherpa(
  { voiceDir, ...sound }: SherpaSettings,
  { clock }: { readonly clock: Clock },
  engine: ChildEngine = sherpaEngine(),
): Promise<{ speech: Speech; voice: SherpaVoice }> {
  const version = await packageVersion(engine.module)
  if (version === null) {
    throw new SpeechError('missing', `the npm package ${engine.module} is not installed: npm install ${engine.module}`)
  }
  const files = await findVoiceFiles(voiceDir)
  const fingerprint = await fingerprintOf(files)
  const voice: SherpaVoice = { ...files, fingerprint, ...(await tryOut({ clock }, engine, files)) }
  const speaker = Math.max(sound.speaker, sound.secondSpeaker)
  if (speaker >= voice.speakers) {
    const known = voice.speakers === 1 ? 'one speaker, number 0' : `speakers 0 to ${voice.speakers - 1}`
    throw new SpeechError('voice', `the voice ${voice.name} has ${known}: there is no speaker ${speaker}`)
  }
  return { speech: createSherpaSpeech({ engine, version, voice, ...sound }, { clock }), voice }
}

/** Loads a voice and lets it go again. */
async function tryOut(
  { clock }: { readonly clock: Clock },
  engine: ChildEngine,
  files: VoiceFiles,
): Promise<Pick<SherpaVoice, 'sampleRate' | 'speakers'>> {
  const request = { ...files, module: engine.module }
  const { signal } = new AbortController()
  try {
    const { child, loaded } = await twice(() => startLoaded({ clock }, engine, request, signal))
    await child.end()
    if (loaded.kind !== 'voice') throw new SpeechError('crashed', 'the program did not say what the voice is like')
    return { sampleRate: loaded.sampleRate, speakers: loaded.speakers }
  } catch (error) {
    if (!(error instanceof SpeechError && error.code === 'crashed')) throw error
    const { detail } = error
    const why = detail.replace(/\s*\n\s*/g, '; ') || error.message
    throw new SpeechError('missing', `the voice in ${files.folder} cannot be loaded: ${why}`, { detail, cause: error })
  }
}
