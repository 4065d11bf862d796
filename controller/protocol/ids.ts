import { z } from 'zod'

/** Ids travel inside topics, so they hold nothing that MQTT treats as syntax. */
const idOf = <P extends string>(prefix: P) =>
  z.templateLiteral([`${prefix}_`, z.string().regex(/^[0-9a-z]{1,40}$/)]).describe(`id that starts with ${prefix}_`)

export const BulletinId = idOf('bul')
export type BulletinId = z.infer<typeof BulletinId>
export const BulletinVersionId = idOf('ver')
export type BulletinVersionId = z.infer<typeof BulletinVersionId>
export const ProgrammeId = idOf('prg')
export type ProgrammeId = z.infer<typeof ProgrammeId>
export const BroadcastId = idOf('brd')
export type BroadcastId = z.infer<typeof BroadcastId>
export const ClusterId = idOf('clu')
export type ClusterId = z.infer<typeof ClusterId>
export const ExemptionId = idOf('exm')
export type ExemptionId = z.infer<typeof ExemptionId>
export const UploadId = idOf('upl')
export type UploadId = z.infer<typeof UploadId>
export const SourceId = idOf('src')
export type SourceId = z.infer<typeof SourceId>

/** Hex SHA-256 of an audio file: its name everywhere. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)
export type Sha256 = z.infer<typeof Sha256>

/** Two digits for a province, five for a commune, with leading zeros (Decision 19/2025/QĐ-TTg list of units). */
export const AreaCode = z.string().regex(/^(\d{2}|\d{5})$/, 'format.areaCode')
export type AreaCode = z.infer<typeof AreaCode>

/** Epoch milliseconds. */
export const EpochMs = z.int().min(0).max(8.64e15)
