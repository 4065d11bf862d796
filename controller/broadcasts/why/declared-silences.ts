import type { Station } from '#protocol/http/areas.ts'
import type { Window } from '#protocol/rules/civil-time.ts'
import { silentSpans } from '#protocol/rules/silences.ts'
import { airingRulesOf } from '../../areas/airing-rules.store.ts'
import * as areaStore from '../../areas/areas.store.ts'
import type { Db } from '../../db/open.ts'
import type { DeclaredSilence } from './facts.ts'

/** The silences of a station in a window, each with whoever has laid it down for the commune or for its province. */
export async function declaredSilences(
  db: Db,
  { areaCode, timeZone }: Station,
  window: Window,
): Promise<DeclaredSilence[]> {
  const area = await areaStore.findArea(db, areaCode)
  const said = await airingRulesOf(db, [areaCode, ...(area?.parentCode ? [area.parentCode] : [])])
  return [...said.values()].flatMap(({ silences, updatedByName, updatedAt }) =>
    silentSpans(silences, window, timeZone).map((span) => ({
      ...span,
      setBy: { name: updatedByName, at: updatedAt },
    })),
  )
}
