import { containsQuiet } from '#protocol/rules/said-rules.ts'
import type { Context } from '../context.ts'
import * as airingRulesStore from './airing-rules.store.ts'
import { saveNight } from './night.store.ts'

/** More would not be read. */
const MOST_NAMED = 50

/**
 * Makes the night of the settings the one that all quiet hours contain. Those that were set before and do not are kept
 * longer than they say; somebody should know.
 */
export async function syncNight(
  ctx: Pick<Context, 'db' | 'log'> & { readonly config: Pick<Context['config'], 'night'> },
): Promise<void> {
  const { night } = ctx.config
  await saveNight(ctx.db, night)
  const said = await airingRulesStore.saidQuietHours(ctx.db)
  const scopes = said.filter(({ quietHours }) => !containsQuiet(quietHours, night)).map(({ scope }) => scope)
  if (scopes.length === 0) return
  ctx.log.warn(
    { night, scopes: scopes.slice(0, MOST_NAMED), count: scopes.length },
    'quiet hours do not contain the night (LOA_NIGHT): they are kept longer than set; set them anew',
  )
}
