import { SpeechPreview } from '#protocol/http/speech.ts'
import { call } from '../../../lib/api.ts'

export interface PreviewInput {
  readonly script: string
  /** Whose dictionary applies. */
  readonly areaCode: string | null
}

/** What would be said of a script; stores nothing. */
export const previewSpeech = ({ script, areaCode }: PreviewInput, signal: AbortSignal) =>
  call(SpeechPreview, '/api/speech/preview', {
    method: 'POST',
    body: { script, ...(areaCode === null ? {} : { areaCode }) },
    signal,
  })
