import { z } from 'zod'
import { AreaCode, BulletinId, BulletinVersionId, Sha256 } from '../ids.ts'
import { IsoInstant, isReadable, PageQuery } from './common.ts'

/** Thông thường, ưu tiên, khẩn cấp (Circular 39/2020/TT-BTTTT). */
export const BULLETIN_CLASSES = ['ordinary', 'priority', 'emergency'] as const
export const BulletinClass = z.enum(BULLETIN_CLASSES)
export type BulletinClass = z.infer<typeof BulletinClass>

/** Biên tập → chờ duyệt → đã duyệt, or trả lại. */
export const BULLETIN_STATUSES = ['draft', 'pending', 'approved', 'returned'] as const
export const BulletinStatus = z.enum(BULLETIN_STATUSES)
export type BulletinStatus = z.infer<typeof BulletinStatus>

/** The longest script: about an hour and a half of speech. */
export const MAX_SCRIPT_CHARS = 100_000

/** Parts of a document that may be left out of the broadcast: its frame (letterhead, recipients, signing), its tables. */
export const OMITTABLE_PARTS = ['signature', 'table'] as const
export const OmittablePart = z.enum(OMITTABLE_PARTS)
export type OmittablePart = z.infer<typeof OmittablePart>

export const CreateBulletin = z.object({
  title: z.string().trim().min(1).max(200),
  class: BulletinClass,
  script: z.string(),
  /** Communes or provinces whose people it is for. */
  targets: z.array(AreaCode).min(1).max(500),
  /** What is in the script and not said. */
  omit: z.array(OmittablePart).max(OMITTABLE_PARTS.length).default([]),
})
export type CreateBulletin = z.infer<typeof CreateBulletin>

/** Which version was heard: approving one that has been replaced meanwhile is refused. */
export const ApproveBulletin = z.object({ versionId: BulletinVersionId.optional() })

export const ReturnBulletin = z.object({
  reason: z.string().trim().min(1).max(1000).refine(isReadable, 'field.unreadable'),
})
export type ReturnBulletin = z.infer<typeof ReturnBulletin>

/** From text to air-ready audio, in this order. */
export const PRODUCTION_STEPS = ['queued', 'speaking', 'mixing', 'ready', 'failed'] as const

export const Rendition = z.object({
  step: z.enum(PRODUCTION_STEPS),
  /** Progress of the step, 0 to 1. */
  progress: z.number().min(0).max(1),
  /** When ready. */
  audio: z
    .object({
      sha256: Sha256,
      url: z.string(),
      ms: z.int(),
      bytes: z.int(),
      loudnessLufs: z.number(),
      truePeakDbtp: z.number(),
    })
    .nullable(),
  /** When failed: in words, and what to do. */
  failure: z.string().nullable(),
  /** Once spoken: the engine, such as `google` or `espeak-ng`, and its own name of the voice. */
  voice: z.object({ engine: z.string(), name: z.string() }).nullable(),
  /** Why an engine that comes first in the settings did not speak, in words. */
  fallback: z.string().nullable(),
  /** Sent to engines that cost money, over all productions of this version. */
  sentCharacters: z.int(),
})
export type Rendition = z.infer<typeof Rendition>

export const BulletinSummary = z.object({
  id: BulletinId,
  title: z.string(),
  class: BulletinClass,
  status: BulletinStatus,
  versionNumber: z.int(),
  targets: z.array(AreaCode),
  createdByName: z.string(),
  createdAt: IsoInstant,
  updatedAt: IsoInstant,
  rendition: Rendition,
})
export type BulletinSummary = z.infer<typeof BulletinSummary>

export const Bulletin = BulletinSummary.extend({
  versionId: BulletinVersionId,
  script: z.string(),
  omit: z.array(OmittablePart),
  /** Why it was returned, when it was. */
  returnReason: z.string().nullable(),
  approvedByName: z.string().nullable(),
  approvedAt: IsoInstant.nullable(),
  versions: z.array(
    z.object({ id: BulletinVersionId, number: z.int(), createdAt: IsoInstant, createdByName: z.string() }),
  ),
})
export type Bulletin = z.infer<typeof Bulletin>

export const BulletinQuery = PageQuery.extend({ status: BulletinStatus.optional() })
