import { spawn } from 'node:child_process'
import type { Clock } from '../../clock.ts'
import { SpeechError } from '../speech.ts'

const MAX_OUTPUT_BYTES = 256 * 1024 * 1024
const STDERR_CHARACTERS = 2_000

/** Keeps the end of what a program prints to its error output. */
export function tailOf(stream: NodeJS.ReadableStream): () => string {
  let tail = ''
  stream.setEncoding('utf8')
  stream.on('data', (text: string) => {
    tail = (tail + text).slice(-STDERR_CHARACTERS)
  })
  return () => tail.trim()
}

/**
 * Runs a program to its end with `input` on its standard input and gives its standard output. Killed when aborted, when
 * late, or when it writes without end.
 */
export async function runProgram(
  { clock }: { readonly clock: Clock },
  program: { readonly command: string; readonly args: readonly string[]; readonly input: string },
  limits: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<Buffer> {
  const { signal, timeoutMs } = limits
  signal.throwIfAborted()
  const child = spawn(program.command, program.args, { stdio: ['pipe', 'pipe', 'pipe'] })
  const stderr = tailOf(child.stderr)
  const chunks: Buffer[] = []
  let bytes = 0
  let late = false
  const kill = (): void => void child.kill('SIGKILL')
  child.stdout.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes > MAX_OUTPUT_BYTES) kill()
  })
  // A program that ends without reading everything makes the pipe fail; its exit says why.
  child.stdin.on('error', () => {})
  child.stdin.end(program.input)

  const ended = new AbortController()
  clock.sleep(timeoutMs, ended.signal).then(
    () => {
      late = true
      kill()
    },
    () => {},
  )
  signal.addEventListener('abort', kill)
  try {
    await new Promise<void>((resolve, reject) => {
      child.on('error', (cause) => reject(notStarted(program.command, cause)))
      child.on('close', (code, killedBy) => {
        if (code === 0) resolve()
        else if (late) reject(new SpeechError('timeout', `${program.command} said nothing for ${timeoutMs} ms`))
        else
          reject(new SpeechError('crashed', `${program.command} ended with ${code ?? killedBy}`, { detail: stderr() }))
      })
    })
  } catch (error) {
    signal.throwIfAborted()
    throw error
  } finally {
    ended.abort()
    signal.removeEventListener('abort', kill)
  }
  return Buffer.concat(chunks)
}

const notStarted = (command: string, cause: Error): SpeechError =>
  'code' in cause && cause.code === 'ENOENT'
    ? new SpeechError('missing', `${command} is not installed`, { cause })
    : new SpeechError('crashed', `${command} could not be started`, { cause })
