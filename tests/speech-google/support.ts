import { pino } from 'pino'
import type { Clock } from '../../controller/clock.ts'
import { type Database, migrate, openDatabase } from '../../controller/db/open.ts'
import * as budgetStore from '../../controller/speech/budget.store.ts'
import { billingMonth, createSpeechBudget, type SpeechBudget } from '../../controller/speech/budget.ts'
import { createGoogleClient } from '../../controller/speech/engines/google/client.ts'
import type { GoogleFamily } from '../../controller/speech/engines/google/families.ts'
import { createGoogleSpeech, type GoogleSpeechSettings } from '../../controller/speech/engines/google/google.ts'
import { createVoiceList } from '../../controller/speech/engines/google/voices.ts'
import type { Speech } from '../../controller/speech/speech.ts'
import { FRESH } from '../support/audio.ts'
import { type GoogleTtsServer, plainChannel, startGoogleTts } from '../support/google-tts-server.ts'
import { leadLines } from '../support/voices.ts'

/** Waits take no time and are written down. */
export class RecordingClock implements Clock {
  readonly slept: number[] = []
  #now = Date.UTC(2026, 10, 20)
  now = (): number => this.#now
  sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
    signal?.throwIfAborted()
    this.slept.push(ms)
    this.#now += ms
  }
}

export interface GoogleBench extends AsyncDisposable {
  readonly server: GoogleTtsServer
  readonly speech: Speech
  readonly budget: SpeechBudget
  readonly clock: RecordingClock
  /** Another engine on the same server, clock and database. */
  engine(settings: Partial<GoogleSpeechSettings>): Speech
  /** What the engine hands over before it ends, and how it ends. */
  attempt(texts: readonly string[], signal?: AbortSignal): Promise<{ heard: Buffer[]; error: unknown }>
  /** Characters of a family that are counted in this month. */
  used(family?: GoogleFamily): Promise<number>
}

export const NEURAL2 = {
  voice: 'vi-VN-Neural2-A',
  family: 'neural2',
  second: { voice: 'vi-VN-Neural2-D', family: 'neural2' },
  speakingRate: 0.95,
  timeoutMs: 2_000,
} as const

/** The engine with the real client, before a server of its own in this process. */
export async function startGoogleBench(options: { limit?: number; timeoutMs?: number } = {}): Promise<GoogleBench> {
  const server = await startGoogleTts()
  const clock = new RecordingClock()
  const database = await emptyDatabase()
  const log = pino({ level: 'silent' })
  const limit = options.limit ?? 1_000_000
  const limits = { standard: limit, wavenet: limit, neural2: limit, 'chirp3-hd': limit }
  const budget = createSpeechBudget({ limits, warnAt: 0.8 }, { db: database.db, clock, log })
  const client = createGoogleClient({ credentialsFile: '', endpoint: server.endpoint }, plainChannel())
  const listVoices = createVoiceList({ client, clock })
  const settings: GoogleSpeechSettings = { ...NEURAL2, timeoutMs: options.timeoutMs ?? NEURAL2.timeoutMs }
  const engine = (set: Partial<GoogleSpeechSettings>): Speech =>
    createGoogleSpeech({ ...settings, ...set }, { client, listVoices, budget, clock, random: () => 0.5 })
  const speech = engine({})
  return {
    server,
    speech,
    budget,
    clock,
    engine,
    attempt: async (texts, signal = FRESH()) => {
      const heard: Buffer[] = []
      const take = async (index: number, wav: Buffer): Promise<void> => {
        heard[index] = wav
      }
      const error: unknown = await speech.speak(leadLines(...texts), 'vi-north', take, signal).then(
        () => null,
        (e: unknown) => e,
      )
      return { heard, error }
    },
    used: (family = 'neural2') => budgetStore.usedIn(database.db, { month: billingMonth(clock.now()), family }),
    [Symbol.asyncDispose]: async () => {
      await client[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
      await database.db.destroy()
    },
  }
}

export async function emptyDatabase(): Promise<Database> {
  const database = openDatabase({ kind: 'sqlite', file: ':memory:' })
  await migrate(database)
  return database
}
