import { z } from 'zod'
import { AreaCode, BroadcastId, ClusterId, EpochMs, Sha256 } from './ids.ts'
import { LADDER } from './rules/ladder.ts'

/** What travels over MQTT. Parsers accept unknown fields (firmware is older or newer) and are strict on known ones. */

export const Level = z.enum(LADDER)
export const Codec = z.enum(['mp3', 'opus', 'aac', 'wav'])
export type Codec = z.infer<typeof Codec>

const ClockText = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/)
const Percent = z.int().min(0).max(100)
const Reason = z.string().max(200)

export const PlanItem = z.object({
  sha256: Sha256,
  bytes: z.int().positive(),
  /** Absolute, or relative to the base URL in the settings. */
  url: z.string().min(1).max(500),
  /** How long it sounds; shorter than the file when only an excerpt airs. */
  ms: z.int().positive(),
  codec: Codec,
  gainDb: z.number().min(-60).max(20),
})
export type PlanItem = z.infer<typeof PlanItem>

/**
 * Something live, which a cluster streams instead of holding it. Only for clusters that have said `relay` among their
 * features: others would refuse the whole plan.
 */
export const RelayItem = z.object({
  kind: z.literal('relay'),
  /** Answers with frames of the codec, without end. Redirections are not followed: what was signed is what is asked. */
  url: z.url({ protocol: /^https?$/ }).max(500),
  /** How long it lasts, by the clock. */
  ms: z.int().positive(),
  codec: Codec,
  gainDb: z.number().min(-60).max(20),
})
export type RelayItem = z.infer<typeof RelayItem>

export const SessionItem = z.union([RelayItem, PlanItem])
export type SessionItem = z.infer<typeof SessionItem>

/** What one session may play. */
export const MAX_PLAN_ITEMS = 100
export const PlanOccurrence = z.object({
  id: BroadcastId,
  startAt: EpochMs,
  level: Level,
  /** What it does to something lower that sounds at its start. */
  startPolicy: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('immediate') }),
    z.object({ kind: z.literal('next') }),
    z.object({ kind: z.literal('wait'), waitMs: z.int().min(0).max(3_600_000) }),
  ]),
  /** A start later than this is skipped and journalled as missed; an interruption longer than this ends it. */
  maxLateMs: z.int().min(0).max(86_400_000),
  /** What becomes of it when something higher interrupts. */
  onInterrupt: z.enum(['resume', 'close']),
  items: z.array(SessionItem).min(1).max(MAX_PLAN_ITEMS),
})
export type PlanOccurrence = z.infer<typeof PlanOccurrence>

/** Tết, exam days, funerals: more than that within days is one. */
export const MAX_SILENCES = 50
export const ClusterSettings = z.object({
  timeZone: z.string().max(64),
  quietHours: z.object({ from: ClockText, to: ClockText }),
  /** Beyond the quiet hours, when nothing but an emergency sounds: those that touch the validity of the plan. */
  silences: z
    .array(z.object({ from: EpochMs, until: EpochMs }))
    .max(MAX_SILENCES)
    .optional(),
  volume: z.object({ day: Percent, night: Percent }),
  /** Silence before the first item, so that the amplifier is awake when speech begins. */
  leadInMs: z.int().min(0).max(10_000),
  /** Delay against neighbours, to avoid echo between poles. */
  delayMs: z.int().min(0).max(10_000),
  /** Where relative audio URLs start, e.g. `https://loa.example.vn/`. */
  mediaBaseUrl: z.string().max(500),
  statusEveryMs: z.int().min(1_000).max(3_600_000),
})
export type ClusterSettings = z.infer<typeof ClusterSettings>

export const ClusterPlan = z.object({
  clusterId: ClusterId,
  /** Grows by at least one with each change; a cluster refuses a lower one. */
  version: z.int().positive(),
  issuedAt: EpochMs,
  /** After this the cluster plays nothing from the plan. */
  validUntil: EpochMs,
  settings: ClusterSettings,
  occurrences: z.array(PlanOccurrence).max(500),
})
export type ClusterPlan = z.infer<typeof ClusterPlan>

export const COMMAND_KINDS = [
  'play-now',
  'stop',
  'set-volume',
  'test-tone',
  'self-test',
  'reboot',
  'refetch',
  'log-level',
  'live-start',
  'live-stop',
] as const
export const ClusterCommand = z.object({
  clusterId: ClusterId,
  commandId: z.string().min(1).max(64),
  kind: z.enum(COMMAND_KINDS),
  issuedAt: EpochMs,
  expiresAt: EpochMs,
  /** Only for `set-volume`. */
  volume: Percent.optional(),
})
export type ClusterCommand = z.infer<typeof ClusterCommand>

export const CommandReply = z.discriminatedUnion('ok', [
  z.object({ commandId: z.string().max(64), ok: z.literal(true) }),
  z.object({ commandId: z.string().max(64), ok: z.literal(false), code: z.string().max(64), detail: Reason }),
])
export type CommandReply = z.infer<typeof CommandReply>

