import { useCallback, useEffect, useRef, useState } from 'react'
import type { ApiError } from '../../lib/api.ts'
import type { Sending, SoundFile } from './api/send-sound.ts'

export type SendingState =
  | { readonly kind: 'none' }
  | { readonly kind: 'sending' | 'paused'; readonly file: SoundFile; readonly sentBytes: number }
  | { readonly kind: 'failed'; readonly file: SoundFile; readonly sentBytes: number; readonly error: ApiError }

/** One file on its way. It stops, to be gone on with, when the page that sends it is left. */
export function useSending(onDone: () => void) {
  const [state, setState] = useState<SendingState>({ kind: 'none' })
  const sending = useRef<Sending | null>(null)
  const begun = useRef(0)
  useEffect(
    () => () => {
      begun.current += 1
      sending.current?.pause()
    },
    [],
  )

  const start = useCallback(
    async (file: SoundFile, metadata: Record<string, string>) => {
      begun.current += 1
      const own = begun.current
      /** What an upload says that is not the newest any more is not news. */
      const tell = (next: SendingState): void => {
        if (begun.current === own) setState(next)
      }
      setState({ kind: 'sending', file, sentBytes: 0 })
      // Comes when somebody sends something.
      const { sendSound } = await import('./api/send-sound.ts')
      if (begun.current !== own) return
      sending.current = sendSound(file, metadata, {
        onProgress: (sentBytes) => tell({ kind: 'sending', file, sentBytes }),
        onError: (error) =>
          setState((before) =>
            begun.current === own && before.kind !== 'none' ? { ...before, kind: 'failed', error } : before,
          ),
        onDone: () => {
          if (begun.current !== own) return
          setState({ kind: 'none' })
          onDone()
        },
      })
    },
    [onDone],
  )
  const pause = useCallback(() => {
    sending.current?.pause()
    setState((before) => (before.kind === 'sending' ? { ...before, kind: 'paused' } : before))
  }, [])
  const resume = useCallback(() => {
    setState((before) =>
      before.kind === 'none' ? before : { kind: 'sending', file: before.file, sentBytes: before.sentBytes },
    )
    sending.current?.resume()
  }, [])
  const cancel = useCallback(() => {
    begun.current += 1
    sending.current?.cancel()
    setState({ kind: 'none' })
  }, [])

  // A line that comes back needs nobody to press anything.
  const isOffline = state.kind === 'failed' && state.error.code === 'offline'
  useEffect(() => {
    if (!isOffline) return
    addEventListener('online', resume)
    return () => removeEventListener('online', resume)
  }, [isOffline, resume])

  return { state, start, pause, resume, cancel }
}
