import { isWordAt } from './chars.ts'
import { clean } from './clean.ts'
import type { Reading, Scan } from './scan.ts'
import type { DictionaryEntry } from './types.ts'

interface CompiledEntry {
  written: string
  spoken: string
  /** Entries written all in lower case match any case: `zalo` also reads `Zalo`. */
  anyCase: boolean
}

/** The station's own words, by first letter in lower case, longest first. */
export type CompiledDictionary = ReadonlyMap<string, readonly CompiledEntry[]>

/** Prepares entries for look-up; of two that are written alike the later wins. */
export function compileDictionary(entries: readonly DictionaryEntry[]): CompiledDictionary {
  const index = new Map<string, CompiledEntry[]>()
  for (const entry of entries) {
    const written = clean(entry.written).text.trim()
    const spoken = speakable(entry.spoken)
    if (!written || !spoken) continue
    const key = written.charAt(0).toLowerCase()
    const others = (index.get(key) ?? []).filter((other) => other.written !== written)
    index.set(key, [{ written, spoken, anyCase: written === written.toLowerCase() }, ...others])
  }
  for (const list of index.values()) list.sort((a, b) => b.written.length - a.written.length)
  return index
}

/** A dictionary may say words and pauses, nothing that would need reading again. */
const speakable = (spoken: string): string =>
  spoken
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\s,.?!]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()

/** Reads the longest entry of the station's dictionary that is written here as a whole word. */
export function readDictionary(scan: Scan): Reading | null {
  const { text, pos, dictionary } = scan
  const candidates = dictionary.get(text.charAt(pos).toLowerCase())
  if (!candidates || (pos > 0 && isWordAt(text, pos - 1) && isWordAt(text, pos))) return null
  for (const { written, spoken, anyCase } of candidates) {
    const end = pos + written.length
    const found = text.slice(pos, end)
    if (found !== written && !(anyCase && found.toLowerCase() === written)) continue
    if (isWordAt(text, end) && isWordAt(text, end - 1)) continue
    return { end, kind: 'dictionary', rule: 'station-dictionary', reading: spoken }
  }
  return null
}
