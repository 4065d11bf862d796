import { basename } from 'node:path'
import type { Command } from 'commander'
import { systemClock as clock } from '../clock.ts'
import { type Config, ConfigError, readConfig } from '../config.ts'
import { migrate, openDatabase } from '../db/open.ts'
import { randomFraction } from '../ids.ts'
import { createLogger, type Logger } from '../logger.ts'
import { createSpeechBudget } from '../speech/budget.ts'
import { createSpeechChain, disposeChain } from '../speech/engines/chain.ts'
import { createGoogleClient } from '../speech/engines/google/client.ts'
import { createVoiceList, type GoogleVoice } from '../speech/engines/google/voices.ts'
import { openSherpa } from '../speech/engines/sherpa/open.ts'
import type { SherpaVoice } from '../speech/engines/sherpa/sherpa.ts'
import type { SpeechChain } from '../speech/speech.ts'

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

/** Google's Vietnamese voices, as its service lists them now. Costs nothing. */
async function listGoogleVoices({ speech }: Config): Promise<readonly GoogleVoice[]> {
  if (!speech.google) throw new ConfigError('LOA_SPEECH_ENGINES: google is not among the engines')
  await using client = createGoogleClient(speech.google)
  return await createVoiceList({ client, clock })(AbortSignal.timeout(30_000))
}

/** The voice of the settings, or what is wrong with it. */
export async function findGoogleVoice(config: Config): Promise<string> {
  const name = config.speech.google?.voice
  const found = (await listGoogleVoices(config)).find((voice) => voice.name === name)
  if (!found) throw new Error(`Google không có giọng ${name}`)
  return found.name
}

/** The voice of sherpa-onnx, loaded to see that it can be. */
export async function loadSherpaVoice({ speech }: Config): Promise<SherpaVoice> {
  if (!speech.sherpa) throw new ConfigError('LOA_SPEECH_ENGINES: sherpa is not among the engines')
  return (await openSherpa(speech.sherpa, { clock })).voice
}

async function listSherpaVoices(config: Config): Promise<readonly object[]> {
  const { name, folder, model, sampleRate, speakers } = await loadSherpaVoice(config)
  return [{ name, folder, model: basename(model), sampleRate, speakers, speaker: config.speech.sherpa?.speaker }]
}

const LISTS = { google: listGoogleVoices, sherpa: listSherpaVoices } as const

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
