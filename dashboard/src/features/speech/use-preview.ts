import { startTransition, useCallback, useEffect, useReducer } from 'react'
import { inSlices } from '../../lib/in-slices.ts'
import { type PreviewInput, previewSpeech } from './api/preview-speech.ts'
import { nextPreview, type PreviewState, patienceMs, startPreview } from './preview-state.ts'
import { NOTHING_READ, type Reading, readSteps } from './reading.ts'

/** Runs the clock and the requests that `preview-state` decides on. */
export function usePreview({ script, areaCode }: PreviewInput): { state: PreviewState; again: () => void } {
  const [state, dispatch] = useReducer(nextPreview, { script, areaCode }, startPreview)
  const { turn, phase, wanted } = state
  const previous = state.shown?.reading ?? NOTHING_READ

  useEffect(() => dispatch({ kind: 'wanted', input: { script, areaCode } }), [script, areaCode])

  useEffect(() => {
    if (phase !== 'waiting') return
    const timer = setTimeout(() => dispatch({ kind: 'settled', turn }), patienceMs(wanted.script.length))
    return () => clearTimeout(timer)
  }, [phase, turn, wanted])

  useEffect(() => {
    if (phase !== 'asking') return
    const stop = new AbortController()
    read(wanted, previous, stop.signal).then(
      // Drawing a long reading gives way to the next key.
      (reading) => startTransition(() => dispatch({ kind: 'answered', turn, reading })),
      (error: unknown) => stop.signal.aborted || dispatch({ kind: 'failed', turn, error }),
    )
    return () => stop.abort()
  }, [phase, turn, wanted, previous])

  return { state, again: useCallback(() => dispatch({ kind: 'again' }), []) }
}

async function read(wanted: PreviewInput, previous: Reading, signal: AbortSignal): Promise<Reading> {
  return inSlices(readSteps(await previewSpeech(wanted, signal), previous), signal)
}
