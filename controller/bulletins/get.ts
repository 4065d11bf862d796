import {
  type Bulletin,
  type BulletinProgress,
  type BulletinStatus,
  BulletinSummary,
  type Rendition,
} from '#protocol/http/bulletins.ts'
import type { Recording } from '#protocol/http/uploads.ts'
import type { BulletinId, BulletinVersionId } from '#protocol/ids.ts'
import { byLanguage } from '#protocol/languages.ts'
import { type Actor, requirePermission, scopeOf } from '../accounts/actor.ts'
import { playableOf } from '../audio/playable.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/open.ts'
import type { BulletinTable } from '../db/schema.ts'
import { notFound } from '../errors.ts'
import { isoOf, isoOrNull } from '../iso.ts'
import { messageOf } from '../messages.ts'
import { cutPage, decodeCursor } from '../page.ts'
import { soundOf } from '../uploads/sound.ts'
import * as bulletinStore from './bulletins.store.ts'
import { contentOf } from './content.ts'
import { historyOf } from './history.ts'
import * as recordingStore from './recordings.store.ts'
import * as renditionStore from './renditions.store.ts'
import { rightsOn } from './rights.ts'
import { fallbackOf, voiceOf } from './spoken.ts'

export async function getBulletin(
  ctx: Pick<Context, 'db'>,
  input: { actor: Actor; id: BulletinId },
): Promise<Bulletin> {
  await requireVisible(ctx.db, input.actor, input.id)
  const bulletin = await load(ctx.db, input.id)
  if (!bulletin) throw notFound('bulletin', input.id)
  const { createdBy: _author, ...shown } = bulletin
  const history = await historyOf(ctx.db, bulletin)
  return { ...shown, ...history, may: await rightsOn(ctx.db, input.actor, bulletin) }
}

/** Throws when there is no such bulletin, or none that this account may see. */
export async function requireVisible(db: Db, actor: Actor, id: BulletinId): Promise<void> {
  requirePermission(actor, 'bulletins.read')
  if (!(await bulletinStore.isVisible(db, id, scopeOf(actor)))) throw notFound('bulletin', id)
}

export async function getBulletinProgress(
  ctx: Pick<Context, 'db'>,
  { actor, id }: { actor: Actor; id: BulletinId },
): Promise<BulletinProgress> {
  await requireVisible(ctx.db, actor, id)
  const versionId = (await bulletinStore.findBulletin(ctx.db, id))?.currentVersionId
  const sounds = versionId && (await soundsOf(ctx.db, id, versionId))
  if (!sounds) throw notFound('bulletin', id)
  return { versionId, ...sounds }
}

export async function listBulletins(
  ctx: Pick<Context, 'db'>,
  input: { actor: Actor; status?: BulletinStatus | undefined; cursor?: string | undefined; limit: number },
): Promise<{ items: BulletinSummary[]; next: string | null }> {
  requirePermission(input.actor, 'bulletins.read')
  const after = decodeCursor(input.cursor)
  const rows = await bulletinStore.listBulletinIds(ctx.db, {
    status: input.status,
    scope: scopeOf(input.actor),
    before: after && { createdAt: after.at, id: after.id },
    limit: input.limit + 1,
  })
  const { page, next } = cutPage(rows, input.limit, (last) => ({ at: last.createdAt, id: last.id }))
  const items = await Promise.all(page.map((row) => load(ctx.db, row.id)))
  return {
    items: items.flatMap((item) => (item ? [summaryOf(item)] : [])),
    next,
  }
}

type Loaded = Omit<Bulletin, 'versions' | 'withdrawal' | 'may'> & Pick<BulletinTable, 'createdBy'>

const summaryOf = (bulletin: Loaded): BulletinSummary => BulletinSummary.parse(bulletin)

async function load(db: Db, id: BulletinId): Promise<Loaded | null> {
  const bulletin = await bulletinStore.findBulletin(db, id)
  if (!bulletin) return null
  const version = await bulletinStore.findVersion(db, bulletin.currentVersionId)
  const sounds = await soundsOf(db, id, bulletin.currentVersionId)
  if (!version || !sounds) throw new Error(`bulletin ${id} has lost its version`)
  return {
    id,
    ...contentOf(version),
    status: bulletin.status,
    versionId: version.id,
    versionNumber: version.number,
    approvedVersionId: bulletin.approvedVersionId,
    createdBy: bulletin.createdBy,
    createdByName: bulletin.createdByName,
    createdAt: isoOf(bulletin.createdAt),
    updatedAt: isoOf(bulletin.updatedAt),
    returnReason: bulletin.returnReason,
    approvedByName: bulletin.approvedByName,
    approvedAt: isoOrNull(bulletin.approvedAt),
    ...sounds,
  }
}

/** The synthetic voice of a version and what people have recorded of it. */
async function soundsOf(
  db: Db,
  id: BulletinId,
  versionId: BulletinVersionId,
): Promise<{ rendition: Rendition; recordings: Recording[] } | null> {
  const rendition = await renditionStore.findRendition(db, versionId)
  const recordings = await recordingStore.listRecordings(db, versionId)
  const replacements = await recordingStore.listReplacements(db, id)
  const toRecording = (row: recordingStore.RecordingRow): Recording => {
    const { language, recordedFor } = row
    const replacement = replacements.find((each) => each.language === language)
    return { ...soundOf(row), language, recordedFor, replacement: replacement ? soundOf(replacement) : null }
  }
  return rendition && { rendition: toRendition(rendition), recordings: recordings.map(toRecording).sort(byLanguage) }
}

export function toRendition(row: renditionStore.RenditionRow): Rendition {
  return {
    step: row.step,
    progress: row.progress,
    audio: playableOf(row),
    failure: row.failureKey ? messageOf(row.failureKey) : null,
    voice: voiceOf(row),
    fallback: fallbackOf(row),
    sentCharacters: row.sentCharacters,
    sentences: row.sentences,
  }
}
