/** Every Vietnamese letter with a tone, beside the same letter without. */
const TONELESS = new Map<string, string>()
for (const base of 'aăâeêioôơuưy')
  for (const tone of '\u0300\u0301\u0303\u0309\u0323') TONELESS.set((base + tone).normalize('NFC'), base)

const ONSET = /^(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?/

/** The rhymes of written Vietnamese, without tone; the spelling rules of the language allow no others. */
const RHYMES = new Set(
  `a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
   e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
   o oc oi om on ong op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet ooc oong
   ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uơ uôc uôi uôm uôn
   uông uôt uy uya uych uyên uyêt uyn uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
   y yêm yên yêng yêt yêu`.split(/\s+/),
)
/** What may follow `gi` and `qu`, where the i or u has already been spent. */
const SPENT = new Set([...RHYMES, 'êng', 'êt', 'êc', 'êu', 'n', 'm', 'p', 't', 'ch', 'nh', ''])

/** Whether a lower-case word is spelled like a Vietnamese syllable; tones may be missing. */
export function isSyllable(word: string): boolean {
  if (word.length > 7 || word.length === 0) return false
  let toneless = ''
  for (const char of word) toneless += TONELESS.get(char) ?? char
  const onset = ONSET.exec(toneless)?.[0] ?? ''
  const rhyme = toneless.slice(onset.length)
  if (onset === 'gi' || onset === 'qu') return SPENT.has(rhyme) && (onset === 'gi' || rhyme !== '')
  return RHYMES.has(rhyme)
}

/**
 * Cuts a word written without tones or spaces, as in web addresses, into the fewest syllables: `camau` → `ca mau`.
 * Letters that belong to no syllable stand alone: `phaplyvn` → `phap ly v n`.
 */
export function splitSyllables(word: string): string[] {
  const best: { cost: number; parts: string[] }[] = [{ cost: 0, parts: [] }]
  for (let end = 1; end <= word.length; end++) {
    const last = best[end - 1] ?? { cost: 0, parts: [] }
    let found = { cost: last.cost + 10, parts: [...last.parts, word.slice(end - 1, end)] }
    for (let start = Math.max(0, end - 7); start < end - 1; start++) {
      const head = best[start]
      const syllable = word.slice(start, end)
      if (!head || head.cost + 4 >= found.cost || !isSyllable(syllable)) continue
      found = { cost: head.cost + 4, parts: [...head.parts, syllable] }
    }
    best[end] = found
  }
  return best[word.length]?.parts ?? []
}
