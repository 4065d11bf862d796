import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** One of the project's programs as a process of its own, to be asked nicely or killed. */
export interface ChildProgram extends AsyncDisposable {
  readonly pid: number
  /** Resolves with the first line of output that matches; rejects when the program ends before. */
  line(pattern: RegExp): Promise<string>
  /** SIGKILL: it gets no chance to tidy up. */
  kill9(): Promise<void>
}

export function startChild(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProgram {
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit')
  const lines: string[] = []
  const errors: string[] = []
  const watchers = new Set<(line: string) => void>()
  createInterface({ input: child.stderr }).on('line', (line) => errors.push(line))
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line)
    for (const watcher of watchers) watcher(line)
  })
  return {
    pid: child.pid ?? 0,
    line: (pattern) =>
      new Promise((resolve, reject) => {
        const watcher = (line: string): void => {
          if (pattern.test(line)) resolve(line)
        }
        watchers.add(watcher)
        for (const line of lines) watcher(line)
        ended.then(
          ([code]) => reject(new Error(`${script} ended with ${code}: ${errors.slice(-5).join('\n')}`)),
          reject,
        )
      }),
    kill9: () => end(child, 'SIGKILL', ended),
    [Symbol.asyncDispose]: () => end(child, 'SIGTERM', ended),
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals, ended: Promise<unknown>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill(signal)
  await ended
}
