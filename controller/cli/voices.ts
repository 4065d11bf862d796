import { basename } from 'node:path'
import type { Command } from 'commander'
import { systemClock as clock } from '../clock.ts'
import { type Config, ConfigError, readConfig } from '../config.ts'
import { migrate, openDatabase } from '../db/open.ts'
import { randomFraction } from '../ids.ts'
import { createLogger, type Logger } from '../logger.ts'
import { createSpeechBudget } from '../speech/budget.ts'
import { createSpeechChain, disposeChain, type GoogleSettings } from '../speech/engines/chain.ts'
import { createGoogleClient } from '../speech/engines/google/client.ts'
import { createVoiceList, type GoogleVoice } from '../speech/engines/google/voices.ts'
import { openSherpa } from '../speech/engines/sherpa/open.ts'
import type { SherpaVoice } from '../speech/engines/sherpa/sherpa.ts'
import type { SpeechChain, VoicePart } from '../speech/speech.ts'

/** The engines of the settings; the database too when one of them has a budget. */
export async function openVoices(config: Config): Promise<AsyncDisposable & { chain: SpeechChain; log: Logger }> {
  const database = config.speech.google ? openDatabase(config.database) : null
  const log = createLogger('warn', 'stderr')
  if (database) await migrate(database)
  const chain = await createSpeechChain(config.speech, {
    clock,
    log,
    random: randomFraction,
    budget: (settings) => {
      if (!database) throw new Error('an engine with a budget needs the database')
      return createSpeechBudget(settings, { db: database.db, clock, log })
    },
  })
  return {
    chain,
    log,
    [Symbol.asyncDispose]: async () => {
      await disposeChain(chain)
      await database?.db.destroy()
    },
  }
}

function googleOf({ speech }: Config): GoogleSettings {
  if (!speech.google) throw new ConfigError('LOA_SPEECH_ENGINES: google is not among the engines')
  return speech.google
}

/** Google's Vietnamese voices, as its service lists them now. Costs nothing. */
async function listGoogleVoices(google: GoogleSettings): Promise<readonly GoogleVoice[]> {
  await using client = createGoogleClient(google)
  return await createVoiceList({ client, clock })(AbortSignal.timeout(30_000))
}

/** The voices of the settings, or what is wrong with them. */
export async function findGoogleVoices(config: Config): Promise<string[]> {
  const google = googleOf(config)
  const listed = await listGoogleVoices(google)
  const wanted = [...new Set([google.voice, google.second.voice])]
  const missing = wanted.find((name) => !listed.some((voice) => voice.name === name))
  if (missing) throw new Error(`Google không có giọng ${missing}`)
  return wanted
}

/** The voice of sherpa-onnx, loaded to see that it can be. */
export async function loadSherpaVoice({ speech }: Config): Promise<SherpaVoice> {
  if (!speech.sherpa) throw new ConfigError('LOA_SPEECH_ENGINES: sherpa is not among the engines')
  return (await openSherpa(speech.sherpa, { clock })).voice
}

async function listSherpaVoices(config: Config): Promise<readonly object[]> {
  const { name, folder, model, sampleRate, speakers } = await loadSherpaVoice(config)
  const { speaker, secondSpeaker } = config.speech.sherpa ?? {}
  return [{ name, folder, model: basename(model), sampleRate, speakers, speaker, secondSpeaker }]
}

/** Each voice with the part that the settings give it; null: none. */
export const withParts = (
  voices: readonly GoogleVoice[],
  { voice, second }: Pick<GoogleSettings, 'voice' | 'second'>,
): readonly (GoogleVoice & { readonly part: VoicePart | null })[] =>
  voices.map((each) => ({
    ...each,
    part: each.name === voice ? 'lead' : each.name === second.voice ? 'second' : null,
  }))

const LISTS = {
  google: async (config: Config) => withParts(await listGoogleVoices(googleOf(config)), googleOf(config)),
  sherpa: listSherpaVoices,
} as const

export function addVoicesCommand(speech: Command): void {
  speech
    .command('voices')
    .description('liệt kê giọng tiếng Việt của Google và giọng sherpa-onnx trong cài đặt (JSON)')
    .action(async () => {
      const config = readConfig()
      const listed = config.speech.engines.filter((engine) => engine === 'google' || engine === 'sherpa')
      if (listed.length === 0) throw new ConfigError('LOA_SPEECH_ENGINES: neither google nor sherpa is among them')
      const voices: object[] = []
      for (const engine of listed) {
        try {
          for (const voice of await LISTS[engine](config)) voices.push({ engine, ...voice })
        } catch (err) {
          voices.push({ engine, problem: err instanceof Error ? err.message : String(err) })
          process.exitCode = 1
        }
      }
      console.log(JSON.stringify(voices, null, 2))
    })
}
