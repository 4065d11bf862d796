import type { Db } from '../db/open.ts'
import type { NormaliseOptions } from './normalise/types.ts'
import * as pronunciationStore from './pronunciations.store.ts'

/**
 * How scripts of an area are read for a voice: with its dictionary, with the number words of the voice's region, and
 * with foreign words respelled, since a Vietnamese voice cannot read them as they are written.
 */
export async function readingOf(db: Db, areaCode: string | undefined, voice: string): Promise<NormaliseOptions> {
  return {
    dictionary: areaCode ? await pronunciationStore.dictionaryOf(db, areaCode) : [],
    region: voice === 'vi-south' ? 'south' : 'north',
    foreign: 'respelled',
  }
}
