import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import type { Speech } from '../../controller/speech/speech.ts'
import { noSeriousViolations } from '../support/axe.ts'
import { openBrowser } from '../support/browser.ts'
import { makeFirstVisit } from '../support/first-visit.ts'
import { requireProgram, withProgram } from '../support/programs.ts'
import { startTestController } from '../support/start-controller.ts'
import { toneSpeech } from '../support/tone-speech.ts'
import { until } from '../support/until.ts'

const SCRIPT = 'Kính thưa bà con. VP xã họp lúc 7h30.\nHỏi: Ai được mời?\nĐáp: Mọi người.'
const SIZES = [
  { name: 'on a desk', width: 1280, height: 800 },
  { name: 'on a phone', width: 360, height: 740 },
]

describe.skipIf(!requireProgram('chromium'))(withProgram('the editor in the browser', 'chromium'), () => {
  test.each(SIZES)(
    'a doubtful abbreviation is seen, corrected in one click, and heard so $name',
    async (size) => {
      const heard: string[] = []
      await using t = await startTestController({ overrides: { speech: listeningTo(heard) } })
      await using browser = await openBrowser(size)
      const page = await browser.context.newPage()
      await makeFirstVisit(t, page)
      const isPhone = size.width < 1_000
      await page.goto(`${t.url}/ban-tin/moi`)
      await page.getByLabel('Tiêu đề').fill('Cuộc họp của xã')
      const script = page.getByRole('textbox', { name: 'Bài phát thanh' })
      await script.fill(SCRIPT)
      if (isPhone) await page.getByRole('button', { name: 'Sẽ đọc là · xem lại 1' }).click()

      await page.getByText('1 chỗ cần xem lại', { exact: true }).waitFor()
      const reading = page.getByRole('region', { name: 'Sẽ đọc là' })
      await reading.getByText('Hỏi · giọng phụ', { exact: true }).waitFor()
      await reading.getByRole('button', { name: 'bảy giờ ba mươi phút' }).waitFor()
      await page.getByRole('button', { name: 'Chỗ cần xem lại sau' }).click()
      await reading.getByRole('button', { name: 'Chọn địa bàn' }).click()
      await page.keyboard.type('ba dinh')
      await page.getByRole('option', { name: /Phường Ba Đình/ }).click()
      await noSeriousViolations(page)

      await reading.getByRole('button', { name: 'Xem chỗ này trong bài' }).click()
      await until('the place to be selected', async () => (await selected(page)) === 'VP')
      if (isPhone) await page.getByRole('button', { name: /^Sẽ đọc là/ }).click()

      await reading.getByLabel('Đọc là…').fill('vê pê 2')
      await reading.getByRole('button', { name: 'Lưu' }).click()
      await reading.getByText('Cách đọc chỉ gồm chữ và dấu câu').waitFor()
      await reading.getByRole('button', { name: 'vi phạm' }).click()
      await page.getByText('Từ nay “VP” đọc là “vi phạm”.').waitFor()
      await page.getByText('Không có chỗ nào cần xem lại').waitFor()
      await reading.getByRole('button', { name: 'vi phạm' }).waitFor()
      await noSeriousViolations(page)

      await page.getByRole('button', { name: 'Hoàn tác' }).click()
      await page.getByText('1 chỗ cần xem lại', { exact: true }).waitFor()
      await page.getByRole('button', { name: 'Chỗ cần xem lại sau' }).click()
      await reading.getByRole('button', { name: 'Đã đúng' }).click()
      await page.getByText('Không có chỗ nào cần xem lại').waitFor()
      await reading.getByRole('button', { name: /^Văn phòng$/ }).click()
      await reading.getByLabel('Đọc là…').fill('văn phòng đại diện')
      await page.keyboard.press('Enter')
      await page.getByText('Từ nay “VP” đọc là “văn phòng đại diện”.').waitFor()

      await page.getByRole('button', { name: 'Lưu bản tin' }).click()
      await page.getByRole('button', { name: 'Nghe thử' }).waitFor({ timeout: 60_000 })
      expect(heard.join(' ')).toContain('văn phòng đại diện xã họp lúc bảy giờ ba mươi phút')
      await page.getByRole('button', { name: 'Xem cách đọc' }).click()
      await reading.getByRole('button', { name: 'văn phòng đại diện' }).waitFor()
      await noSeriousViolations(page)

      await page.goto(`${t.url}/tu-dien?noi=00004`)
      const row = page.getByRole('row').filter({ hasText: 'văn phòng đại diện' })
      await row.getByText('Người thử').waitFor()
      await row.getByRole('button', { name: 'Bỏ “VP”' }).click()
      await page.getByText('Từ điển chưa có từ nào').waitFor()
      await page.getByRole('button', { name: 'Hoàn tác' }).click()
      await row.waitFor()
      await noSeriousViolations(page)
    },
    120_000,
  )

  test('an official frame is left out by a switch, and stays left out in the next version', async () => {
    const heard: string[] = []
    await using t = await startTestController({ overrides: { speech: listeningTo(heard) } })
    await using browser = await openBrowser()
    const page = await browser.context.newPage()
    await makeFirstVisit(t, page)
    await page.goto(`${t.url}/ban-tin/moi`)
    await page.getByLabel('Tiêu đề').fill('Giấy mời họp')
    await page.getByRole('textbox', { name: 'Địa bàn nhận' }).fill('ba dinh')
    await page.getByRole('option', { name: /Phường Ba Đình/ }).click()
    await page.getByRole('textbox', { name: 'Bài phát thanh' }).fill('Mời bà con đi họp.\n\nNơi nhận:\n- ABCXYZ.')
    await page.getByText('1 chỗ cần xem lại', { exact: true }).waitFor()
    const omit = page.getByRole('switch', { name: 'nơi nhận, chữ ký (2 câu)' })
    await omit.check()
    await page.getByText('Không có chỗ nào cần xem lại').waitFor()
    await page.getByText('Nơi nhận, chữ ký · không đọc').waitFor()
    await noSeriousViolations(page)

    await page.getByRole('button', { name: 'Lưu bản tin' }).click()
    await page.getByRole('button', { name: 'Nghe thử' }).waitFor({ timeout: 60_000 })
    expect(heard.join(' ')).toBe('Mời bà con đi họp.')
    await page.getByRole('link', { name: 'Sửa' }).click()
    await omit.waitFor()
    expect(await omit.isChecked()).toBe(true)
  }, 60_000)

  test('what reading the script would cost is said under it, and that too little is left', async () => {
    let left = 1_000
    const meterOf = (family: string) => ({ family, count: (text: string) => text.length, left: async () => left })
    const meter = { lead: meterOf('neural2'), second: meterOf('wavenet') }
    await using t = await startTestController({ overrides: { speech: { ...toneSpeech, meter } } })
    await using browser = await openBrowser({ width: 390, height: 844 })
    const page = await browser.context.newPage()
    await makeFirstVisit(t, page)
    await page.goto(`${t.url}/ban-tin/moi`)
    await page.getByLabel('Tiêu đề').fill('Giấy mời họp')
    await page.getByRole('textbox', { name: 'Địa bàn nhận' }).fill('ba dinh')
    await page.getByRole('option', { name: /Phường Ba Đình/ }).click()
    const script = page.getByRole('textbox', { name: 'Bài phát thanh' })
    await script.fill('Mời bà con đi họp.')
    await page.getByText('Đọc bài này gửi 18 ký tự cho giọng neural2; tháng này còn 1.000.').waitFor()
    await script.fill('Mời bà con đi họp. Nhớ mang theo giấy tờ.')
    await page.getByText('Đọc bài này gửi 40 ký tự').waitFor()
    await noSeriousViolations(page)
    left = 20
    await script.fill('Mời bà con đi họp. Nhớ mang theo giấy tờ. Xin cảm ơn.')
    await page.getByText('Giọng neural2 tháng này chỉ còn 20 ký tự, bài này cần 51.').waitFor()
    await noSeriousViolations(page)

    await page.getByRole('button', { name: 'Lưu bản tin' }).click()
    await page.getByText('Ký tự đã gửi').waitFor({ timeout: 60_000 })
    await page.getByRole('link', { name: 'Sửa' }).click()
    await page.getByText('Mọi câu đã có sẵn: đọc bài này không tốn ký tự nào.').waitFor()
    await script.fill('Mời bà con đi họp. Hẹn gặp lại.')
    await page.getByText(/gửi 12 ký tự cho giọng neural2 \(đã có sẵn 1\/2 câu\)/).waitFor()

    await script.fill('Hỏi: Họp ở đâu?\nĐáp: Tại xã.')
    await page.getByText(/gửi 12 ký tự cho giọng neural2.*\. Giọng phụ wavenet: 15 ký tự; tháng này còn 20\./).waitFor()
    await noSeriousViolations(page)
    await script.fill('Hỏi: Bà con đến họp ở đâu?\nĐáp: Tại xã.')
    await page.getByText('Giọng wavenet tháng này chỉ còn 20 ký tự, bài này cần 26.').waitFor()
    await page.getByRole('button', { name: 'Lưu phiên bản mới' }).click()
    await page.getByText('Giọng phụ', { exact: true }).waitFor({ timeout: 60_000 })
    await page.getByText('tone · Miền Bắc (octave)').waitFor()
  }, 60_000)

  test('voices that cost nothing are not spoken of as if they did', async () => {
    await using t = await startTestController()
    await using browser = await openBrowser()
    const page = await browser.context.newPage()
    await makeFirstVisit(t, page)
    const asked: string[] = []
    page.on('request', (request) => {
      if (request.url().endsWith('/api/speech/estimate')) asked.push(request.postDataJSON().script)
    })
    await page.goto(`${t.url}/ban-tin/moi`)
    await page.getByRole('textbox', { name: 'Bài phát thanh' }).fill('Mời bà con đi họp.')
    await page.getByText('Không có chỗ nào cần xem lại').waitFor()
    await page.waitForLoadState('networkidle')
    expect([...new Set(asked)]).toEqual([''])
  }, 60_000)

  test('a click in the reading selects the same place in the script, also after more was typed above', async () => {
    await using t = await startTestController()
    await using browser = await openBrowser()
    const page = await browser.context.newPage()
    await makeFirstVisit(t, page)
    await page.goto(`${t.url}/ban-tin/moi`)
    const script = page.getByRole('textbox', { name: 'Bài phát thanh' })
    await script.fill(`${'Một câu dài của bài.\n'.repeat(80)}VP xã họp lúc 7h30.`)
    const hour = page.getByRole('button', { name: 'bảy giờ ba mươi phút' })
    await hour.click()
    await until('the hour to be selected', async () => (await selected(page)) === '7h30')
    expect(await page.evaluate("document.querySelector('textarea').scrollTop")).toBeGreaterThan(500)

    await page.route('**/api/speech/preview', (route) => route.abort())
    await page.evaluate("document.querySelector('textarea').setSelectionRange(0, 0)")
    await page.keyboard.type('Nay ')
    await hour.click()
    await until('the hour to be selected where it stands now', async () => (await selected(page)) === '7h30')
    await page.keyboard.press('F8')
    await page.getByText('Chỗ 1/1 cần xem lại').waitFor()
    await until('the doubtful place to have the focus', async () =>
      String(await page.evaluate('document.activeElement.textContent')).startsWith('Văn phòng'),
    )
    await page.getByText('Chưa tải được').waitFor()
    await hour.waitFor()
  }, 60_000)
})

/** Speaks in tones and remembers what it was asked to say. */
const listeningTo = (heard: string[]): Speech => ({
  ...toneSpeech,
  speak: (lines, ...rest) => {
    heard.push(...lines.map(({ text }) => text))
    return toneSpeech.speak(lines, ...rest)
  },
})

/** What is selected in the script, if that is where the person is. */
const selected = async (page: Page): Promise<string> =>
  String(
    await page.evaluate(`
      const field = document.activeElement
      field.tagName === 'TEXTAREA' ? field.value.slice(field.selectionStart, field.selectionEnd) : ''
    `),
  )
