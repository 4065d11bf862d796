import { execFile } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')

export interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs the command as a person at the terminal does, on the data of this folder. */
export function runLoa(dataDir: string, args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const command = ['--import', 'tsx', join(ROOT, 'controller/cli/main.ts'), ...args]
  const settings = {
    PATH: process.env.PATH ?? '',
    LOA_DATA_DIR: dataDir,
    LOA_HTTP_PORT: '0',
    LOA_MQTT_PORT: '0',
    ...env,
  }
  return new Promise((resolve) => {
    execFile(process.execPath, command, { cwd: ROOT, env: settings }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, out: out.trim(), err: err.trim() })
    })
  })
}
