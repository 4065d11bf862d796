import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * Whether a program is on PATH, for `describe.skipIf(!requireProgram('mosquitto'))`. Where `LOA_TEST_REQUIRE=all` says
 * that nothing may be skipped, a missing one fails the test file instead.
 */
export function requireProgram(name: string): boolean {
  if (isOnPath(name)) return true
  if (process.env.LOA_TEST_REQUIRE === 'all') throw new Error(`${name} is not installed, and LOA_TEST_REQUIRE=all`)
  return false
}

/** Names the reason in the report: `describe.skipIf(…)(withProgram('over Mosquitto', 'mosquitto'), …)`. */
export const withProgram = (title: string, name: string): string =>
  isOnPath(name) ? title : `${title} (skipped: ${name} is not installed)`

function isOnPath(name: string): boolean {
  // Daemons live in sbin, which is not on everybody's PATH.
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  return folders.some((folder) => isExecutable(join(folder, name)))
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
