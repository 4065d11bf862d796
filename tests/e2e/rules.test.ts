import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { describe, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { requireProgram, withProgram } from '../support/programs.ts'
import { VECTOR_CASES } from '../support/vectors.ts'

const ORIGIN = 'http://rules.test'

describe.skipIf(!requireProgram('chromium'))(withProgram('the rules in the browser', 'chromium'), () => {
  test('bundled as the dashboard bundles them, they give every case the answer that they give here', async () => {
    const script = await bundle('tests/support/vectors.ts')
    await using browser = await openBrowser()
    const page = await browser.context.newPage()
    await page.route(`${ORIGIN}/**`, (route) =>
      route.request().url() === `${ORIGIN}/vectors.js`
        ? route.fulfill({ contentType: 'text/javascript', body: script })
        : route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>rules</title>' }),
    )
    await page.goto(`${ORIGIN}/`)
    // As text: what is compiled for this process, the page cannot run.
    const found = await page.evaluate(
      `import('${ORIGIN}/vectors.js').then((rules) => ({ asked: rules.VECTOR_CASES.length, wrong: rules.wrongAnswers() }))`,
    )
    expect(found).toEqual({ asked: VECTOR_CASES.length, wrong: [] })
  })
})

/** One script of a module and all that it imports, small as in production. */
async function bundle(entry: string): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'loa-rules-'))
  try {
    await build({
      configFile: false,
      logLevel: 'error',
      build: {
        outDir,
        target: 'es2022',
        lib: { entry, formats: ['es'], fileName: () => 'vectors.js' },
      },
    })
    return await readFile(join(outDir, 'vectors.js'), 'utf8')
  } finally {
    await rm(outDir, { recursive: true, force: true })
  }
}
