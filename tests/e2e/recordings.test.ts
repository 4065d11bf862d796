import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { bulletinInput, created } from '../http/support.ts'
import { ffmpegs, SOUNDS, sound, writeWav } from '../support/audio.ts'
import { noSeriousViolations } from '../support/axe.ts'
import { FAKE_MICROPHONE, openBrowser } from '../support/browser.ts'
import { makeFirstVisit } from '../support/first-visit.ts'
import { requireProgram, withProgram } from '../support/programs.ts'
import { startTestController } from '../support/start-controller.ts'

describe.skipIf(!requireProgram('chromium'))(withProgram('recordings in the browser', 'chromium'), () => {
  test('a file is sent over a line that breaks, paused and gone on with; a voice is recorded, heard, recorded anew and sent', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'loa-bring-'))
    await using t = await startTestController()
    await using browser = await openBrowser({ width: 390, height: 844 }, FAKE_MICROPHONE)
    const page = await browser.context.newPage()
    page.on('pageerror', (error) => {
      throw error
    })
    const id = await created((await t.signIn()).post('/api/bulletins', bulletinInput()))
    await makeFirstVisit(t, page)
    await page.goto(`${t.url}/ban-tin/${id}`)
    await page.getByText('Chưa có bản thu nào').waitFor()
    await noSeriousViolations(page)

    // Nothing is sent before it is known in which language it is.
    const file = await writeWav(join(folder, 'tiếng Khmer.wav'), sound(SOUNDS.syllables, 60, 24_000), 24_000)
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByText('Hãy chọn tiếng của bản thu trước.').waitFor()

    const line = await weakLine(page)
    await page.getByLabel('Tiếng', { exact: true }).selectOption('km')
    await page.locator('input[type=file]').setInputFiles(file)
    await line.heldUp
    await page.getByRole('button', { name: 'Tạm dừng', exact: true }).click()
    await page.getByText('Đang tạm dừng “tiếng Khmer.wav”').waitFor()
    await noSeriousViolations(page)
    line.mend()
    await page.getByRole('button', { name: 'Gửi tiếp' }).click()
    const khmer = page.getByRole('listitem').filter({ hasText: 'ភាសាខ្មែរ' })
    await khmer.getByText('Dùng được', { exact: true }).waitFor({ timeout: 60_000 })
    // Three pieces of a file, one of which was lost and one held up: what had come was not sent again.
    expect(line.offsets()).toEqual([0, 1_048_576, 1_048_576, 2_097_152, 2_097_152])
    await khmer.getByRole('button', { name: 'Nghe Khmer' }).click()
    await khmer.getByRole('button', { name: 'Tạm dừng Khmer' }).click()
    await khmer.getByRole('button', { name: 'Nghe Khmer' }).waitFor()
    expect(await khmer.getByText('Không mở được tệp âm thanh.').count()).toBe(0)

    await page.getByLabel('Tiếng', { exact: true }).selectOption('rad')
    await page.getByRole('button', { name: 'Thu bằng micro' }).click()
    await record(page)
    await page.getByRole('button', { name: 'Nghe Thu bằng micro' }).waitFor()
    await noSeriousViolations(page)
    await page.getByRole('button', { name: 'Thu lại' }).click()
    await stopAfterAWhile(page)
    await page.getByRole('button', { name: 'Gửi bản thu này' }).click()
    const rade = page.getByRole('listitem').filter({ hasText: 'Êđê' })
    await rade.getByText('Dùng được', { exact: true }).waitFor({ timeout: 60_000 })
    await rade.getByText(/Thu bằng micro\.webm/).waitFor()
    await noSeriousViolations(page)

    page.on('dialog', (dialog) => void dialog.accept())
    await page.getByRole('button', { name: 'Xóa bản thu Ê Đê' }).click()
    await rade.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Gửi duyệt' }).click()
    await page.getByText('Bản tin đã gửi duyệt hoặc đã duyệt nên các bản thu được giữ nguyên.').waitFor()
    expect(await page.getByRole('button', { name: /Xóa bản thu/ }).count()).toBe(0)
    await rm(folder, { recursive: true, force: true })
  }, 150_000)

  test('what cannot be used says why, and a browser that has no microphone says what to do', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'loa-bring-'))
    await using t = await startTestController()
    await using browser = await openBrowser({ width: 390, height: 844 })
    const page = await browser.context.newPage()
    const id = await created((await t.signIn()).post('/api/bulletins', bulletinInput()))
    await makeFirstVisit(t, page)
    await page.goto(`${t.url}/ban-tin/${id}`)
    await page.getByLabel('Tiếng', { exact: true }).selectOption('jra')
    await page.getByRole('button', { name: 'Thu bằng micro' }).click()
    await page.getByRole('button', { name: 'Bắt đầu thu' }).click()
    await page.getByRole('alert').filter({ hasText: /micro/ }).waitFor()
    await page.getByRole('button', { name: 'Hủy', exact: true }).click()
    const file = await writeWav(join(folder, 'im lặng.wav'), new Float32Array(48_000), 24_000)
    await page.locator('input[type=file]').setInputFiles(file)
    const row = page.getByRole('listitem').filter({ hasText: 'Jrai' })
    await row.getByText('Không dùng được', { exact: true }).waitFor({ timeout: 60_000 })
    await row.getByText('Không nghe thấy gì trong tệp này. Hãy kiểm tra micro rồi thu lại.').waitFor()
    await noSeriousViolations(page)
    await rm(folder, { recursive: true, force: true })
  }, 90_000)

  test('a recording stays beside the one that is to replace it, which can be checked again after a fault, or dropped', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'loa-bring-'))
    // As long as this file is there, the program is not.
    const fault = join(folder, 'fault')
    const program = join(folder, 'ffmpeg')
    const real = ffmpegs.map(({ path }) => path).at(-1) ?? ''
    await writeFile(program, `#!/bin/sh\n[ -e ${fault} ] && exit 127\nexec ${real} "$@"\n`, { mode: 0o755 })
    await using t = await startTestController({ env: { LOA_FFMPEG_PATH: program } })
    await using browser = await openBrowser({ width: 390, height: 844 })
    const page = await browser.context.newPage()
    const id = await created((await t.signIn()).post('/api/bulletins', bulletinInput()))
    await makeFirstVisit(t, page)
    await page.goto(`${t.url}/ban-tin/${id}`)
    const bring = async (name: string, content: Float32Array): Promise<void> => {
      await page.getByLabel('Tiếng', { exact: true }).selectOption('km')
      await page.locator('input[type=file]').setInputFiles(await writeWav(join(folder, name), content, 24_000))
    }
    const row = page.getByRole('listitem').filter({ hasText: 'ភាសាខ្មែរ' })
    await bring('bản một.wav', sound(SOUNDS.syllables, 3, 24_000))
    await row.getByText('Dùng được', { exact: true }).waitFor({ timeout: 60_000 })

    await writeFile(fault, '')
    await bring('bản hai.wav', new Float32Array(48_000))
    await row.getByText('Chưa kiểm tra được', { exact: true }).waitFor({ timeout: 60_000 })
    await row.getByText(/ffmpeg.*bị thiếu hoặc hỏng/).waitFor()
    await row.getByText('Dùng được', { exact: true }).waitFor()
    await noSeriousViolations(page)
    await rm(fault)
    await row.getByRole('button', { name: 'Kiểm tra lại Khmer' }).click()
    await row.getByText('Không nghe thấy gì trong tệp này.').waitFor({ timeout: 60_000 })
    await row.getByText(/Bản thu cũ ở trên vẫn được dùng/).waitFor()
    await noSeriousViolations(page)

    page.on('dialog', (dialog) => void dialog.accept())
    await row.getByRole('button', { name: 'Bỏ bản thu mới Khmer' }).click()
    await row.getByText('Không dùng được', { exact: true }).waitFor({ state: 'detached' })
    await row.getByText(/bản một\.wav/).waitFor()
    await rm(folder, { recursive: true, force: true })
  }, 120_000)
})

/** Loses the second piece that is sent, and holds the third up until it is mended. */
async function weakLine(page: Page) {
  const offsets: number[] = []
  let mend = (): void => {}
  let holdUp = (): void => {}
  const mended = new Promise<void>((resolve) => {
    mend = resolve
  })
  const heldUp = new Promise<void>((resolve) => {
    holdUp = resolve
  })
  await page.route('**/api/uploads/*', async (route) => {
    if (route.request().method() !== 'PATCH') return route.continue()
    offsets.push(Number(await route.request().headerValue('upload-offset')))
    if (offsets.length === 2) return route.abort('connectionreset')
    if (offsets.length !== 4) return route.continue()
    holdUp()
    await mended
    // Paused meanwhile: there may be nobody any more to whom this piece belongs.
    return route.abort().catch(() => {})
  })
  return { offsets: () => offsets, heldUp, mend }
}

async function record(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Bắt đầu thu' }).click()
  await stopAfterAWhile(page)
}

/** The beeps come once a second. */
async function stopAfterAWhile(page: Page): Promise<void> {
  await page.getByText('Đang thu 0:04').waitFor()
  await page.getByLabel('Độ to của tiếng').waitFor()
  await page.getByRole('button', { name: 'Dừng thu' }).click()
}
