import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { Relay } from '#protocol/http/relays.ts'
import { Codec } from '#protocol/messages.ts'
import type { QuietHours } from '#protocol/rules/quiet-hours.ts'
import type { DatabaseSettings } from './db/open.ts'
import type { LogLevel } from './logger.ts'
import { type ChainSettings, ENGINE_NAMES } from './speech/engines/chain.ts'
import { counterpartOf } from './speech/engines/google/counterpart.ts'
import { familyOf } from './speech/engines/google/families.ts'
import { DAY, HOUR, SECOND } from './units.ts'

export interface Config {
  readonly dataDir: string
  readonly logLevel: LogLevel
  /** Secrets given from outside; null: made at first start and kept in the data folder. */
  readonly secrets: { readonly master: string | null; readonly signingKey: string | null }
  readonly database: DatabaseSettings
  readonly http: { readonly host: string; readonly port: number; readonly publicUrl: string | null }
  readonly mqtt:
    | { readonly kind: 'embedded'; readonly host: string; readonly port: number; readonly publicUrl: string | null }
    | {
        readonly kind: 'mosquitto'
        readonly url: string
        /** The broker's address as clusters see it. */
        readonly publicUrl: string
        /** May use the dynamic-security plugin; makes the accounts of controller and clusters. */
        readonly admin: { readonly username: string; readonly password: string }
      }
  readonly speech: ChainSettings
  readonly ffmpegPath: string | null
  readonly source: { readonly name: string; readonly url: string; readonly token: string } | null
  readonly ledgerGraceMs: number
  /** How long before its start nothing is added to a session any more: clusters still have to fetch its audio. */
  readonly leadMs: number
  readonly inbox: {
    /** How long a commune may leave a bulletin that has come to it. */
    readonly deadlineMs: { readonly ordinary: number; readonly priority: number }
    /** A priority bulletin that no session within this time can take is reported. */
    readonly lookAheadMs: number
  }
  /** How long audio that nothing names any more is kept. */
  readonly keepUnusedAudioMs: number
  /** The streams that stations may relay, and no others. */
  readonly relays: readonly {
    readonly name: string
    readonly title: string
    readonly url: string
    readonly codec: Codec
  }[]
  /** Local civil times between which no account lets anything sound but an emergency. */
  readonly night: QuietHours
  /** What spoken sentences may take on the disk. */
  readonly speechCacheBytes: number
}

const Port = z.coerce.number().int().min(0).max(65_535)
const Url = z.url()
/** Browsers compare origins, and media addresses are built on it: a path behind it would break both. */
const Origin = z
  .url({ protocol: /^https?$/ })
  .refine((text) => URL.canParse(text) && new URL(text).pathname === '/', 'must have no path')

/** In the order in which they are tried; `auto` is what `espeak` was called. */
const Engines = z
  .string()
  .transform((text) => text.split(',').map((name) => (name.trim() === 'auto' ? 'espeak' : name.trim())))
  .pipe(z.array(z.enum(ENGINE_NAMES)).min(1))
  .refine((names) => new Set(names).size === names.length, 'names an engine twice')
const GoogleVoice = z.string().transform((voice, ctx) => {
  const family = familyOf(voice)
  if (family) return { voice, family }
  ctx.issues.push({ code: 'custom', message: 'must be a vi-VN voice of a known family', input: voice })
  return z.NEVER
})
const Endpoint = z
  .string()
  .regex(/^[\w.-]+(:\d+)?$/, 'must be host or host:port')
  .optional()
/** Clusters ask for it themselves: nothing in it may be a secret, and nothing but the web is asked. */
const StreamUrl = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .refine((text) => {
    const url = URL.canParse(text) ? new URL(text) : null
    return url !== null && url.username === '' && url.password === '' && url.hash === ''
  }, 'must have no account and no fragment')
const Relays = z
  .string()
  .transform((text, ctx) => {
    try {
      return JSON.parse(text)
    } catch {
      ctx.issues.push({ code: 'custom', message: 'must be JSON', input: text })
      return z.NEVER
    }
  })
  .pipe(z.array(z.strictObject({ ...Relay.shape, url: StreamUrl, codec: Codec.default('mp3') })).max(50))
  .refine((relays) => new Set(relays.map(({ name }) => name)).size === relays.length, 'names a stream twice')
/** `23:00-04:00` */
const Night = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, 'must be two times of day, as 23:00-04:00')
  .transform((text) => ({ from: text.slice(0, 5), to: text.slice(6) }))
  .refine(({ from, to }) => from !== to, 'must not begin and end at once: there is always a night')
const Characters = z.coerce.number().int().min(0)

