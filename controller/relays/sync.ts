import { isDeepStrictEqual } from 'node:util'
import { enqueuePlan } from '../broadcasts/replan.ts'
import type { Context } from '../context.ts'
import { transact } from '../db/transact.ts'
import * as programmeStore from '../programmes/programmes.store.ts'
import * as relayStore from './relays.store.ts'

/** Makes the streams of the settings those that stations may relay; whoever relays one that has changed is planned again. */
export async function syncRelays(
  ctx: Pick<Context, 'db' | 'bus' | 'clock' | 'newId'> & { readonly config: Pick<Context['config'], 'relays'> },
): Promise<void> {
  await transact(ctx, async (tx) => {
    const before = new Map((await relayStore.listRelays(tx.db)).map((relay) => [relay.name, relay]))
    const wanted = new Map(ctx.config.relays.map((relay) => [relay.name, relay]))
    const names = [...new Set([...before.keys(), ...wanted.keys()])]
    const changed = names.filter((name) => !isDeepStrictEqual({ ...before.get(name) }, { ...wanted.get(name) }))
    const areas = new Set<string>()
    for (const name of changed) {
      const relay = wanted.get(name)
      if (relay) await relayStore.saveRelay(tx.db, relay)
      else await relayStore.removeRelay(tx.db, name)
      for (const areaCode of await programmeStore.areasThatRelay(tx.db, name)) areas.add(areaCode)
    }
    for (const areaCode of areas) await enqueuePlan(ctx, tx, areaCode)
  })
}
