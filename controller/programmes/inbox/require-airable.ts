import type { Area } from '#protocol/http/areas.ts'
import * as areaStore from '../../areas/areas.store.ts'
import * as bulletinStore from '../../bulletins/bulletins.store.ts'
import { contentOf } from '../../bulletins/content.ts'
import type { Context } from '../../context.ts'
import { conflict, notFound } from '../../errors.ts'
import { type BulletinMaterial, bulletinMaterial } from '../session/bulletin-material.ts'
import type { InboxKey } from './inbox.store.ts'

export interface Airable extends BulletinMaterial {
  readonly class: 'ordinary' | 'priority'
  readonly expiresOn: string | null
  readonly createdBy: string
}

/** What of a bulletin may be put into a session of a commune. Throws a sentence when nothing may. */
export async function requireAirable(ctx: Pick<Context, 'db'>, { areaCode, bulletinId }: InboxKey): Promise<Airable> {
  const bulletin = await bulletinStore.findBulletin(ctx.db, bulletinId)
  if (!bulletin) throw notFound('bulletin', bulletinId)
  if (bulletin.status === 'withdrawn') throw conflict('bulletin.withdrawn')
  const version = bulletin.approvedVersionId && (await bulletinStore.findVersion(ctx.db, bulletin.approvedVersionId))
  if (!version) throw conflict('bulletin.notApproved')
  const { class: kind, targets, expiresOn } = contentOf(version)
  if (kind === 'emergency') throw conflict('bulletin.emergencyNotScheduled')
  const area = await areaStore.findArea(ctx.db, areaCode)
  if (!area || !isFor(area, targets)) throw conflict('inbox.notForArea')
  const material = await bulletinMaterial(ctx.db, bulletinId)
  if (!material.ready.has(bulletinId)) throw conflict('inbox.noSound')
  return { class: kind, expiresOn, createdBy: bulletin.createdBy, ...material }
}

const isFor = ({ code, parentCode }: Pick<Area, 'code' | 'parentCode'>, targets: readonly string[]): boolean =>
  targets.includes(code) || (parentCode !== null && targets.includes(parentCode))