/** Every variable that the controller reads; `.env.example` explains them. */
const Environment = z.object({
  LOA_DATA_DIR: z.string().min(1).default('data'),
  LOA_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  LOA_SECRET: z.string().min(32, 'needs at least 32 characters').optional(),
  LOA_SIGNING_KEY: z.string().optional(),
  LOA_DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgres://')
    .optional(),
  LOA_HTTP_HOST: z.string().min(1).default('127.0.0.1'),
  LOA_HTTP_PORT: Port.default(8080),
  LOA_PUBLIC_URL: Origin.optional(),
  LOA_MQTT: z.enum(['embedded', 'mosquitto']).default('embedded'),
  LOA_MQTT_HOST: z.string().min(1).default('127.0.0.1'),
  LOA_MQTT_PORT: Port.default(1883),
  LOA_MQTT_URL: z.string().optional(),
  LOA_MQTT_PUBLIC_URL: z.string().optional(),
  LOA_MQTT_ADMIN_USERNAME: z.string().optional(),
  LOA_MQTT_ADMIN_PASSWORD: z.string().optional(),
  LOA_SPEECH_ENGINES: Engines.default(['espeak']),
  LOA_GOOGLE_CREDENTIALS_FILE: z.string().optional(),
  GOOGLE_APPLICATION_CREDENTIALS: z.string().optional(),
  LOA_GOOGLE_ENDPOINT: Endpoint,
  LOA_GOOGLE_VOICE: GoogleVoice.prefault('vi-VN-Neural2-A'),
  LOA_GOOGLE_SECOND_VOICE: GoogleVoice.optional(),
  LOA_GOOGLE_SPEAKING_RATE: z.coerce.number().min(0.25).max(2).default(0.95),
  LOA_GOOGLE_BUDGET_STANDARD: Characters.default(4_000_000),
  LOA_GOOGLE_BUDGET_WAVENET: Characters.default(1_000_000),
  LOA_GOOGLE_BUDGET_NEURAL2: Characters.default(1_000_000),
  LOA_GOOGLE_BUDGET_CHIRP3_HD: Characters.default(1_000_000),
  LOA_GOOGLE_BUDGET_WARN_PERCENT: z.coerce.number().min(1).max(100).default(80),
  LOA_SHERPA_VOICE_DIR: z.string().optional(),
  LOA_SHERPA_SPEAKER: z.coerce.number().int().min(0).default(0),
  LOA_SHERPA_SECOND_SPEAKER: z.coerce.number().int().min(0).optional(),
  LOA_SHERPA_SPEED: z.coerce.number().min(0.5).max(2).default(1),
  LOA_FFMPEG_PATH: z.string().optional(),
  LOA_SOURCE_NAME: z.string().min(1).default('Thông tin nguồn'),
  LOA_SOURCE_URL: Url.optional(),
  LOA_SOURCE_TOKEN: z.string().min(1).optional(),
  // Longer than a plan is valid: a cluster that was away may still fetch what its plan names.
  LOA_KEEP_UNUSED_AUDIO_DAYS: z.coerce.number().int().min(10).max(36_500).default(30),
  LOA_SPEECH_CACHE_MB: z.coerce.number().int().min(0).default(2_048),
  LOA_RELAYS: Relays.prefault('[]'),
  LOA_NIGHT: Night.prefault('23:00-04:00'),
  LOA_LEAD_SECONDS: z.coerce.number().int().min(0).max(3_600).default(60),
  LOA_INBOX_ORDINARY_HOURS: z.coerce.number().int().min(1).max(720).default(72),
  LOA_INBOX_PRIORITY_HOURS: z.coerce.number().int().min(1).max(720).default(24),
  // No further than sessions are planned.
  LOA_INBOX_PRIORITY_DAYS: z.coerce.number().int().min(1).max(7).default(3),
  LOA_LEDGER_GRACE_SECONDS: z.coerce.number().int().min(1).max(86_400).default(120),
})
type Environment = z.infer<typeof Environment>

/** Secrets may stand in files, as Docker and systemd pass them: `LOA_SOURCE_TOKEN_FILE=/run/secrets/source`. */
const SECRETS = ['LOA_SECRET', 'LOA_SIGNING_KEY', 'LOA_MQTT_ADMIN_PASSWORD', 'LOA_SOURCE_TOKEN'] as const

export class ConfigError extends Error {
  override name = 'ConfigError'
}

/** The settings of this process. */
export const readConfig = (): Config => parseConfig(process.env)

