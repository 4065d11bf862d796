import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Builds the pages that the controller serves; a few seconds. */
export async function buildDashboard(say: (line: string) => void): Promise<void> {
  say('Đang dựng bảng điều khiển…')
  await promisify(execFile)('npm', ['run', '--silent', 'build:dashboard'], { cwd: ROOT })
}
