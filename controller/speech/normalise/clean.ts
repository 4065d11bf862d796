/** Text that the rules can trust (NFC, one kind of space, quote and dash) and the way back to the source. */
export interface CleanText {
  text: string
  /** The source offset at which a character of `text` begins; `offsetOf(text.length)` is the source's length. */
  offsetOf(index: number): number
}

/** What plain paragraphs never hold; a paragraph without any of it needs no cleaning. */
const ODD = /[^A-Za-z0-9À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ.,;:?!()/%&+@$=<>\n -]|[ \n] | \n|\n\n|--/

/** A run of plain characters (its last one not the bearer of a loose mark), or one cluster to look at. */
const PIECE =
  /[A-Za-z0-9À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ.,;:?!()/%&+@$=<>]+(?!\p{M})|\r\n|\P{M}\p{M}*|\p{M}+/gsu

/** Letters and signs that fonts, keyboards and word processors put where another one is meant. */
const INSTEAD: Readonly<Record<string, string>> = {
  ð: 'đ',
  Ð: 'Đ',
  Ɖ: 'Đ',
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '−': '-',
  '­': '',
  '―': '—',
  '⁄': '/',
  '∕': '/',
  '’': "'",
  '‘': "'",
  '′': "'",
  '´': "'",
  '…': '...',
  '№': 'số ',
  '∼': '~',
  '≈': '~',
  '≦': '≤',
  '≧': '≥',
  '✕': '×',
  '⨯': '×',
  º: '°',
  '˚': '°',
  µ: 'µ',
  μ: 'µ',
  '½': '1/2',
  '⅓': '1/3',
  '⅔': '2/3',
  '¼': '1/4',
  '¾': '3/4',
}

/** Cyrillic and Greek letters that look Latin; replaced only inside a Latin word. */
const LOOKALIKES: Readonly<Record<string, string>> = Object.fromEntries(
  [...'аеорсхуіѕАВЕКМНОРСТХΑΒΕΗΙΚΜΝΟΡΤΥΧο'].map((char, index) => [
    char,
    'aeopcxyisABEKMHOPCTXABEHIKMNOPTYXo'.charAt(index),
  ]),
)

/** Signs that some rule reads; every other sign is silent and is removed here, before any rule looks. */
const READ = new Set(".,;:?!()[]{}/\\-—+±=<>≤≥≠~%‰&@#$€£¥₫₩°'*×÷_^")
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** Cleans one paragraph; a plain one comes back as it is. */
export function clean(source: string): CleanText {
  return ODD.test(source) ? new Cleaner(source).run() : { text: source, offsetOf: (index) => index }
}

class Cleaner {
  readonly #source: string
  readonly #chunks: string[] = []
  readonly #offsets: number[] = []
  /** The last few characters written: all that any decision here looks back at. */
  #tail = ''

  constructor(source: string) {
    this.#source = source
  }

