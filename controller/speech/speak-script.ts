import type { Logger } from '../logger.ts'
import { castScript } from './cast.ts'
import {
  type Line,
  type Speech,
  type SpeechChain,
  SpeechError,
  type SpeechErrorCode,
  type VoiceId,
  voicesOf,
} from './speech.ts'
import { type SpokenSegment, synthesiseUtterances } from './synthesise.ts'

export interface SkippedEngine {
  readonly engine: string
  readonly reason: SpeechErrorCode
}

export interface SpokenScript {
  readonly segments: readonly SpokenSegment[]
  /** Who spoke, as in the cache keys. */
  readonly engine: string
  readonly voice: string
  /** The other voice, where a script has two. */
  readonly second: string | null
  /** Who should have spoken before, and why they did not. */
  readonly skipped: readonly SkippedEngine[]
}

export interface ScriptUtterance {
  readonly spoken: string
  /** Whose words they are: narrator, question, answer, or a character of a skit. */
  readonly turn: string
  readonly pauseAfterMs: number
}

export interface Script {
  readonly utterances: readonly ScriptUtterance[]
  readonly voice: VoiceId
  /** An engine that is asked before the others, since it has spoken this script already. */
  readonly first?: string | null
  /** Told what was sent to engines that cost money, sentence by sentence; what comes to nothing has been paid for too. */
  readonly onSent?: (characters: number) => void | Promise<void>
}

/**
 * Has a script spoken by the first engine that can speak all of it, in two voices where people talk with each other: a
 * voice that changed in the middle of anybody's words would sound like a fault. What an engine has said before it gave up stays in the cache for the next time.
 * When nobody can, the reason that is likeliest to pass is thrown.
 */
export async function speakScript(
  ctx: { readonly speech: SpeechChain; readonly dataDir: string; readonly log: Logger },
  input: Script,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<SpokenScript> {
  const { dataDir } = ctx
  const { voice } = input
  const skipped: SkippedEngine[] = []
  const errors: SpeechError[] = []
  for (const speech of inOrder(ctx.speech, input.first)) {
    const voices = voicesOf(speech, voice)
    const utterances = castScript(input.utterances, voices)
    try {
      const onSpoken = ({ text, part }: Line) => input.onSent?.(speech.meter?.[part].count(text) ?? 0)
      const script = { utterances, voice, onSpoken }
      const segments = await synthesiseUtterances({ speech, dataDir }, script, onProgress, signal)
      const second = utterances.some(({ part }) => part === 'second') ? voices.second.name : null
      return { segments, engine: speech.engine, voice: voices.lead.name, second, skipped }
    } catch (error) {
      signal.throwIfAborted()
      // A full disk is nobody's voice's fault.
      if (!(error instanceof SpeechError)) throw error
      ctx.log.warn({ err: error, engine: speech.engine, code: error.code }, 'speech engine gave up a script')
      skipped.push({ engine: speech.engine, reason: error.code })
      errors.push(error)
    }
  }
  throw errors.find((error) => error.isPassing) ?? errors.at(-1)
}

const inOrder = (chain: SpeechChain, first: string | null | undefined): readonly Speech[] => [
  ...chain.filter(({ engine }) => engine === first),
  ...chain.filter(({ engine }) => engine !== first),
]
