import type { Pronunciation } from '#protocol/http/speech.ts'
import { plain } from '../../lib/format/plain.ts'

/** Entries whose writing or reading has these letters, with or without diacritics, in the order of the alphabet. */
export function findEntries(items: readonly Pronunciation[], typed: string): Pronunciation[] {
  const wanted = plain(typed)
  return items
    .filter(({ written, spoken }) => plain(written).includes(wanted) || plain(spoken).includes(wanted))
    .sort((a, b) => collator.compare(a.written, b.written))
}

const collator = new Intl.Collator('vi')