/** Parses the environment once. Throws ConfigError that names every wrong variable. */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const parsed = Environment.safeParse(withoutEmpty({ ...env, ...secretFiles(env) }))
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`).join('\n'))
  }
  const e = parsed.data
  return {
    dataDir: e.LOA_DATA_DIR,
    logLevel: e.LOA_LOG_LEVEL,
    secrets: { master: e.LOA_SECRET ?? null, signingKey: e.LOA_SIGNING_KEY ?? null },
    database: e.LOA_DATABASE_URL
      ? { kind: 'postgres', url: e.LOA_DATABASE_URL }
      : { kind: 'sqlite', file: join(e.LOA_DATA_DIR, 'loa.db') },
    http: { host: e.LOA_HTTP_HOST, port: e.LOA_HTTP_PORT, publicUrl: e.LOA_PUBLIC_URL?.replace(/\/$/, '') ?? null },
    mqtt: mqttOf(e),
    speech: { engines: e.LOA_SPEECH_ENGINES, google: googleOf(e), sherpa: sherpaOf(e) },
    ffmpegPath: e.LOA_FFMPEG_PATH ?? null,
    source: sourceOf(e),
    leadMs: e.LOA_LEAD_SECONDS * SECOND,
    inbox: {
      deadlineMs: { ordinary: e.LOA_INBOX_ORDINARY_HOURS * HOUR, priority: e.LOA_INBOX_PRIORITY_HOURS * HOUR },
      lookAheadMs: e.LOA_INBOX_PRIORITY_DAYS * DAY,
    },
    ledgerGraceMs: e.LOA_LEDGER_GRACE_SECONDS * SECOND,
    keepUnusedAudioMs: e.LOA_KEEP_UNUSED_AUDIO_DAYS * DAY,
    relays: e.LOA_RELAYS,
    night: e.LOA_NIGHT,
    speechCacheBytes: e.LOA_SPEECH_CACHE_MB * 1024 ** 2,
  }
}

function mqttOf(e: Environment): Config['mqtt'] {
  if (e.LOA_MQTT === 'embedded') {
    return { kind: 'embedded', host: e.LOA_MQTT_HOST, port: e.LOA_MQTT_PORT, publicUrl: e.LOA_MQTT_PUBLIC_URL ?? null }
  }
  const url = required(e, 'LOA_MQTT_URL', 'LOA_MQTT=mosquitto')
  return {
    kind: 'mosquitto',
    url,
    publicUrl: e.LOA_MQTT_PUBLIC_URL ?? url,
    admin: {
      username: required(e, 'LOA_MQTT_ADMIN_USERNAME', 'LOA_MQTT=mosquitto'),
      password: required(e, 'LOA_MQTT_ADMIN_PASSWORD', 'LOA_MQTT=mosquitto'),
    },
  }
}

function googleOf(e: Environment): ChainSettings['google'] {
  if (!e.LOA_SPEECH_ENGINES.includes('google')) return null
  return {
    credentialsFile:
      e.LOA_GOOGLE_CREDENTIALS_FILE ??
      e.GOOGLE_APPLICATION_CREDENTIALS ??
      required(e, 'LOA_GOOGLE_CREDENTIALS_FILE', 'LOA_SPEECH_ENGINES=google'),
    endpoint: e.LOA_GOOGLE_ENDPOINT ?? null,
    ...e.LOA_GOOGLE_VOICE,
    second: e.LOA_GOOGLE_SECOND_VOICE ?? counterpartOf(e.LOA_GOOGLE_VOICE),
    speakingRate: e.LOA_GOOGLE_SPEAKING_RATE,
    limits: {
      standard: e.LOA_GOOGLE_BUDGET_STANDARD,
      wavenet: e.LOA_GOOGLE_BUDGET_WAVENET,
      neural2: e.LOA_GOOGLE_BUDGET_NEURAL2,
      'chirp3-hd': e.LOA_GOOGLE_BUDGET_CHIRP3_HD,
    },
    warnAt: e.LOA_GOOGLE_BUDGET_WARN_PERCENT / 100,
  }
}

function sherpaOf(e: Environment): ChainSettings['sherpa'] {
  if (!e.LOA_SPEECH_ENGINES.includes('sherpa')) return null
  return {
    voiceDir: required(e, 'LOA_SHERPA_VOICE_DIR', 'LOA_SPEECH_ENGINES=sherpa'),
    speaker: e.LOA_SHERPA_SPEAKER,
    secondSpeaker: e.LOA_SHERPA_SECOND_SPEAKER ?? e.LOA_SHERPA_SPEAKER,
    speed: e.LOA_SHERPA_SPEED,
  }
}

function sourceOf(e: Environment): Config['source'] {
  if (!e.LOA_SOURCE_URL) return null
  return { name: e.LOA_SOURCE_NAME, url: e.LOA_SOURCE_URL, token: required(e, 'LOA_SOURCE_TOKEN', 'LOA_SOURCE_URL') }
}

function required(e: Environment, name: keyof Environment, because: string): string {
  const value = e[name]
  if (typeof value === 'string' && value) return value
  throw new ConfigError(`${name}: must be set because ${because} is set`)
}

function secretFiles(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const found: Record<string, string> = {}
  for (const name of SECRETS) {
    const file = env[`${name}_FILE`]
    if (!file) continue
    try {
      found[name] = readFileSync(file, 'utf8').trim()
    } catch (cause) {
      throw new ConfigError(`${name}_FILE: cannot read ${file}`, { cause })
    }
  }
  return found
}

const withoutEmpty = (env: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
