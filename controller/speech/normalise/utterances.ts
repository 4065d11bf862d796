import { type CompiledDictionary, compileDictionary } from './dictionary.ts'
import { normaliseWith } from './normalise.ts'
import { type BlockKind, toBlocks } from './script/blocks.ts'
import { toParagraphs } from './script/paragraphs.ts'
import { clauseBorder, type Piece, toSentences } from './script/sentences.ts'
import { turnReader } from './script/turns.ts'
import type { NormaliseOptions } from './types.ts'

/** One breath of speech: what an engine is asked to say at once. */
export interface Utterance {
  source: string
  /** UTF-16 offset into the script, inclusive. */
  start: number
  /** UTF-16 offset into the script, exclusive. */
  end: number
  spoken: string
  pauseAfterMs: number
  /** Who speaks; anything but the three fixed names is a skit character as written in the script. */
  turn: 'narrator' | 'question' | 'answer' | (string & {})
  /** `signature` is the whole frame of a document: letterhead, recipients, signing. */
  kind: BlockKind
}

/** Engines lose their breath, and their memory, over longer texts. */
const LONGEST_SPOKEN = 400

const PAUSE_MS = { clause: 250, sentence: 450, paragraph: 700, heading: 900, turn: 900 } as const

/**
 * Cuts a whole script into utterances, each already normalised: sentences, or parts of long ones cut at clause borders,
 * with the pause that follows, who speaks, and what part of the document they are. What says nothing is left out.
 */
export function scriptToUtterances(script: string, options: NormaliseOptions = {}): Utterance[] {
  const dictionary = compileDictionary(options.dictionary ?? [])
  const blocks = toBlocks(toParagraphs(script))
  const readTurn = turnReader(blocks.map((block) => block.text))
  const utterances: Utterance[] = []
  for (const block of blocks) {
    const { turn, skip } = readTurn(block.text, block.kind !== 'sentence')
    const previous = utterances.at(-1)
    if (previous && previous.turn !== turn) previous.pauseAfterMs = PAUSE_MS.turn
    const text = block.text.slice(skip)
    const said = speakPieces(text, toSentences(text), dictionary, options)
    for (const [index, { piece, spoken, isCut }] of said.entries()) {
      const start = block.start + skip + piece.start
      const end = block.start + skip + piece.end
      const isLast = index === said.length - 1
      const pause = !isLast ? (isCut ? 'clause' : 'sentence') : block.kind === 'heading' ? 'heading' : 'paragraph'
      utterances.push({
        source: script.slice(start, end),
        start,
        end,
        spoken,
        pauseAfterMs: PAUSE_MS[pause],
        turn,
        kind: block.kind,
      })
    }
  }
  return utterances
}

/** What is left to say when whole parts of the document are left out. */
export const withoutParts = (utterances: readonly Utterance[], omit: readonly BlockKind[]): Utterance[] =>
  utterances.filter(({ kind }) => !omit.includes(kind))

interface Said {
  piece: Piece
  spoken: string
  /** The sentence goes on in the next piece. */
  isCut: boolean
}

function speakPieces(
  text: string,
  pieces: readonly Piece[],
  dictionary: CompiledDictionary,
  options: NormaliseOptions,
): Said[] {
  return pieces.flatMap((piece) => speakPiece(text, trim(text, piece), dictionary, options))
}

function speakPiece(text: string, piece: Piece, dictionary: CompiledDictionary, options: NormaliseOptions): Said[] {
  const source = text.slice(piece.start, piece.end)
  // Cutting first keeps what is normalised short, however long a script without a single full stop may be.
  const border = source.length > 4 * LONGEST_SPOKEN ? clauseBorder(source) : null
  const spoken = border === null ? normaliseWith(source, dictionary, options).spoken : ''
  if (border === null && spoken.length <= LONGEST_SPOKEN)
    return /\p{L}/u.test(spoken) ? [{ piece, spoken, isCut: false }] : []
  const cut = border ?? clauseBorder(source)
  if (cut === null)
    return hardCut(spoken).map((part, index, all) => ({ piece, spoken: part, isCut: index < all.length - 1 }))
  const left = speakPiece(text, trim(text, { start: piece.start, end: piece.start + cut }), dictionary, options)
  const right = speakPiece(text, trim(text, { start: piece.start + cut, end: piece.end }), dictionary, options)
  const last = left.at(-1)
  if (last && right.length > 0) last.isCut = true
  return [...left, ...right]
}

function trim(text: string, { start, end }: Piece): Piece {
  const source = text.slice(start, end)
  const lead = source.length - source.trimStart().length
  const from = Math.min(start + lead, end)
  return { start: from, end: Math.max(from, start + source.trimEnd().length) }
}

/** Something without a single border, such as a very long address: cut its words, or even a word. */
const hardCut = (spoken: string): string[] =>
  spoken.match(new RegExp(`\\S.{0,${LONGEST_SPOKEN - 2}}\\S(?=\\s|$)|\\S{1,${LONGEST_SPOKEN}}`, 'gsu')) ?? []
