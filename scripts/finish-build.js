import { access, rm, writeFile } from 'node:fs/promises'

/**
 * Completes what `tsc` leaves in `dist/`. It rewrites relative imports from `.ts` to `.js`, but not those through
 * `#protocol/`: a package.json of its own makes Node resolve these to the compiled files.
 *
 * `--clean` runs before the compiler and removes all former output, so that deleted sources leave nothing behind.
 */
const dist = new URL('../dist/', import.meta.url)

if (process.argv.includes('--clean')) {
  await rm(dist, { recursive: true, force: true })
} else {
  await access(new URL('controller/protocol/topics.js', dist))
  const settings = { type: 'module', imports: { '#protocol/*.ts': './controller/protocol/*.js' } }
  await writeFile(new URL('package.json', dist), `${JSON.stringify(settings, null, 2)}\n`)
}
