import { z } from 'zod'
import { SpeechPreview } from '#protocol/http/speech.ts'
import { ApiError, call } from '../../../lib/api.ts'
import { inSlices } from '../../../lib/in-slices.ts'

export interface PreviewInput {
  readonly script: string
  /** Whose dictionary applies. */
  readonly areaCode: string | null
}

const Utterance = SpeechPreview.shape.utterances.element
/** Of a long script half a megabyte comes back: its utterances are parsed a few at a time. */
const Unparsed = SpeechPreview.extend({ utterances: z.array(z.unknown()) })

/** What would be said of a script; stores nothing. */
export async function previewSpeech({ script, areaCode }: PreviewInput, signal: AbortSignal): Promise<SpeechPreview> {
  const body = { script, ...(areaCode === null ? {} : { areaCode }) }
  const unparsed = await call(Unparsed, '/api/speech/preview', { method: 'POST', body, signal })
  return { ...unparsed, utterances: await inSlices(parseEach(unparsed.utterances), signal) }
}

function* parseEach(utterances: readonly unknown[]): Generator<void, SpeechPreview['utterances']> {
  const parsed: SpeechPreview['utterances'] = []
  for (const utterance of utterances) {
    const { data, error } = Utterance.safeParse(utterance)
    if (!data) throw new ApiError('unreadable', { status: 200, cause: error })
    parsed.push(data)
    yield
  }
  return parsed
}
