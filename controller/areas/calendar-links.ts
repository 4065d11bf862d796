import { createHash } from 'node:crypto'
import type { CalendarLink, NewCalendarLink } from '#protocol/http/calendar-links.ts'
import { type Actor, requirePermission } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import { transact } from '../db/transact.ts'
import { randomSecret } from '../ids.ts'
import { isoOf } from '../iso.ts'
import * as linkStore from './calendar-links.store.ts'
import { getStation } from './stations.ts'

export async function getCalendarLink(
  ctx: Pick<Context, 'db'>,
  input: { actor: Actor; areaCode: string },
): Promise<CalendarLink | null> {
  requirePermission(input.actor, 'programmes.read')
  await getStation(ctx, input)
  const link = await linkStore.findCalendarLink(ctx.db, input.areaCode)
  return link && { createdByName: link.createdByName, createdAt: isoOf(link.createdAt) }
}

/**
 * A link by which a phone that cannot sign in reads the station's calendars, and nothing else. It is told this once, only
 * its hash is kept, and the link that was there before ends.
 */
export async function makeCalendarLink(
  ctx: Pick<Context, 'db' | 'bus' | 'clock' | 'publicUrl'>,
  input: { actor: Actor; areaCode: string },
): Promise<NewCalendarLink> {
  const { actor, areaCode } = input
  requirePermission(actor, 'programmes.write')
  await getStation(ctx, input)
  const token = randomSecret()
  const createdAt = ctx.clock.now()
  await transact(ctx, async (tx) => {
    const link = { areaCode, tokenHash: hashOf(token), createdByName: actor.name, createdAt }
    await linkStore.saveCalendarLink(tx.db, link)
    await tx.event('station.changed', areaCode)
  })
  const url = `${ctx.publicUrl}/api/stations/${areaCode}/calendar.ics?token=${token}`
  return { url, createdByName: actor.name, createdAt: isoOf(createdAt) }
}

/** Whoever has the link reads nothing from now on. */
export async function removeCalendarLink(
  ctx: Pick<Context, 'db' | 'bus' | 'clock'>,
  input: { actor: Actor; areaCode: string },
): Promise<void> {
  requirePermission(input.actor, 'programmes.write')
  await getStation(ctx, input)
  await transact(ctx, async (tx) => {
    await linkStore.deleteCalendarLink(tx.db, input.areaCode)
    await tx.event('station.changed', input.areaCode)
  })
}

/** The commune whose calendars this secret opens; null: none any more. */
export const areaOfToken = (ctx: Pick<Context, 'db'>, token: string): Promise<string | null> =>
  linkStore.areaOfLink(ctx.db, hashOf(token))

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')
