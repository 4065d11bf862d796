import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** How to start a program, before the arguments of the occasion. */
export interface EngineProgram {
  readonly command: string
  readonly args: readonly string[]
}

/** One of our programs beside this file: TypeScript sources need their loader, compiled JavaScript needs none. */
export function engineProgram(name: 'espeak-wasm-program' | 'sherpa/sherpa-program'): EngineProgram {
  const isSource = import.meta.url.endsWith('.ts')
  const file = fileURLToPath(new URL(`./${name}.${isSource ? 'ts' : 'js'}`, import.meta.url))
  const loader = isSource ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href] : []
  return { command: process.execPath, args: [...loader, file] }
}
