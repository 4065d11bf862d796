import { MAX_SCRIPT_CHARS } from '#protocol/http/bulletins.ts'
import type { EstimateSpeech, SpeechEstimate } from '#protocol/http/speech.ts'
import { type Actor, requirePermission } from '../accounts/actor.ts'
import * as stationStore from '../areas/stations.store.ts'
import { DEFAULT_STATION } from '../areas/stations.ts'
import type { Context } from '../context.ts'
import { invalid } from '../errors.ts'
import { cachedFile, cachedMs } from './cache.ts'
import { scriptToUtterances, withoutParts } from './normalise/utterances.ts'
import { readingOf } from './reading.ts'
import { nameOf, type SpeechMeter, VOICES } from './speech.ts'

/** What producing a script would cost now, if the first engine of the settings speaks it. Sends and stores nothing. */
export async function estimateSpeech(
  ctx: Pick<Context, 'db' | 'speech' | 'dataDir'>,
  input: { actor: Actor; request: EstimateSpeech },
): Promise<SpeechEstimate> {
  requirePermission(input.actor, 'bulletins.read')
  const { script, areaCode, omit } = input.request
  if (script.length > MAX_SCRIPT_CHARS) {
    throw invalid('script', 'script.tooLong', { length: script.length, limit: MAX_SCRIPT_CHARS })
  }
  const station = areaCode ? await stationStore.findStation(ctx.db, areaCode) : null
  const voice = VOICES.find((name) => name === station?.voice) ?? DEFAULT_STATION.voice
  const [speech] = ctx.speech
  const utterances = withoutParts(scriptToUtterances(script, await readingOf(ctx.db, areaCode, voice)), omit)
  const said = utterances.map(({ spoken }) => spoken)
  const missing = new Set<string>()
  for (const spoken of new Set(said)) {
    const file = cachedFile(ctx.dataDir, { engine: speech.engine, voice: nameOf(speech, voice), spoken })
    if ((await cachedMs(file)) === null) missing.add(spoken)
  }
  return {
    ...costOf(said, missing, speech.meter ?? null),
    family: speech.meter?.family ?? null,
    remaining: (await speech.meter?.left()) ?? null,
  }
}

/** Pure: what is said twice is sent once, what is cached not at all, and an engine without a meter costs nothing. */
export function costOf(
  said: readonly string[],
  missing: ReadonlySet<string>,
  meter: Pick<SpeechMeter, 'count'> | null,
): Pick<SpeechEstimate, 'sentences' | 'cached' | 'characters'> {
  return {
    sentences: said.length,
    cached: said.filter((spoken) => !missing.has(spoken)).length,
    characters: meter ? [...missing].reduce((sum, spoken) => sum + meter.count(spoken), 0) : 0,
  }
}
