import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { BulletinAudio, type SpokenMark } from '#protocol/http/bulletins.ts'
import { noSeriousViolations } from '../support/axe.ts'
import { openBrowser } from '../support/browser.ts'
import { makeFirstVisit } from '../support/first-visit.ts'
import { requireProgram, withProgram } from '../support/programs.ts'
import { startTestController, type TestController } from '../support/start-controller.ts'
import { until } from '../support/until.ts'

const SENTENCES = 40
const SCRIPT = Array.from({ length: SENTENCES }, (_, i) => `Đây là câu thứ ${i + 1} của bài.`).join('\n\n')
/** Between two questions to a busy page the sound plays on. */
const LAG_MS = 1_500

describe.skipIf(!requireProgram('chromium'))(withProgram('listening in the browser', 'chromium'), () => {
  test('the script follows the sound, leads it by a press, and leaves alone who looks elsewhere', async () => {
    await using t = await startTestController()
    await using browser = await openBrowser({ width: 390, height: 844 })
    const page = await browser.context.newPage()
    const { id, marks } = await openBulletin(t, page)
    const box = page.getByRole('region', { name: /^Bài phát thanh; phím mũi tên/ })
    const sentence = (index: number) => box.getByRole('button').nth(index)

    await page.route('**/media/**', (route) => route.abort())
    await page.getByRole('button', { name: 'Nghe thử' }).click()
    await page.getByText('Không mở được tệp âm thanh.').waitFor()
    await noSeriousViolations(page)
    await page.unroute('**/media/**')
    await page.getByRole('button', { name: 'Thử lại' }).click()
    for (const index of [0, 1, 2]) {
      const { at } = await until(`sentence ${index} to be lit`, async () => {
        const now = await nowOn(page)
        return now.lit === index && now
      })
      expect(at).toBeGreaterThanOrEqual(startOf(marks, index) - 50)
      expect(at).toBeLessThan(startOf(marks, index) + LAG_MS)
    }
    await noSeriousViolations(page)

    await sentence(5).click()
    const { at: pressed } = await nowOn(page)
    expect(pressed).toBeGreaterThanOrEqual(startOf(marks, 5))
    expect(pressed).toBeLessThan(startOf(marks, 5) + LAG_MS)

    const scrolled = await page.evaluate('scrollY')
    await sentence(30).dispatchEvent('click')
    await until('the sound to be at sentence 30', async () => (await nowOn(page)).lit >= 30)
    expect((await nowOn(page)).at).toBeGreaterThanOrEqual(startOf(marks, 30))
    await until('the box to show it', async () => (await nowOn(page)).isSeen)
    expect(await page.evaluate('scrollY')).toBe(scrolled)

    await box.hover()
    await page.mouse.wheel(0, -20_000)
    const back = page.getByRole('button', { name: 'Theo bài đọc' })
    await back.waitFor()
    const { lit } = await nowOn(page)
    await until('the next sentence to be lit', async () => (await nowOn(page)).lit > lit)
    expect((await nowOn(page)).isSeen).toBe(false)
    await noSeriousViolations(page)
    await back.click()
    await until('the sentence to be seen again', async () => (await nowOn(page)).isSeen)
    await back.waitFor({ state: 'detached' })

    await page.getByRole('button', { name: 'Tạm dừng' }).click()
    await sentence(5).focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await until('the sound to be at sentence 7', async () => (await nowOn(page)).lit === 7)
    await page.getByRole('slider', { name: 'Vị trí phát' }).press('Home')
    await until('the sound to be at the beginning', async () => (await nowOn(page)).at < LAG_MS)
    await page.getByRole('button', { name: 'Tới 10 giây' }).click()
    await until('the sound to be ten seconds on', async () => (await nowOn(page)).at >= 10_000)
    await page.getByRole('button', { name: '1,5×' }).click()
    expect(await page.evaluate("document.querySelector('audio').playbackRate")).toBe(1.5)

    const tabStops = box.locator('[tabindex="0"]')
    expect(await tabStops.count()).toBe(1)

    // What goes on to be heard is what has been read by a new dictionary, once somebody asks for it.
    await page.getByRole('button', { name: 'Đọc lại theo từ điển mới' }).click()
    await page.getByRole('list', { name: 'Tiến độ tạo bản đọc' }).waitFor()
    await page.getByRole('button', { name: 'Nghe thử' }).waitFor({ timeout: 60_000 })
    expect(page.url()).toContain(id)
  }, 120_000)
})

const startOf = (marks: readonly SpokenMark[], index: number): number => marks[index]?.startMs ?? Number.NaN

/** Makes a bulletin, waits for its sound, and opens its page as somebody who may do everything. */
async function openBulletin(t: TestController, page: Page): Promise<{ id: string; marks: readonly SpokenMark[] }> {
  const admin = await t.signIn()
  const content = { title: 'Bài để nghe', class: 'ordinary', script: SCRIPT, targets: ['00004'] }
  const { body } = await admin.post('/api/bulletins', content)
  const audio = await until('the sound to be ready', async () => {
    const answer = await admin.get(`/api/bulletins/${body.id}/audio`)
    return answer.status === 200 && BulletinAudio.parse(answer.body)
  })
  expect(audio.marks).toHaveLength(SENTENCES)
  await makeFirstVisit(t, page)
  await page.goto(`${t.url}/ban-tin/${body.id}`)
  return { id: body.id, marks: audio.marks }
}

/** What the audio's own clock says, which sentence is lit at that moment, and whether its box shows it. */
const nowOn = async (page: Page) =>
  (await page.evaluate(`(() => {
    const lit = document.querySelector('[data-sentence][aria-current]')
    const place = lit?.getBoundingClientRect()
    const frame = lit?.closest('section[lang]').getBoundingClientRect()
    return {
      at: document.querySelector('audio').currentTime * 1000,
      lit: lit ? Number(lit.dataset.sentence) : -1,
      isSeen: Boolean(place && place.top >= frame.top && place.bottom <= frame.bottom),
    }
  })()`)) as { at: number; lit: number; isSeen: boolean }
