import { z } from 'zod'
import { AreaCode, BulletinId, BulletinVersionId, Sha256 } from '../ids.ts'
import { PlayableAudio } from './audio.ts'
import { IsoInstant, isReadable, LocalDate, line, PageQuery } from './common.ts'
import { Recording } from './uploads.ts'

/** Thông thường, ưu tiên, khẩn cấp (Circular 39/2020/TT-BTTTT). */
export const BULLETIN_CLASSES = ['ordinary', 'priority', 'emergency'] as const
export const BulletinClass = z.enum(BULLETIN_CLASSES)
export type BulletinClass = z.infer<typeof BulletinClass>

/** Biên tập → chờ duyệt → đã duyệt, or trả lại; what was approved may be withdrawn (thu hồi). */
export const BULLETIN_STATUSES = ['draft', 'pending', 'approved', 'returned', 'withdrawn'] as const
export const BulletinStatus = z.enum(BULLETIN_STATUSES)
export type BulletinStatus = z.infer<typeof BulletinStatus>

/** The longest script: about an hour and a half of speech. */
export const MAX_SCRIPT_CHARS = 100_000

/** Parts of a document that may be left out of the broadcast: its frame (letterhead, recipients, signing), its tables. */
export const OMITTABLE_PARTS = ['signature', 'table'] as const
export const OmittablePart = z.enum(OMITTABLE_PARTS)
export type OmittablePart = z.infer<typeof OmittablePart>

export const MAX_CITES = 20

export const CreateBulletin = z.object({
  title: z.string().trim().min(1).max(200),
  class: BulletinClass,
  script: z.string(),
  /** Communes or provinces whose people it is for. */
  targets: z.array(AreaCode).min(1).max(500),
  /** What is in the script and not said. */
  omit: z.array(OmittablePart).max(OMITTABLE_PARTS.length).default([]),
  /** When the law that it tells of takes effect. For people: a law may be announced before. */
  effectiveOn: LocalDate.nullable().default(null),
  /** The last day on which it is still true, so the last on which it may air. */
  expiresOn: LocalDate.nullable().default(null),
  /** Documents that it rests on, as the writer names them. */
  cites: z.array(line(300)).max(MAX_CITES).default([]),
})
export type CreateBulletin = z.infer<typeof CreateBulletin>

/** Which version was heard: approving one that has been replaced meanwhile is refused. */
export const ApproveBulletin = z.object({
  versionId: BulletinVersionId.optional(),
  /**
   * The rendition's sound that was heard: if it has been produced anew since, nothing is approved. Null where there was
   * none: then only a recording in Vietnamese, which airs in its place, can have been heard.
   */
  sha256: Sha256.nullable().optional(),
})
export type ApproveBulletin = z.infer<typeof ApproveBulletin>

export const ReturnBulletin = z.object({
  reason: z.string().trim().min(1).max(1000).refine(isReadable, 'field.unreadable'),
})
export type ReturnBulletin = z.infer<typeof ReturnBulletin>

export const WithdrawBulletin = ReturnBulletin.extend({
  /** The version that was seen on air: if another has taken its place, nothing is withdrawn. */
  versionId: BulletinVersionId.optional(),
})
export type WithdrawBulletin = z.infer<typeof WithdrawBulletin>

/** From text to air-ready audio, in this order. */
export const PRODUCTION_STEPS = ['queued', 'speaking', 'mixing', 'ready', 'failed'] as const

export const Rendition = z.object({
  step: z.enum(PRODUCTION_STEPS),
  /** Progress of the step, 0 to 1. */
  progress: z.number().min(0).max(1),
  /** When ready. */
  audio: PlayableAudio.nullable(),
  /** When failed: in words, and what to do. */
  failure: z.string().nullable(),
  /** Once spoken: the engine, such as `google` or `espeak-ng`, its own name of the voice, and of a second one if it has. */
  voice: z.object({ engine: z.string(), name: z.string(), second: z.string().nullable() }).nullable(),
  /** Why an engine that comes first in the settings did not speak, in words. */
  fallback: z.string().nullable(),
  /** Sent to engines that cost money, over all productions of this version. */
  sentCharacters: z.int(),
  /** In how many sentences the script is spoken; null until they are counted. */
  sentences: z.int().nullable(),
})
export type Rendition = z.infer<typeof Rendition>

