import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import type { Clock } from '../../clock.ts'
import { SpeechError } from '../speech.ts'
import { tailOf } from './run-program.ts'
import { createFrameReader, type Frame } from './wav-frames.ts'

/** A running engine program that is asked one thing at a time. */
export interface EngineChild {
  /** Sends a line, unless it is empty, and waits for the next frame. After an error only `end` is of use. */
  ask(line: string, limits: { readonly timeoutMs: number; readonly signal: AbortSignal }): Promise<Frame>
  /** Ends the program; resolves when it is gone. */
  end(): Promise<void>
}

/** Starts `command` with an empty environment: an engine has no business with our secrets. */
export function startEngineChild(
  { clock }: { readonly clock: Clock },
  { command, args }: { readonly command: string; readonly args: readonly string[] },
): EngineChild {
  const child: ChildProcessWithoutNullStreams = spawn(command, args, { stdio: 'pipe', env: {} })
  const stderr = tailOf(child.stderr)
  const frames: Frame[] = []
  let failure: SpeechError | null = null
  let wake = (): void => {}

  const fail = (message: string, cause?: unknown): void => {
    failure ??= new SpeechError('crashed', message, { detail: stderr(), cause })
    wake()
  }
  const read = createFrameReader((frame) => {
    frames.push(frame)
    wake()
  })
  child.stdout.on('data', (chunk: Buffer) => {
    try {
      read(chunk)
    } catch (cause) {
      fail('the speech engine answered nonsense', cause)
      child.kill('SIGKILL')
    }
  })
  child.stdin.on('error', () => {})
  const gone = new Promise<void>((resolve) => {
    child.on('error', (cause) => {
      fail('the speech engine could not be started', cause)
      resolve()
    })
    child.on('close', (code, killedBy) => {
      fail(`the speech engine ended with ${code ?? killedBy}`)
      resolve()
    })
  })

  return {
    async ask(line, { timeoutMs, signal }) {
      signal.throwIfAborted()
      if (line !== '') child.stdin.write(`${line}\n`)
      const answered = new AbortController()
      let late = false
      const stop = (): void => wake()
      const onLate = (): void => {
        late = true
        wake()
      }
      clock.sleep(timeoutMs, answered.signal).then(onLate, () => {})
      signal.addEventListener('abort', stop)
      try {
        while (frames.length === 0 && !failure && !late && !signal.aborted) {
          await new Promise<void>((resolve) => {
            wake = resolve
          })
        }
      } finally {
        answered.abort()
        signal.removeEventListener('abort', stop)
      }
      const frame = frames.shift()
      if (frame) return frame
      signal.throwIfAborted()
      if (late) throw new SpeechError('timeout', `the speech engine said nothing for ${timeoutMs} ms`)
      throw failure ?? new SpeechError('crashed', 'the speech engine ended')
    },
    async end() {
      child.kill('SIGKILL')
      await gone
    },
  }
}
