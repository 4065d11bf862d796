import type { SpeechPreview, SpokenSpan } from '#protocol/http/speech.ts'
import { type Part, partsOf } from './align-reading.ts'
import { type CitedDocument, documentsIn } from './cited-documents.ts'

type Utterance = SpeechPreview['utterances'][number]

/** One sentence as it will be said. Knows nothing of where it stands, so that typing above it does not change it. */
export interface Sentence {
  readonly id: number
  /** Two sentences with equal content look the same. */
  readonly content: string
  readonly kind: Utterance['kind']
  readonly turn: string
  /** The first of a turn, or of a signature or table block: what is said of it stands above. */
  readonly opens: boolean
  /** Which voice speaks from here on; null where nobody begins, and where a script has one voice only. */
  readonly voice: Utterance['part'] | null
  readonly parts: readonly Part[]
  readonly documents: readonly CitedDocument[]
}

/** What will be said of a whole script. */
export interface Reading {
  readonly sentences: readonly Sentence[]
  /** Where each sentence begins in the script, by id. */
  readonly starts: ReadonlyMap<number, number>
  readonly nextId: number
}

export const NOTHING_READ: Reading = { sentences: [], starts: new Map(), nextId: 1 }

/** Sentences that were there before are the very same objects, so that only what changed is drawn again. */
export function readingOf(preview: SpeechPreview, previous: Reading): Reading {
  const steps = readSteps(preview, previous)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** The same, with a pause offered after each sentence: a long script takes longer than a key may wait. */
export function* readSteps(preview: SpeechPreview, previous: Reading): Generator<void, Reading> {
  const known = byContent(previous.sentences)
  const sentences: Sentence[] = []
  const starts = new Map<number, number>()
  let { nextId } = previous
  let before: Utterance | null = null
  const hasTwoVoices = preview.utterances.some(({ part }) => part === 'second')
  for (const utterance of joinCuts(preview.utterances)) {
    const { source, spoken, kind, turn } = utterance
    const spans = utterance.spans.map((span) => relativeTo(span, utterance.start))
    const opens = opensBlock(utterance, before)
    const voice = opens && hasTwoVoices ? utterance.part : null
    const content = JSON.stringify([kind, turn, opens, voice, source, spoken, spans])
    const sentence: Sentence = known.get(content)?.shift() ?? {
      id: nextId++,
      content,
      kind,
      turn,
      opens,
      voice,
      parts: partsOf({ source, spoken, spans }),
      documents: documentsIn(source, spans),
    }
    sentences.push(sentence)
    starts.set(sentence.id, utterance.start)
    before = utterance
    yield
  }
  return { sentences, starts, nextId }
}

function byContent(sentences: readonly Sentence[]): Map<string, Sentence[]> {
  const known = new Map<string, Sentence[]>()
  for (const sentence of sentences) {
    const alike = known.get(sentence.content)
    if (alike) alike.push(sentence)
    else known.set(sentence.content, [sentence])
  }
  return known
}

/** Something very long without a border is said in several breaths, each with the whole source: one sentence to the eye. */
function joinCuts(utterances: readonly Utterance[]): Utterance[] {
  const joined: Utterance[] = []
  for (const utterance of utterances) {
    const last = joined.at(-1)
    if (last && last.start === utterance.start && last.end === utterance.end) {
      joined[joined.length - 1] = { ...last, spoken: `${last.spoken} ${utterance.spoken}` }
    } else joined.push(utterance)
  }
  return joined
}

const relativeTo = (span: SpokenSpan, start: number): SpokenSpan => ({
  ...span,
  start: span.start - start,
  end: span.end - start,
})

function opensBlock(utterance: Utterance, before: Utterance | null): boolean {
  if (utterance.turn !== (before?.turn ?? 'narrator')) return true
  const isBlock = utterance.kind === 'signature' || utterance.kind === 'table'
  return isBlock && utterance.kind !== before?.kind
}
