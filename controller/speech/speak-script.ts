import type { Logger } from '../logger.ts'
import { nameOf, type Speech, type SpeechChain, SpeechError, type SpeechErrorCode, type VoiceId } from './speech.ts'
import { type SpokenSegment, synthesiseUtterances, type Utterance } from './synthesise.ts'

export interface SkippedEngine {
  readonly engine: string
  readonly reason: SpeechErrorCode
}

export interface SpokenScript {
  readonly segments: readonly SpokenSegment[]
  /** Who spoke, as in the cache keys. */
  readonly engine: string
  readonly voice: string
  /** Who should have spoken before, and why they did not. */
  readonly skipped: readonly SkippedEngine[]
  /** What was sent to engines that cost money, those that gave up in the middle included. */
  readonly sentCharacters: number
}

/**
 * Has a script spoken by the first engine that can speak all of it: a voice that changed in the middle would sound like
 * a fault. What an engine has said before it gave up stays in the cache for the next time. `first` names an engine that
 * is asked before the others, since it has spoken this script already.
 */
export async function speakScript(
  ctx: { readonly speech: SpeechChain; readonly dataDir: string; readonly log: Logger },
  input: { readonly utterances: readonly Utterance[]; readonly voice: VoiceId; readonly first?: string | null },
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<SpokenScript> {
  const { dataDir } = ctx
  const { utterances, voice } = input
  const skipped: SkippedEngine[] = []
  let sentCharacters = 0
  const onSent = (speech: Speech) => (text: string) => {
    sentCharacters += speech.meter?.count(text) ?? 0
  }
  let last: unknown
  for (const speech of inOrder(ctx.speech, input.first)) {
    try {
      const script = { utterances, voice, onSpoken: onSent(speech) }
      const segments = await synthesiseUtterances({ speech, dataDir }, script, onProgress, signal)
      return { segments, engine: speech.engine, voice: nameOf(speech, voice), skipped, sentCharacters }
    } catch (error) {
      signal.throwIfAborted()
      // A full disk is nobody's voice's fault.
      if (!(error instanceof SpeechError)) throw error
      ctx.log.warn({ err: error, engine: speech.engine, code: error.code }, 'speech engine gave up a script')
      skipped.push({ engine: speech.engine, reason: error.code })
      last = error
    }
  }
  throw last
}

const inOrder = (chain: SpeechChain, first: string | null | undefined): readonly Speech[] => [
  ...chain.filter(({ engine }) => engine === first),
  ...chain.filter(({ engine }) => engine !== first),
]