/** Inline audio is bounded so that one message reaches every cluster within a second or two. */
export const MAX_INLINE_AUDIO_BYTES = 96 * 1024
export const AreaAlert = z.object({
  areaCode: z.union([AreaCode, z.literal('all')]),
  alertId: z.string().min(1).max(64),
  msgType: z.enum(['alert', 'update', 'cancel']),
  issuedAt: EpochMs,
  expiresAt: EpochMs,
  repeat: z.int().min(1).max(100),
  audio: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('inline'),
      codec: Codec,
      base64: z.string().max(Math.ceil(MAX_INLINE_AUDIO_BYTES / 3) * 4),
    }),
    z.object({ kind: z.literal('hash'), item: PlanItem }),
    z.object({ kind: z.literal('none') }),
  ]),
})
export type AreaAlert = z.infer<typeof AreaAlert>

export const Presence = z.object({
  state: z.enum(['online', 'offline']),
  /** Grows with each boot, so that a stale will cannot mark a fresh session offline. */
  boot: z.int().min(0),
})
export type Presence = z.infer<typeof Presence>

export const ArmedState = z.enum(['armed', 'fetching', 'missing', 'clock-bad'])
export type ArmedState = z.infer<typeof ArmedState>

export const ClusterStatus = z.object({
  at: EpochMs,
  /** Version of the plan that the cluster holds; 0: none. */
  planVersion: z.int().min(0),
  /** The next occurrences, nearest first. */
  upcoming: z.array(z.object({ id: BroadcastId, state: ArmedState })).max(50),
  clock: z.object({ offsetMs: z.number(), synchronised: z.boolean() }),
  volume: Percent,
  signalDbm: z.number().optional(),
  power: z.enum(['mains', 'battery']).optional(),
  batteryPercent: Percent.optional(),
  temperatureC: z.number().optional(),
  storageFreeBytes: z.number().min(0).optional(),
  amplifierMilliamps: z.number().min(0).optional(),
  firmware: z.string().max(100),
  /** What it can play, as `Codec`; words of newer firmware are passed over. Left out: MP3 and nothing else. */
  codecs: z.array(z.string().max(20)).max(20).optional(),
  /** What else it can do, such as `relay`; words of newer firmware are passed over. */
  features: z.array(z.string().max(20)).max(20).optional(),
  simBytesToday: z.number().min(0).optional(),
})
export type ClusterStatus = z.infer<typeof ClusterStatus>

export const JOURNAL_KINDS = [
  'boot',
  'plan-accepted',
  'plan-refused',
  'armed',
  'started',
  'finished',
  'interrupted',
  'skipped',
  'refused',
] as const
export type JournalKind = (typeof JOURNAL_KINDS)[number]

/** Why a cluster did not play, or stopped. One table for firmware, ledger and screen. */
export const JOURNAL_REASONS = [
  'bad-signature',
  'wrong-cluster',
  'stale-version',
  'expired',
  'malformed',
  'too-late',
  'quiet-hours',
  'silence',
  'clock-bad',
  'audio-missing',
  'wrong-hash',
  'disk-full',
  'decode-failed',
  'higher-level',
  'stopped',
  'cancelled',
  'power-lost',
  'stream-lost',
] as const
export type JournalReason = (typeof JOURNAL_REASONS)[number]

/** The reason of an entry where this side knows it; null: none, or one of newer firmware. */
export const reasonOf = (entry: { readonly reason?: string | undefined }): JournalReason | null =>
  JOURNAL_REASONS.find((reason) => reason === entry.reason) ?? null

export const JournalEntry = z.object({
  /** 1, 2, 3 … without gaps within one log. */
  seq: z.int().positive(),
  bootId: z.string().min(1).max(64),
  kind: z.enum(JOURNAL_KINDS),
  /** The cluster's own clock. */
  at: EpochMs,
  occurrenceId: BroadcastId.optional(),
  /** Index of the item in the occurrence. */
  item: z.int().min(0).optional(),
  /** How long it sounded. */
  ms: z.int().min(0).optional(),
  /** Actual start minus planned start. */
  offsetMs: z.number().optional(),
  /** Whether sound was proved (amplifier current, microphone), apart from decoded; absent: the cluster cannot tell. */
  audible: z.boolean().optional(),
  /** One of `JOURNAL_REASONS`, or a word of newer firmware that this side does not know yet. */
  reason: z.string().max(64).optional(),
  planVersion: z.int().min(0).optional(),
})
export type JournalEntry = z.infer<typeof JournalEntry>

export const JournalBatch = z.object({
  /** Names one run of sequence numbers; a cluster whose storage was wiped starts another. */
  logId: z.string().regex(/^[0-9a-z]{8,40}$/),
  entries: z.array(JournalEntry).min(1).max(200),
})
export type JournalBatch = z.infer<typeof JournalBatch>

export const JournalAck = z.object({
  logId: z.string(),
  /** The highest seq up to which everything is stored; the cluster may forget up to here. */
  seq: z.int().min(0),
})
export type JournalAck = z.infer<typeof JournalAck>

/** What a technician puts on a cluster at installation; shown once. */
export const ClusterIdentity = z.object({
  clusterId: ClusterId,
  name: z.string(),
  /** Commune first, then its province; the cluster also listens to `all`. */
  areaCodes: z.array(AreaCode).min(1),
  mqtt: z.object({ url: z.string(), username: z.string(), password: z.string() }),
  /** The only keys whose signature the cluster obeys (public JWKs). */
  trustedKeys: z
    .array(z.object({ kid: z.string(), kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string() }))
    .min(1),
})
export type ClusterIdentity = z.infer<typeof ClusterIdentity>
