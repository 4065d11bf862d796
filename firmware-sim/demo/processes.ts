import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { systemClock } from '../clock.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const STOP_MS = 12_000

/** A program of the project that runs beside the demo. */
export interface Running extends AsyncDisposable {
  /** Resolves with the first line on its standard output that `match` accepts; rejects when it ends before. */
  line<T>(match: (line: string) => T | null): Promise<T>
}

export interface Program {
  /** TypeScript source, from the project's root. */
  readonly script: string
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** Starts one of our programs from its source; disposing asks it to end and waits. */
export function startProgram({ script, args = [], env = {} }: Program): Running {
  const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, script), ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const seen: string[] = []
  const watchers = new Set<(line: string) => void>()
  const ended = once(child, 'exit')
  createInterface({ input: child.stdout }).on('line', (line) => {
    seen.push(line)
    for (const watcher of watchers) watcher(line)
  })
  return {
    line: (match) =>
      new Promise((resolve, reject) => {
        const watcher = (line: string): void => {
          const found = match(line)
          if (found === null) return
          watchers.delete(watcher)
          resolve(found)
        }
        watchers.add(watcher)
        for (const line of seen) watcher(line)
        ended.then(
          ([code]) => reject(new Error(`${script} ended with ${code ?? 'a signal'} before it was ready`)),
          reject,
        )
      }),
    [Symbol.asyncDispose]: () => stop(child, ended),
  }
}

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  const waiting = new AbortController()
  systemClock.sleep(STOP_MS, waiting.signal).then(
    () => child.kill('SIGKILL'),
    () => {},
  )
  await ended
  waiting.abort()
}
