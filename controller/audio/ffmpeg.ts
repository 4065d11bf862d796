import { once } from 'node:events'
import { type Readable, Writable } from 'node:stream'
import type { Clock } from '../clock.ts'
import { buildCommand } from './ffmpeg-command.ts'
import { boundedLog, progressOf } from './ffmpeg-log.ts'
import type { Recipe } from './recipe.ts'

/** The ffmpeg program. It may crash or hang: every run has a time limit and can be aborted. */
export interface Ffmpeg {
  readonly path: string
  /** As the program says it, e.g. `5.1.9-0+deb12u1`. */
  readonly version: string
  /** What this build can encode with, as the program names it. */
  readonly encoders: ReadonlySet<string>
  /** Whether what decodes strangers' files can be kept from taking all memory. */
  readonly isConfined: boolean
  /** Resolves when the program has ended well; rejects with `FfmpegError`, a pipe's own error, or the signal's reason. */
  run(recipe: Recipe, options: FfmpegRun): Promise<FfmpegResult>
}

export interface FfmpegRun {
  readonly signal: AbortSignal
  /** Aborted when enough of the output has come: the program is stopped, and has ended well. */
  readonly enough?: AbortSignal
  readonly timeoutMs: number
  /** The input comes from a stranger: it gets no more memory than an honest file needs. */
  readonly isStrange?: boolean
  /** What a recipe's input `'pipe'` reads; destroyed when the run ends. */
  readonly stdin?: Readable
  /** Takes what a recipe's output `'pipe'` writes. */
  readonly onOutput?: (chunk: Buffer) => void
  /** Length of the result, to turn ffmpeg's position into a fraction. */
  readonly expectedMs?: number
  /** Rising, 0 to 1. */
  readonly onProgress?: (fraction: number) => void
}

export interface FfmpegResult {
  /** The first lines of what ffmpeg said, progress left out. */
  readonly log: string
  /** How far it had come by its own clock, which skips where the input's does; null when it has not said. */
  readonly positionMs: number | null
}

/** A command to which a program and its arguments are appended. */
export type Confine = readonly [string, ...string[]]

/**
 * `exit`: it ended with an error. `full`: it did, since the disk took no more. `killed`: somebody else ended it.
 * `timeout`: we did. `start`: it could not begin.
 */
export type FfmpegErrorCode = 'exit' | 'full' | 'killed' | 'timeout' | 'start'

export class FfmpegError extends Error {
  override name = 'FfmpegError'
  readonly code: FfmpegErrorCode
  readonly exitCode: number | null
  readonly stderrTail: string

  constructor(
    code: FfmpegErrorCode,
    message: string,
    details: { exitCode?: number; stderrTail?: string; cause?: unknown } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.exitCode = details.exitCode ?? null
    this.stderrTail = details.stderrTail ?? ''
  }
}

/** `confine` is the program and its arguments that run another with less memory; null: this machine has none. */
export function createFfmpeg(
  program: Pick<Ffmpeg, 'path' | 'version' | 'encoders'> & { readonly confine?: Confine | null },
  { clock }: { readonly clock: Clock },
): Ffmpeg {
  const { confine = null, ...about } = program
  return {
    ...about,
    isConfined: confine !== null,
    run: async (recipe, options) => {
      options.signal.throwIfAborted()
      const ended = new AbortController()
      const late = new AbortController()
      clock.sleep(options.timeoutMs, ended.signal).then(
        () => late.abort(),
        () => {},
      )
      try {
        const argv = options.isStrange && confine ? ([...confine, about.path] as const) : ([about.path] as const)
        return await runOnce(argv, recipe, options, late.signal)
      } finally {
        ended.abort()
        options.stdin?.destroy()
      }
    },
  }
}

async function runOnce(
  argv: readonly [string, ...string[]],
  recipe: Recipe,
  options: FfmpegRun,
  late: AbortSignal,
): Promise<FfmpegResult> {
  const stdout = recipe.output.to === 'pipe' ? outputPipe(options.onOutput) : undefined
  const command = buildCommand(argv, recipe, { stdin: options.stdin, stdout })
  const log = boundedLog()
  let isFull = false
  let positionMs: number | null = null
  const report = progressReporter(options)
  const stop = AbortSignal.any([options.signal, late, ...(options.enough ? [options.enough] : [])])
  const kill = (): void => void command.kill('SIGKILL')
  try {
    await new Promise<void>((resolve, reject) => {
      // Before 'start' there is no process to kill.
      command.on('start', () => {
        stop.addEventListener('abort', kill)
        if (stop.aborted) kill()
      })
      command.on('stderr', (line: string) => {
        if (SAYS_FULL.test(line)) isFull = true
        const position = progressOf(line)
        if (position === null) return log.add(line)
        positionMs = position
        report(position)
      })
      command.on('end', () => resolve())
      command.on('error', reject)
      command.run()
    })
    // The program may be gone before the last of its output has been read.
    if (stdout && !stdout.writableFinished) await once(stdout, 'finish', { signal: stop })
  } catch (error) {
    options.signal.throwIfAborted()
    if (options.enough?.aborted) return { log: log.head(), positionMs }
    if (!isFull) throw explain(error, { late: late.aborted, timeoutMs: options.timeoutMs, stderrTail: log.tail() })
  } finally {
    stop.removeEventListener('abort', kill)
  }
  // A disk that fills up with the very last of a file is no failure to ffmpeg: it says so and ends well.
  if (isFull) throw new FfmpegError('full', 'the disk took no more from ffmpeg', { stderrTail: log.tail() })
  return { log: log.head(), positionMs }
}

/** As the C library puts ENOSPC, EDQUOT and EFBIG. */
const SAYS_FULL = /No space left on device|Disk quota exceeded|File too large/

/** fluent-ffmpeg ends the program 20 ms after its output has closed, even a busy one; so it is never told. */
function outputPipe(onOutput: FfmpegRun['onOutput']): Writable {
  return new Writable({
    autoDestroy: false,
    emitClose: false,
    write(chunk: Buffer, _encoding, done) {
      try {
        onOutput?.(chunk)
        done()
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)))
      }
    },
  })
}

function progressReporter({ expectedMs, onProgress }: FfmpegRun): (positionMs: number) => void {
  let highest = 0
  return (positionMs) => {
    if (!expectedMs || !onProgress) return
    const fraction = Math.min(1, Math.max(0, positionMs / expectedMs))
    if (fraction <= highest) return
    highest = fraction
    onProgress(fraction)
  }
}

function explain(
  error: unknown,
  run: { readonly late: boolean; readonly timeoutMs: number; readonly stderrTail: string },
): unknown {
  const { stderrTail } = run
  if (run.late) return new FfmpegError('timeout', `ffmpeg did not end within ${run.timeoutMs} ms`, { stderrTail })
  if (!(error instanceof Error)) return error
  if ('inputStreamError' in error) return error.inputStreamError
  if ('outputStreamError' in error) return error.outputStreamError
  const exit = /exited with code (\d+)/.exec(error.message)
  if (exit) {
    const exitCode = Number(exit[1])
    return new FfmpegError('exit', `ffmpeg ended with code ${exitCode}`, { exitCode, stderrTail })
  }
  if (/killed with signal/.test(error.message)) {
    return new FfmpegError('killed', error.message, { stderrTail })
  }
  return new FfmpegError('start', `ffmpeg could not be started: ${error.message}`, { cause: error })
}
