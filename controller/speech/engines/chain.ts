import type { Clock } from '../../clock.ts'
import type { Logger } from '../../logger.ts'
import { SECOND } from '../../units.ts'
import type { BudgetSettings, SpeechBudget } from '../budget.ts'
import { type Speech, type SpeechChain, SpeechError } from '../speech.ts'
import { chooseEspeak } from './choose.ts'
import { createGoogleClient, type GoogleConnection } from './google/client.ts'
import { createGoogleSpeech, type GoogleSpeechSettings } from './google/google.ts'
import { createVoiceList } from './google/voices.ts'
import { openSherpa, type SherpaSettings } from './sherpa/open.ts'

/** `espeak` is the installed eSpeak NG, else the npm package. */
export const ENGINE_NAMES = ['google', 'sherpa', 'espeak', 'espeak-native', 'espeak-wasm'] as const
export type EngineName = (typeof ENGINE_NAMES)[number]

export type GoogleSettings = GoogleConnection & Omit<GoogleSpeechSettings, 'timeoutMs'> & BudgetSettings

/** A sentence takes Google a second, with the largest voices a few. */
const GOOGLE_TIMEOUT_MS = 20 * SECOND

export interface ChainSettings {
  /** In the order in which they are tried. */
  readonly engines: readonly EngineName[]
  /** Null unless `google` is among them. */
  readonly google: GoogleSettings | null
  /** Null unless `sherpa` is among them. */
  readonly sherpa: SherpaSettings | null
}

interface Needs {
  readonly clock: Clock
  readonly log: Logger
  readonly random: () => number
  readonly budget: (settings: BudgetSettings) => SpeechBudget
}

/** The engines of the settings. One that is not installed is left out and told of; with none at all nobody can speak. */
export async function createSpeechChain(settings: ChainSettings, ctx: Needs): Promise<SpeechChain> {
  const engines: Speech[] = []
  let missing: SpeechError | null = null
  for (const name of settings.engines) {
    try {
      engines.push(await createEngine(name, settings, ctx))
    } catch (error) {
      if (!(error instanceof SpeechError)) throw error
      ctx.log.warn({ err: error, engine: name }, 'speech engine left out')
      missing = error
    }
  }
  const [first, ...others] = engines
  if (!first) throw missing ?? new SpeechError('missing', 'no speech engine is configured')
  return [first, ...others]
}

async function createEngine(name: EngineName, { google, sherpa }: ChainSettings, ctx: Needs): Promise<Speech> {
  if (name === 'google') {
    if (!google) throw new SpeechError('missing', 'Google is not configured')
    const client = createGoogleClient(google)
    const listVoices = createVoiceList({ client, clock: ctx.clock })
    return createGoogleSpeech(
      { ...google, timeoutMs: GOOGLE_TIMEOUT_MS },
      { ...ctx, client, listVoices, budget: ctx.budget(google) },
    )
  }
  if (name === 'sherpa') {
    if (!sherpa) throw new SpeechError('missing', 'sherpa-onnx is not configured')
    return (await openSherpa(sherpa, ctx)).speech
  }
  return await chooseEspeak({ engine: name === 'espeak' ? 'auto' : name }, ctx)
}

export async function disposeChain(chain: SpeechChain): Promise<void> {
  for (const speech of chain) await speech[Symbol.asyncDispose]?.()
}
