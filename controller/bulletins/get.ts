import { type Bulletin, type BulletinStatus, BulletinSummary, type Rendition } from '#protocol/http/bulletins.ts'
import type { Recording } from '#protocol/http/uploads.ts'
import type { BulletinId } from '#protocol/ids.ts'
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
  requirePermission(input.actor, 'bulletins.read')
  const isVisible = await bulletinStore.isVisible(ctx.db, input.id, scopeOf(input.actor))
  const bulletin = isVisible ? await load(ctx.db, input.id) : null
  if (!bulletin) throw notFound('bulletin', input.id)
  const { createdBy: _author, ...shown } = bulletin
  const history = await historyOf(ctx.db, bulletin)
  return { ...shown, ...history, may: await rightsOn(ctx.db, input.actor, bulletin) }
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
  const rendition = await renditionStore.findRendition(db, bulletin.currentVersionId)
  if (!version || !rendition) throw new Error(`bulletin ${id} has lost its version`)
  const recordings = await recordingStore.listRecordings(db, bulletin.currentVersionId)
  return {
    id,
    ...contentOf(version),
    status: bulletin.status,
    versionId: version.id,
    versionNumber: version.number,
    approvedVersionId: bulletin.approvedVersionId,
    createdBy: bulletin.createdBy,
    recordings: recordings.map(toRecording).sort(byLanguage),
    createdByName: bulletin.createdByName,
    createdAt: isoOf(bulletin.createdAt),
    updatedAt: isoOf(bulletin.updatedAt),
    returnReason: bulletin.returnReason,
    approvedByName: bulletin.approvedByName,
    approvedAt: isoOrNull(bulletin.approvedAt),
    rendition: toRendition(rendition),
  }
}

const toRecording = (row: recordingStore.RecordingRow): Recording => ({
  ...soundOf(row),
  language: row.language,
  recordedFor: row.recordedFor,
})

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