/** A stretch of a script, in UTF-16 units, and where it sounds. */
export const SpokenMark = z.object({ start: z.int(), end: z.int(), startMs: z.int(), endMs: z.int() })
export type SpokenMark = z.infer<typeof SpokenMark>

export const AudioQuery = z.object({ versionId: BulletinVersionId.optional() })

/** What a page needs to play a version's sound, draw it, and follow it in the script. */
export const BulletinAudio = z.object({
  versionId: BulletinVersionId,
  sha256: Sha256,
  ms: z.int(),
  /** How high each of up to 2048 equally long stretches reaches, one byte each, in base64; null for old audio. */
  peaks: z.base64().nullable(),
  /** In the order in which they sound; what no mark covers was not spoken. Empty for old audio. */
  marks: z.array(SpokenMark),
})
export type BulletinAudio = z.infer<typeof BulletinAudio>

/** How far what is being made of the current version is: the only part of a bulletin that changes by the second. */
export const BulletinProgress = z.object({
  versionId: BulletinVersionId,
  rendition: Rendition,
  recordings: z.array(Recording),
})
export type BulletinProgress = z.infer<typeof BulletinProgress>

export const BulletinSummary = z.object({
  id: BulletinId,
  title: z.string(),
  class: BulletinClass,
  status: BulletinStatus,
  versionNumber: z.int(),
  targets: z.array(AreaCode),
  effectiveOn: LocalDate.nullable(),
  expiresOn: LocalDate.nullable(),
  createdByName: z.string(),
  createdAt: IsoInstant,
  updatedAt: IsoInstant,
  rendition: Rendition,
})
export type BulletinSummary = z.infer<typeof BulletinSummary>

/** What people decide on a version. */
export const DECISION_KINDS = ['submit', 'approve', 'return', 'withdraw'] as const
export const DecisionKind = z.enum(DECISION_KINDS)
export type DecisionKind = z.infer<typeof DecisionKind>

export const Decision = z.object({
  kind: DecisionKind,
  byName: z.string(),
  at: IsoInstant,
  /** Why it was returned or withdrawn. */
  reason: z.string().nullable(),
})
export type Decision = z.infer<typeof Decision>

export const VersionSummary = z.object({
  id: BulletinVersionId,
  number: z.int(),
  createdAt: IsoInstant,
  createdByName: z.string(),
  /** Oldest first. */
  decisions: z.array(Decision),
})
export type VersionSummary = z.infer<typeof VersionSummary>

/** One version, whole. What was written never changes; what was decided on it may be added to. */
export const BulletinVersion = VersionSummary.extend({
  bulletinId: BulletinId,
  title: z.string(),
  class: BulletinClass,
  script: z.string(),
  targets: z.array(AreaCode),
  omit: z.array(OmittablePart),
  effectiveOn: LocalDate.nullable(),
  expiresOn: LocalDate.nullable(),
  cites: z.array(z.string()),
  rendition: Rendition.nullable(),
})
export type BulletinVersion = z.infer<typeof BulletinVersion>

export const Bulletin = BulletinSummary.extend({
  versionId: BulletinVersionId,
  script: z.string(),
  omit: z.array(OmittablePart),
  /** Vietnamese first; that one is aired in place of the synthetic voice, the others after it. */
  recordings: z.array(Recording),
  cites: z.array(z.string()),
  /** The version on air, which may be older than the current one; null: none. */
  approvedVersionId: BulletinVersionId.nullable(),
  /** Why nothing of it is on air any more, until a new version is approved. */
  withdrawal: z
    .object({ versionId: BulletinVersionId, byName: z.string(), at: IsoInstant, reason: z.string() })
    .nullable(),
  /** What whoever asks may do with it. */
  may: z.object({ withdraw: z.boolean(), delete: z.boolean() }),
  /** Why it was returned, when it was. */
  returnReason: z.string().nullable(),
  approvedByName: z.string().nullable(),
  approvedAt: IsoInstant.nullable(),
  /** Newest first. */
  versions: z.array(VersionSummary),
})
export type Bulletin = z.infer<typeof Bulletin>

export const BulletinQuery = PageQuery.extend({ status: BulletinStatus.optional() })
