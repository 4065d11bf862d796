import { z } from 'zod'
import {
  type Bulletin,
  type BulletinStatus,
  type BulletinSummary,
  OmittablePart,
  type Rendition,
} from '#protocol/http/bulletins.ts'
import { AreaCode, type BulletinId } from '#protocol/ids.ts'
import { type Actor, requirePermission, scopeOf } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/open.ts'
import { notFound } from '../errors.ts'
import { isoOf, isoOrNull } from '../iso.ts'
import { messageOf } from '../messages.ts'
import { cutPage, decodeCursor } from '../page.ts'
import * as bulletinStore from './bulletins.store.ts'
import * as renditionStore from './renditions.store.ts'
import { fallbackOf, voiceOf } from './spoken.ts'

const Targets = z.array(AreaCode)
const Omitted = z.array(OmittablePart)

export async function getBulletin(
  ctx: Pick<Context, 'db'>,
  input: { actor: Actor; id: BulletinId },
): Promise<Bulletin> {
  requirePermission(input.actor, 'bulletins.read')
  const scope = scopeOf(input.actor)
  const [visible] = await bulletinStore.listBulletinIds(ctx.db, {
    id: input.id,
    status: undefined,
    scope,
    before: null,
    limit: 1,
  })
  const bulletin = visible ? await load(ctx.db, input.id) : null
  if (!bulletin) throw notFound('bulletin', input.id)
  return bulletin
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

function summaryOf(bulletin: Bulletin): BulletinSummary {
  const { script: _script, omit: _omit, versions: _versions, versionId: _versionId, ...rest } = bulletin
  const { returnReason: _reason, approvedByName: _by, approvedAt: _at, ...summary } = rest
  return summary
}

async function load(db: Db, id: BulletinId): Promise<Bulletin | null> {
  const bulletin = await bulletinStore.findBulletin(db, id)
  if (!bulletin) return null
  const version = await bulletinStore.findVersion(db, bulletin.currentVersionId)
  const rendition = await renditionStore.findRendition(db, bulletin.currentVersionId)
  if (!version || !rendition) throw new Error(`bulletin ${id} has lost its version`)
  const versions = await bulletinStore.listVersions(db, id)
  return {
    id,
    title: version.title,
    class: version.class,
    status: bulletin.status,
    versionId: version.id,
    versionNumber: version.number,
    script: version.script,
    omit: Omitted.parse(JSON.parse(version.omitJson)),
    targets: Targets.parse(JSON.parse(version.targetsJson)),
    createdByName: bulletin.createdByName,
    createdAt: isoOf(bulletin.createdAt),
    updatedAt: isoOf(bulletin.updatedAt),
    returnReason: bulletin.returnReason,
    approvedByName: bulletin.approvedByName,
    approvedAt: isoOrNull(bulletin.approvedAt),
    versions: versions.map((v) => ({ ...v, createdAt: isoOf(v.createdAt) })),
    rendition: toRendition(rendition),
  }
}

function toRendition(row: renditionStore.RenditionRow): Rendition {
  const { sha256, ms, bytes, loudnessLufs, truePeakDbtp } = row
  const isComplete = sha256 !== null && ms !== null && bytes !== null && loudnessLufs !== null && truePeakDbtp !== null
  return {
    step: row.step,
    progress: row.progress,
    audio: isComplete ? { sha256, url: `/media/${sha256}.mp3`, ms, bytes, loudnessLufs, truePeakDbtp } : null,
    failure: row.failureKey ? messageOf(row.failureKey) : null,
    voice: voiceOf(row),
    fallback: fallbackOf(row),
    sentCharacters: row.sentCharacters,
  }
}
