import { accessSync, constants } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'

/**
 * Whether a program is on PATH, for `describe.skipIf(!requireProgram('mosquitto'))`. Where `LOA_TEST_REQUIRE=all` says
 * that nothing may be skipped, a missing one fails the test file instead.
 */
export const requireProgram = (name: string): boolean => required(name, isOnPath(name))

/** Names the reason in the report: `describe.skipIf(…)(withProgram('over Mosquitto', 'mosquitto'), …)`. */
export const withProgram = (title: string, name: string): string => titled(title, name, isOnPath(name))

/** The same for an optional npm package. Looks for it without loading it. */
export const requirePackage = (name: string): boolean => required(`the npm package ${name}`, isInstalled(name))

export const withPackage = (title: string, name: string): string =>
  titled(title, `the npm package ${name}`, isInstalled(name))

/** The binaries of sherpa-onnx for this machine, which come with `sherpa-onnx-node` where there are any. */
export const SHERPA_PACKAGE = `sherpa-onnx-${process.platform}-${process.arch}`

function required(what: string, isThere: boolean): boolean {
  if (!isThere && process.env.LOA_TEST_REQUIRE === 'all') {
    throw new Error(`${what} is not installed, and LOA_TEST_REQUIRE=all`)
  }
  return isThere
}

const titled = (title: string, what: string, isThere: boolean): string =>
  isThere ? title : `${title} (skipped: ${what} is not installed)`

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

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(`${name}/package.json`)
    return true
  } catch {
    return false
  }
}
