import * as stationStore from '../areas/stations.store.ts'
import type { Context } from '../context.ts'
import type { BulletinVersionTable } from '../db/schema.ts'
import { absentBefore, chainFor } from '../speech/chain-for.ts'
import { type Script, type SpokenScript, speakScript } from '../speech/speak-script.ts'
import { contentOf } from './content.ts'

/**
 * Has a version spoken by the engines of the first area that it is for, as its settings stand now: whoever changes them
 * and has it produced again wants to hear the change.
 */
export async function speakVersion(
  ctx: Pick<Context, 'db' | 'speech' | 'dataDir' | 'log'>,
  version: BulletinVersionTable,
  script: Script,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<SpokenScript> {
  const station = await stationStore.findStation(ctx.db, contentOf(version).targets[0] ?? '')
  const names = station?.engines ?? []
  const { dataDir, log } = ctx
  const speech = chainFor(ctx.speech, names)
  const spoken = await speakScript({ speech, dataDir, log }, script, onProgress, signal)
  return { ...spoken, skipped: [...absentBefore(ctx.speech, names, spoken.engine), ...spoken.skipped] }
}
