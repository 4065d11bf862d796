import { z } from 'zod'
import type { BulletinUses } from '#protocol/http/bulletin-uses.ts'
import type { BulletinId } from '#protocol/ids.ts'
import { civilTime } from '#protocol/rules/civil-time.ts'
import { type Actor, scopeOf } from '../accounts/actor.ts'
import { DEFAULT_STATION } from '../areas/stations.ts'
import type { Context } from '../context.ts'
import { isoOf, isoOrNull } from '../iso.ts'
import * as inboxStore from '../programmes/inbox/inbox-list.store.ts'
import { AiringItem, isBulletin, isContent } from '../programmes/session/airing-item.ts'
import { getBulletin } from './get.ts'
import * as usesStore from './uses.store.ts'

const MAX_PROGRAMMES = 50
const MAX_NEXT = 20
/** A bulletin that every commune of a large province airs daily stays below this for a week. */
const MAX_COUNTED = 5_000

const Items = z.array(AiringItem)

/** Where a bulletin airs, so that whoever withdraws it knows who will miss it. */
export async function usesOfBulletin(
  ctx: Pick<Context, 'db' | 'clock'>,
  input: { actor: Actor; id: BulletinId },
): Promise<BulletinUses> {
  await getBulletin(ctx, input)
  const { db } = ctx
  const now = ctx.clock.now()
  const today = civilTime(now, DEFAULT_STATION.timeZone).date
  const asked = { bulletinId: input.id, scope: scopeOf(input.actor), now, today }
  const { programmes, communes } = await usesStore.countProgrammes(db, asked)
  const named = await usesStore.programmesNaming(db, { ...asked, limit: MAX_PROGRAMMES })
  const found = await usesStore.sessionsToCome(db, { ...asked, limit: MAX_COUNTED + 1 })
  const sessions = found.slice(0, MAX_COUNTED).map(({ itemsJson, startAt, ...session }) => ({
    ...session,
    startAt: isoOf(startAt),
    isEmptied: Items.parse(JSON.parse(itemsJson))
      .filter(isContent)
      .every((item) => isBulletin(item) && item.bulletinId === input.id),
  }))
  const aired = await usesStore.countAired(db, asked)
  const clusters = await usesStore.clustersToPlay(db, asked)
  return {
    communes,
    programmes: {
      total: programmes,
      items: named.map(({ nextStartAt, ...programme }) => ({ ...programme, nextStartAt: isoOrNull(nextStartAt) })),
    },
    sessions: {
      total: sessions.length,
      isMore: found.length > MAX_COUNTED,
      emptied: sessions.filter((session) => session.isEmptied).length,
      next: sessions.slice(0, MAX_NEXT),
    },
    airing: await usesStore.countAiring(db, asked),
    aired: { total: aired.total, lastAt: isoOrNull(aired.lastAt) },
    clusters: {
      total: sum(clusters),
      offline: sum(clusters.filter(({ presence }) => presence !== 'online')),
    },
    inbox: await inboxStore.countItems(db, asked),
  }
}

const sum = (groups: readonly { readonly n: number }[]): number => groups.reduce((total, { n }) => total + n, 0)
