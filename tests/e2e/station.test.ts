import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { sound, tempDir, writeWav } from '../support/audio.ts'
import { noSeriousViolations } from '../support/axe.ts'
import { openBrowser } from '../support/browser.ts'
import { makeFirstVisit } from '../support/first-visit.ts'
import { requireProgram, withProgram } from '../support/programs.ts'
import { startTestController } from '../support/start-controller.ts'
import { toneSpeech } from '../support/tone-speech.ts'
import { until } from '../support/until.ts'
import { tusClient } from '../uploads/tus.ts'

const COMMUNE = '00004'

describe.skipIf(!requireProgram('chromium'))(withProgram('a station in the browser', 'chromium'), () => {
  test('chooses among the built-in chime, none, and what it has brought and was found fit', async () => {
    await using t = await startTestController()
    await using dir = await tempDir()
    const admin = await t.signIn()
    await admin.post('/api/clusters', { name: 'Cụm', areaCode: COMMUNE })
    const stationNow = async () => (await admin.get(`/api/stations/${COMMUNE}`)).body

    await using browser = await openBrowser({ width: 390, height: 844 })
    const page = await browser.context.newPage()
    await makeFirstVisit(t, page)
    await page.goto(`${t.url}/dai`)
    const opening = page.getByLabel('Nhạc hiệu mở đầu')
    await opening.waitFor()
    expect(await opening.locator('option').allTextContents()).toEqual(['Nhạc hiệu có sẵn', 'Không có'])

    // The page learns by itself what somebody else brings.
    const file = await writeWav(
      join(dir.path, 'hieu.wav'),
      sound((s) => 0.3 * Math.sin(5_000 * s), 2, 48_000),
      48_000,
    )
    const content = await readFile(file)
    const tus = tusClient(t.url, admin)
    const fields = { purpose: 'chime', fileName: 'Nhạc hiệu xã.wav', areaCode: COMMUNE, licenceNote: 'Tự làm' }
    const begun = await tus.create(content.length, fields)
    await tus.patch(begun.headers.get('location') ?? '', 0, Uint8Array.from(content))
    await opening.locator('option', { hasText: 'Nhạc hiệu xã.wav' }).waitFor({ state: 'attached', timeout: 20_000 })
    await opening.selectOption('Nhạc hiệu xã.wav')
    await page.getByLabel('Nhạc hiệu kết thúc').selectOption('Không có')
    await noSeriousViolations(page)
    await page.getByRole('button', { name: 'Lưu', exact: true }).click()
    const chosen = await until('the choice to be saved', async () => {
      const { music } = await stationNow()
      return music.closing === 'none' && music
    })
    expect(chosen.opening).toMatch(/^upl_/)
    expect(chosen.bed).toBeNull()

    await page.reload()
    await opening.waitFor()
    expect(await opening.inputValue()).toBe(chosen.opening)

    // A phone is given the station's calendar by a link that is shown once, until somebody takes it back.
    page.on('dialog', (question) => question.accept())
    const calendar = page.getByRole('region', { name: 'Lịch cho điện thoại' })
    await calendar.getByRole('button', { name: 'Tạo liên kết' }).click()
    const url = await calendar.getByLabel('Liên kết lịch').inputValue()
    await noSeriousViolations(page)
    const phone = async () => {
      const answer = await fetch(url)
      return [answer.status, (await answer.text()).split('\r\n')[0]]
    }
    expect(await phone()).toEqual([200, 'BEGIN:VCALENDAR'])
    await page.reload()
    await calendar.getByText('Liên kết do Người thử tạo lúc').waitFor()
    expect(await page.content()).not.toContain(new URL(url).searchParams.get('token'))
    await calendar.getByRole('button', { name: 'Thu hồi liên kết' }).click()
    await calendar.getByRole('button', { name: 'Tạo liên kết', exact: true }).waitFor()
    expect((await phone())[0]).toBe(404)
    const saving = page.waitForEvent('download')
    await calendar.getByRole('link', { name: 'Xuất tệp lịch phát (YAML)' }).click()
    expect((await saving).suggestedFilename()).toBe(`lich-phat-${COMMUNE}.yaml`)
  }, 60_000)

  test('puts its speech engines in an order of its own with the keyboard, is told their places, and goes back', async () => {
    const engine = (name: string) => ({ ...toneSpeech, engine: `${name}/1` })
    await using t = await startTestController({
      overrides: { speech: [engine('google'), engine('sherpa'), engine('espeak-ng')] },
    })
    const admin = await t.signIn()
    await admin.post('/api/clusters', { name: 'Cụm', areaCode: COMMUNE })
    const saved = (engines: readonly string[]) =>
      until(`the order ${engines} to be saved`, async () => {
        const { body } = await admin.get(`/api/stations/${COMMUNE}`)
        return `${body.engines}` === `${engines}`
      })
    await using browser = await openBrowser({ width: 390, height: 844 })
    const page = await browser.context.newPage()
    const button = (name: string) => page.getByRole('button', { name, exact: true })
    const rows = () => page.getByRole('list', { name: 'Thứ tự đang dùng' }).getByRole('listitem').allTextContents()
    await makeFirstVisit(t, page)
    await page.goto(`${t.url}/dai`)
    await button('Như hệ thống').waitFor()
    expect(await rows()).toEqual(['Google', 'sherpa-onnx', 'eSpeak NG'])

    await button('Riêng của đài').click()
    await button('Đưa eSpeak NG lên trước').press('Enter')
    expect(await rows()).toEqual(['Google', 'eSpeak NG', 'sherpa-onnx'])
    await page.keyboard.press('Enter')
    await page.getByRole('status').getByText('eSpeak NG: thứ 1 trong 3.').waitFor()
    expect(await button('Đưa eSpeak NG lên trước').isDisabled()).toBe(true)
    // At the end of its way the keyboard is on the way back.
    await page.keyboard.press('Enter')
    expect(await rows()).toEqual(['Google', 'eSpeak NG', 'sherpa-onnx'])
    await button('Bỏ giọng Google').press('Enter')
    await page.getByRole('status').getByText('Không dùng Google.').waitFor()
    await page.keyboard.press('Enter')
    expect(await rows()).toEqual(['eSpeak NG', 'sherpa-onnx', 'Google'])
    await button('Bỏ giọng Google').click()
    const { height, width } = (await button('Đưa sherpa-onnx lên trước').boundingBox()) ?? { height: 0, width: 0 }
    expect(Math.min(height, width)).toBeGreaterThanOrEqual(44)
    await noSeriousViolations(page)
    await button('Lưu').click()
    await saved(['espeak-ng', 'sherpa'])

    await page.reload()
    await button('Dùng giọng Google').waitFor()
    expect(await rows()).toEqual(['eSpeak NG', 'sherpa-onnx'])
    await button('Như hệ thống').click()
    expect(await rows()).toEqual(['Google', 'sherpa-onnx', 'eSpeak NG'])
    await button('Riêng của đài').click()
    expect(await rows()).toEqual(['eSpeak NG', 'sherpa-onnx'])
    await button('Như hệ thống').click()
    await button('Lưu').click()
    await saved([])
  }, 60_000)

  test('brings a chime, saying where it comes from, hears it, chooses it and removes it', async () => {
    await using t = await startTestController()
    await using dir = await tempDir()
    const admin = await t.signIn()
    await admin.post('/api/clusters', { name: 'Cụm', areaCode: COMMUNE })
    await using browser = await openBrowser({ width: 390, height: 844 })
    const page = await browser.context.newPage()
    page.on('dialog', (dialog) => void dialog.accept())
    await makeFirstVisit(t, page)
    await page.goto(`${t.url}/dai`)
    await page.getByText('Chưa có âm thanh nào').waitFor()
    await noSeriousViolations(page)
    const file = await writeWav(
      join(dir.path, 'Nhạc hiệu mới.wav'),
      sound((s) => 0.3 * Math.sin(5_000 * s), 2, 48_000),
      48_000,
    )
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByText('Hãy ghi âm thanh này lấy từ đâu và đài được dùng theo quyền nào.').waitFor()
    await page.getByLabel('Nguồn và quyền sử dụng').fill('Đài tự thu ngày 02/09/2026')
    await page.locator('input[type=file]').setInputFiles(file)
    const row = page.getByRole('listitem').filter({ hasText: 'Nhạc hiệu mới.wav' })
    await row.getByText('Dùng được', { exact: true }).waitFor({ timeout: 30_000 })
    await row.getByText('Nguồn: Đài tự thu ngày 02/09/2026').waitFor()
    await row.getByRole('button', { name: 'Nghe Nhạc hiệu mới.wav' }).click()
    await noSeriousViolations(page)
    await page.getByLabel('Nhạc hiệu mở đầu').selectOption('Nhạc hiệu mới.wav')
    await page.getByRole('button', { name: 'Lưu', exact: true }).click()
    await page.getByText('Đã lưu', { exact: false }).first().waitFor()
    await row.getByRole('button', { name: 'Xóa Nhạc hiệu mới.wav' }).click()
    await page.getByText('Đài đang dùng âm thanh này.', { exact: false }).waitFor()
    await page.getByLabel('Nhạc hiệu mở đầu').selectOption('Nhạc hiệu có sẵn')
    await page.getByRole('button', { name: 'Lưu', exact: true }).click()
    await until('the choice to be saved', async () => {
      const { body } = await admin.get(`/api/stations/${COMMUNE}`)
      return body.music.opening === 'built-in'
    })
    await row.getByRole('button', { name: 'Xóa Nhạc hiệu mới.wav' }).click()
    await row.waitFor({ state: 'detached' })
  }, 90_000)
})
