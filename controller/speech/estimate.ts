import { MAX_SCRIPT_CHARS } from '#protocol/http/bulletins.ts'
import type { EstimateSpeech, SpeechEstimate } from '#protocol/http/speech.ts'
import { type Actor, requirePermission } from '../accounts/actor.ts'
import * as stationStore from '../areas/stations.store.ts'
import { DEFAULT_STATION } from '../areas/stations.ts'
import type { Context } from '../context.ts'
import { invalid } from '../errors.ts'
import { cachedFile, cachedMs } from './cache.ts'
import { castScript } from './cast.ts'
import { chainFor } from './chain-for.ts'
import { scriptToUtterances, withoutParts } from './normalise/utterances.ts'
import { readingOf } from './reading.ts'
import { type Line, type Speech, VOICES, voicesOf } from './speech.ts'

/** What producing a script would cost now, if the first engine of the area speaks it. Sends and stores nothing. */
export async function estimateSpeech(
  ctx: Pick<Context, 'db' | 'speech' | 'dataDir'>,
  input: { actor: Actor; request: EstimateSpeech },
): Promise<SpeechEstimate> {
  requirePermission(input.actor, 'bulletins.read')
  const { request } = input
  const { areaCode, omit } = request
  if (request.script.length > MAX_SCRIPT_CHARS) {
    throw invalid('script', 'script.tooLong', { length: request.script.length, limit: MAX_SCRIPT_CHARS })
  }
  const station = areaCode ? await stationStore.findStation(ctx.db, areaCode) : null
  const voice = VOICES.find((name) => name === station?.voice) ?? DEFAULT_STATION.voice
  const [speech] = chainFor(ctx.speech, station?.engines ?? [])
  const voices = voicesOf(speech, voice)
  const script = withoutParts(scriptToUtterances(request.script, await readingOf(ctx.db, areaCode, voice)), omit)
  const said = castScript(script, voices).map(({ spoken, part }) => ({
    text: spoken,
    part,
    file: cachedFile(ctx.dataDir, { engine: speech.engine, voice: voices[part].name, spoken }),
  }))
  const missing = new Map<string, Line>()
  for (const [file, line] of new Map(said.map((each) => [each.file, each]))) {
    if ((await cachedMs(file)) === null) missing.set(file, line)
  }
  return {
    sentences: said.length,
    cached: said.filter(({ file }) => !missing.has(file)).length,
    ...(await costOf([...missing.values()], speech.meter)),
  }
}

/** An engine without a meter costs nothing; the two voices of one that has may be billed apart. */
async function costOf(
  missing: readonly Line[],
  meter: Speech['meter'],
): Promise<Pick<SpeechEstimate, 'characters' | 'family' | 'remaining' | 'second'>> {
  if (!meter) return { characters: 0, family: null, remaining: null, second: null }
  const { lead, second } = meter
  const charactersOf = (lines: readonly Line[]): number =>
    lines.reduce((sum, { text, part }) => sum + meter[part].count(text), 0)
  const bySecond = charactersOf(missing.filter(({ part }) => part === 'second'))
  return {
    characters: charactersOf(missing),
    family: lead.family,
    remaining: await lead.left(),
    second:
      bySecond > 0 && second.family !== lead.family
        ? { characters: bySecond, family: second.family, remaining: await second.left() }
        : null,
  }
}
