import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** What moves has come to rest: half-faded text has no contrast to judge. Endless spinners are left alone. */
const AT_REST = `Promise.all(document.getAnimations()
  .filter((animation) => animation.effect.getComputedTiming().endTime !== Infinity)
  .map((animation) => animation.finished.catch(() => {})))`
const FRAME = 'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))'

/** Axe finds nothing serious on the page as it stands (WCAG 2 A and AA). */
export async function noSeriousViolations(page: Page): Promise<void> {
  const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  await page.evaluate(`${FRAME}.then(() => ${AT_REST}).then(() => {})`)
  const found = (await page.evaluate(
    `${source}; axe.run({ runOnly: ['wcag2a', 'wcag2aa'] }).then((r) => r.violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map((n) => n.html.slice(0, 120)) })))`,
  )) as { id: string; impact: string }[]
  expect(found.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
}