  run(): CleanText {
    for (const { 0: piece, index } of this.#source.matchAll(PIECE)) {
      if (piece.length > 1 && /^[!-~À-ỹ]/.test(piece) && !/\p{M}/u.test(piece)) this.#put(piece, index, true)
      else this.#take(piece, index)
    }
    const { length } = this.#source
    const offsets = this.#offsets
    return { text: this.#chunks.join(''), offsetOf: (index) => offsets[index] ?? length }
  }

  #take(cluster: string, at: number): void {
    const char = cluster.length === 1 && !/\p{M}/u.test(cluster) ? cluster : withoutLooseMarks(cluster.normalize('NFC'))
    if (/^[\s\u0085]/u.test(char)) {
      this.#space(/[\n\r\u0085\u2028\u2029]/.test(char) ? '\n' : ' ', at)
      return
    }
    const meant = this.#meant(char, at)
    if (meant !== '-') this.#put(meant, at)
    else if (this.#tail.endsWith('-')) this.#replaceLast('—')
    else if (!this.#tail.endsWith('—')) this.#put('-', at)
  }

  #meant(char: string, at: number): string {
    if (/^[\p{L}\p{M}]/u.test(char)) return this.#letter(char, at)
    const instead = INSTEAD[char]
    if (instead !== undefined) return /^\d/.test(instead) && /\d$/.test(this.#tail) ? ` ${instead}` : instead
    const superscript = SUPERSCRIPTS.indexOf(char)
    if (superscript >= 0) return this.#superscript(String(superscript))
    if (READ.has(char) || /^[0-9]$/.test(char)) return char
    const wide = char.normalize('NFKC')
    if (wide !== char && /^[\p{L}\p{N}°/%(), -]+$/u.test(wide) && /^[ -~°À-ỹ]+$/.test(wide)) return meantAll(wide)
    return /^\p{Nd}/u.test(char) ? decimalValue(char) : this.#gap(char, at)
  }

  #letter(char: string, at: number): string {
    const instead = INSTEAD[char]
    if (instead !== undefined) return instead
    if (/^[A-Za-zÀ-ỹ]+$/.test(char)) return char
    const latin = LOOKALIKES[char]
    const inLatinWord = /[A-Za-zÀ-ỹ]$/.test(this.#tail) || /^[A-Za-zÀ-ỹ]/.test(this.#source.charAt(at + 1))
    if (latin !== undefined && inLatinWord) return latin
    const wide = char.normalize('NFKC')
    if (/^[A-Za-z0-9À-ỹ]+$/.test(wide)) return meantAll(wide)
    return isAstral(char) ? this.#gap(char, at) : char
  }

  /** `m²` is a unit, `10⁵` a power; anywhere else a raised digit is a footnote mark and is not said. */
  #superscript(value: string): string {
    if (/(?:^|[^\p{L}])[kdcmh]?m$/u.test(this.#tail)) return value
    return /\d$/.test(this.#tail) ? `^${value}` : ''
  }

  /** A silent sign between two words still keeps them apart. */
  #gap(char: string, at: number): string {
    const next = this.#source.slice(at + char.length, at + char.length + 2)
    return /[\p{L}\p{M}\p{N}]$/u.test(this.#tail) && /^[\p{L}\p{N}]/u.test(next) ? ' ' : ''
  }

  #space(char: string, at: number): void {
    if (this.#tail.endsWith('\n') || (this.#tail.endsWith(' ') && char === ' ')) return
    if (this.#tail.endsWith(' ')) this.#replaceLast(char)
    else this.#put(char, at)
  }

  #replaceLast(char: string): void {
    const last = this.#chunks.pop() ?? ''
    this.#chunks.push(last.slice(0, -1) + char)
    this.#tail = this.#tail.slice(0, -1) + char
  }

  /** A plain run counts its own offsets; what stands for one cluster points back at that cluster. */
  #put(text: string, at: number, counted = false): void {
    if (text === '' || (text === ' ' && /[ \n]$/.test(this.#tail))) return
    this.#chunks.push(text)
    this.#tail = (this.#tail + text.slice(-4)).slice(-4)
    for (let index = 0; index < text.length; index++) this.#offsets.push(counted ? at + index : at)
  }
}

/** Marks stay where a script needs them: on Latin letters those of Latin, on letters of other scripts all; nowhere else. */
function withoutLooseMarks(char: string): string {
  if (/^\p{Script=Latin}/u.test(char)) return char.replace(/(?![\u0300-\u036f])\p{M}/gu, '')
  return /^\p{L}/u.test(char) ? char : char.replace(/\p{M}/gu, '')
}

const meantAll = (text: string): string => [...text].map((char) => INSTEAD[char] ?? char).join('')

/** No voice and no rule knows the scripts beyond the basic plane, nor half a character. */
const isAstral = (char: string): boolean => /[\ud800-\udfff]/.test(char)

/** Digits of other scripts stand in tens; the value is the distance from the zero of the script. */
function decimalValue(char: string): string {
  const code = char.codePointAt(0) ?? 0
  for (let back = 0; back < 10; back++) {
    if (!/^\p{Nd}$/u.test(String.fromCodePoint(code - back - 1))) return String(back)
  }
  return '0'
}
