import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { z } from 'zod'

/** Null when an optional dependency was left out. Only looks at it: its code is never loaded here. */
export async function packageVersion(name: string): Promise<string | null> {
  try {
    const file = createRequire(import.meta.url).resolve(`${name}/package.json`)
    return z.object({ version: z.string() }).parse(JSON.parse(await readFile(file, 'utf8'))).version
  } catch {
    return null
  }
}
