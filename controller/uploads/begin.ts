import type { Permission } from '#protocol/http/accounts.ts'
import { MAX_RECORDINGS, MAX_UPLOAD_BYTES, type UploadMetadata, type UploadPurpose } from '#protocol/http/uploads.ts'
import type { UploadId } from '#protocol/ids.ts'
import { type Actor, requirePermission } from '../accounts/actor.ts'
import { requireCoverage } from '../accounts/coverage.ts'
import { getBulletin } from '../bulletins/get.ts'
import { requireReach } from '../bulletins/reach.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/open.ts'
import { conflict, DomainError, invalid } from '../errors.ts'
import { receivedBytes } from './folder.ts'
import * as uploadStore from './uploads.store.ts'

const MIB = 1024 ** 2

/** What may be on its way or waiting to be checked at a time. */
const PER_ACCOUNT = { files: 5, bytes: 2 * MAX_UPLOAD_BYTES }
const IN_ALL = { files: 100, bytes: 20 * MAX_UPLOAD_BYTES }
/** Chimes and music that a station may have. */
const MAX_ASSETS = 100
/** Left free on the disk for everything else. */
const RESERVE_BYTES = 1024 * MIB

type Needs = Pick<Context, 'db' | 'clock' | 'dataDir' | 'freeBytes'>

const PERMISSIONS = {
  recording: 'bulletins.write',
  chime: 'stations.write',
  bed: 'stations.write',
} as const satisfies Record<UploadPurpose, Permission>

/** Throws unless the account may bring sounds for this purpose. */
export const requireUploadPermission = (actor: Actor, purpose: UploadPurpose): void =>
  requirePermission(actor, PERMISSIONS[purpose])

/** Makes room for a file that is about to come. */
export async function beginUpload(
  ctx: Needs,
  input: { actor: Actor; id: UploadId; bytes: number; metadata: UploadMetadata },
): Promise<void> {
  const { actor, id, bytes, metadata } = input
  requireUploadPermission(actor, metadata.purpose)
  if (bytes === 0) throw invalid('file', 'upload.empty')
  if (bytes > MAX_UPLOAD_BYTES) throw invalid('file', 'upload.tooBig', { limit: MAX_UPLOAD_BYTES / MIB })
  const belongsTo = await destinationOf(ctx.db, actor, metadata)
  const now = ctx.clock.now()
  await uploadStore.insertUpload(ctx.db, {
    id,
    purpose: metadata.purpose,
    ...belongsTo,
    fileName: metadata.fileName,
    announcedBytes: bytes,
    state: 'receiving',
    progress: 0,
    findingsJson: '[]',
    sha256: null,
    broughtBy: actor.userId,
    broughtByName: actor.name,
    createdAt: now,
    updatedAt: now,
  })
  // Counted afterwards: of two that begin at once, neither can miss the other.
  const problem = (await excess(ctx.db, actor)) ?? (await shortage(ctx))
  if (!problem) return
  await uploadStore.abandonUpload(ctx.db, id)
  throw problem
}

async function destinationOf(
  db: Db,
  actor: Actor,
  metadata: UploadMetadata,
): Promise<Pick<uploadStore.UploadRow, 'areaCode' | 'bulletinId' | 'language' | 'licenceNote'>> {
  if (metadata.purpose !== 'recording') {
    const { areaCode, licenceNote } = metadata
    await requireCoverage(db, actor, [areaCode], 'areaCode')
    if ((await uploadStore.countAssets(db, areaCode)) >= MAX_ASSETS) {
      throw new DomainError('limit', { field: '', key: 'upload.libraryFull', values: { limit: MAX_ASSETS } })
    }
    return { areaCode, licenceNote, bulletinId: null, language: null }
  }
  const { bulletinId, language } = metadata
  const bulletin = await getBulletin({ db }, { actor, id: bulletinId })
  await requireReach(db, actor, bulletin)
  if (bulletin.status !== 'draft' && bulletin.status !== 'returned') throw conflict('recording.locked')
  const others = bulletin.recordings.filter((recording) => recording.language !== language)
  if (others.length >= MAX_RECORDINGS) {
    throw new DomainError('limit', { field: 'language', key: 'recording.tooMany', values: { limit: MAX_RECORDINGS } })
  }
  return { areaCode: null, licenceNote: null, bulletinId, language }
}

/** The disk takes all that is on its way and has not come yet, and the reserve is left. */
async function shortage({ db, dataDir, freeBytes }: Needs): Promise<DomainError | null> {
  let coming = 0
  for (const { id, announcedBytes } of await uploadStore.listReceiving(db)) {
    coming += Math.max(0, announcedBytes - ((await receivedBytes(dataDir, id)) ?? 0))
  }
  const left = (await freeBytes()) - coming
  return left < RESERVE_BYTES ? new DomainError('unavailable', { field: '', key: 'upload.noSpace' }) : null
}

async function excess(db: Db, actor: Actor): Promise<DomainError | null> {
  const limit = (key: string, values: Record<string, number>) => new DomainError('limit', { field: '', key, values })
  const own = await uploadStore.countInFlight(db, actor.userId)
  if (own.files > PER_ACCOUNT.files || own.bytes > PER_ACCOUNT.bytes) {
    return limit('upload.tooManyOwn', { files: PER_ACCOUNT.files, megabytes: PER_ACCOUNT.bytes / MIB })
  }
  const all = await uploadStore.countInFlight(db)
  return all.files > IN_ALL.files || all.bytes > IN_ALL.bytes ? limit('upload.tooMany', {}) : null
}
