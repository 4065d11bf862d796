import { isSpeechWav, parseWavHeader } from '../../audio/wav.ts'
import type { Clock } from '../../clock.ts'
import { SpeechError } from '../speech.ts'
import { type EngineChild, startEngineChild } from './engine-child.ts'
import type { EngineProgram } from './engine-program.ts'
import { twice } from './twice.ts'
import type { FrameHeader } from './wav-frames.ts'

/** An engine in a process of its own, which loads a package, says so, and is then asked for one text at a time. */
export interface ChildEngine {
  /** For messages. */
  readonly title: string
  /** The npm package that the program loads. */
  readonly module: string
  readonly program: EngineProgram
  /** How long one text may take before the engine is taken to be stuck. */
  readonly textTimeoutMs: number
}

/** Loading takes a quarter of a second, on a small and busy machine many times that. */
const START_TIMEOUT_MS = 60_000

/**
 * Starts the program with `request` as its argument. Resolves with what it said when it was loaded; one that does not
 * load is gone afterwards.
 */
export async function startLoaded(
  { clock }: { readonly clock: Clock },
  { program, module }: ChildEngine,
  request: object,
  signal: AbortSignal,
): Promise<{ child: EngineChild; loaded: FrameHeader }> {
  const child = startEngineChild({ clock }, { ...program, args: [...program.args, JSON.stringify(request)] })
  try {
    const { header } = await child.ask('', { timeoutMs: START_TIMEOUT_MS, signal })
    if (header.kind === 'ready' || header.kind === 'voice') return { child, loaded: header }
    const detail = 'message' in header ? header.message : ''
    const [why] = detail.split('\n')
    throw new SpeechError('missing', `the npm package ${module} cannot be loaded: ${why}`, { detail })
  } catch (error) {
    await child.end()
    throw error
  }
}

/** Speaks by a process that lives as long as the list of texts; after a crash another one goes on. */
export async function speakInChild<T>(
  texts: readonly T[],
  { start, say }: { start: () => Promise<EngineChild>; say: (child: EngineChild, text: T) => Promise<Buffer> },
  onWav: (index: number, wav: Buffer) => Promise<void>,
): Promise<void> {
  const running: { child: EngineChild | null } = { child: null }
  const stop = async (): Promise<void> => {
    await running.child?.end()
    running.child = null
  }
  try {
    for (const [index, text] of texts.entries()) {
      const wav = await twice(async () => {
        running.child ??= await start()
        return say(running.child, text)
      }, stop)
      await onWav(index, wav)
    }
  } finally {
    await stop()
  }
}

/** One question to a loaded engine, and the WAV that it answers. */
export async function askForWav(
  child: EngineChild,
  { title, textTimeoutMs }: ChildEngine,
  request: object,
  signal: AbortSignal,
): Promise<Buffer> {
  const { header, body } = await child.ask(JSON.stringify(request), { timeoutMs: textTimeoutMs, signal })
  if (header.kind === 'refused') throw new SpeechError('refused', `${title} declined a text: ${header.message}`)
  const wav = header.kind === 'wav' ? parseWavHeader(body) : null
  if (!wav || !isSpeechWav(wav)) throw new SpeechError('crashed', `${title} did not answer with a WAV`)
  return body
}
