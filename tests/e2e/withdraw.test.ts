import { describe, expect, test } from 'vitest'
import { noSeriousViolations } from '../support/axe.ts'
import { openBrowser } from '../support/browser.ts'
import { AREA, AT_ANY_HOUR, enrolClusters } from '../support/commune.ts'
import { makeFirstVisit } from '../support/first-visit.ts'
import { requireProgram, withProgram } from '../support/programs.ts'
import { startTestController, type TestController } from '../support/start-controller.ts'
import { until } from '../support/until.ts'

const SIZES = [
  { name: 'on a desk', width: 1280, height: 800 },
  { name: 'on a phone', width: 390, height: 780 },
]

describe.skipIf(!requireProgram('chromium'))(withProgram('withdrawing in the browser', 'chromium'), () => {
  test.each(SIZES)(
    'whoever withdraws sees first who will miss it, and afterwards why it is gone $name',
    async (size) => {
      await using t = await startTestController({ env: AT_ANY_HOUR })
      await using browser = await openBrowser(size)
      const page = await browser.context.newPage()
      await makeFirstVisit(t, page)
      await scheduledDaily(t)
      await page.goto(`${t.url}/ban-tin`)
      await page.getByText('Phát đến hết ngày').first().waitFor()
      await page.getByRole('link', { name: 'Mức phạt nồng độ cồn' }).click()
      await page.getByText('Luật số 31/2024/QH15').waitFor()

      await page.getByRole('button', { name: 'Thu hồi' }).click()
      const dialog = page.getByRole('dialog', { name: 'Thu hồi bản tin?' })
      await dialog.getByText('Đang nằm trong 1 chương trình của 1 xã, phường.').waitFor()
      await dialog.getByText(/^([67]) buổi sắp tới mất bản tin này; trong đó \1 buổi bị hủy/).waitFor()
      await dialog
        .getByText(/05:30 · Phường Ba Đình · bị hủy/)
        .first()
        .waitFor()
      await dialog.getByText('2/2 cụm loa đang mất kết nối').waitFor()
      await noSeriousViolations(page)

      await dialog.getByRole('button', { name: 'Thu hồi bản tin' }).click()
      await dialog.getByText('Hãy ghi lý do.').waitFor()
      await dialog.getByLabel('Lý do thu hồi').fill('Nghị định đã được sửa đổi.')
      await dialog.getByRole('button', { name: 'Thu hồi bản tin' }).click()
      await page.getByText('Phiên bản 1 đã bị thu hồi').waitFor()
      await page.getByText('Hủy vì bản tin đã bị thu hồi').first().waitFor()
      await page.getByText(/Người thử thu hồi lúc .*: Nghị định đã được sửa đổi\./).waitFor()
      expect(await page.getByRole('link', { name: 'Lên lịch phát' }).count()).toBe(0)
      await noSeriousViolations(page)
    },
    90_000,
  )

  test('dates and documents are entered, checked and shown; a version shows what it has changed; a draft is deleted', async () => {
    await using t = await startTestController({ env: AT_ANY_HOUR })
    await using browser = await openBrowser()
    const page = await browser.context.newPage()
    await makeFirstVisit(t, page)
    await page.goto(`${t.url}/ban-tin/moi`)
    await page.getByLabel('Tiêu đề').fill('Luật mới')
    await page.getByRole('textbox', { name: 'Địa bàn nhận' }).fill('ba dinh')
    await page.getByRole('option', { name: /Phường Ba Đình/ }).click()
    const script = page.getByRole('textbox', { name: 'Bài phát thanh' })
    await script.fill('Theo Nghị định số 168/2024/NĐ-CP, mức phạt là hai triệu đồng.')
    await page.getByRole('button', { name: 'Nghị định số 168/2024/NĐ-CP' }).click()
    expect(await page.getByLabel(/Văn bản viện dẫn/).inputValue()).toBe('Nghị định số 168/2024/NĐ-CP')
    await page.getByLabel(/Có hiệu lực từ/).fill('2030-01-01')
    await page.getByLabel(/Hết hiệu lực sau ngày/).fill('2029-12-31')
    await page.getByRole('button', { name: 'Lưu bản tin' }).click()
    await page.getByText('Ngày hết hiệu lực trước ngày có hiệu lực.').waitFor()
    await page.getByLabel(/Hết hiệu lực sau ngày/).fill('2031-12-31')
    await noSeriousViolations(page)
    await page.getByRole('button', { name: 'Lưu bản tin' }).click()
    await page.getByText('31/12/2031').waitFor()

    await page.getByRole('link', { name: 'Sửa' }).click()
    await script.fill('Theo Nghị định số 168/2024/NĐ-CP, mức phạt là bốn triệu đồng.')
    await page.getByRole('button', { name: 'Lưu phiên bản mới' }).click()
    await page.getByRole('link', { name: 'Xem phiên bản 2' }).click()
    await page.getByRole('button', { name: 'Khác phiên bản 1' }).click()
    await page.getByRole('insertion').filter({ hasText: 'bốn' }).waitFor()
    await page.getByRole('deletion').filter({ hasText: 'hai' }).waitFor()
    await page.getByRole('button', { name: 'Nghe thử' }).waitFor({ timeout: 60_000 })
    await noSeriousViolations(page)

    await page.getByRole('link', { name: 'Luật mới' }).click()
    await page.getByRole('button', { name: 'Xóa' }).click()
    await noSeriousViolations(page)
    await page.getByRole('button', { name: 'Xóa bản tin' }).click()
    await page.getByText('Chưa có bản tin nào').waitFor()
  }, 90_000)
})

/** A bulletin that a commune with two clusters airs daily. */
async function scheduledDaily(t: TestController): Promise<void> {
  const admin = await t.signIn()
  await enrolClusters(admin, 2)
  const content = {
    title: 'Mức phạt nồng độ cồn',
    class: 'ordinary',
    script: 'Mức phạt hai triệu đồng.',
    targets: [AREA],
  }
  const validity = { expiresOn: dateIn(300), cites: ['Luật số 31/2024/QH15'] }
  const { body: bulletin } = await admin.post('/api/bulletins', { ...content, ...validity })
  for (const step of ['submit', 'approve']) await admin.post(`/api/bulletins/${bulletin.id}/${step}`)
  await until('the sound to be ready', async () => {
    const { body } = await admin.get(`/api/bulletins/${bulletin.id}`)
    return body.rendition.step === 'ready'
  })
  const answer = await admin.post('/api/programmes', {
    name: 'Bản tin sáng',
    areaCode: AREA,
    startsOn: dateIn(1),
    startTime: '05:30',
    repeat: { kind: 'rrule', rrule: 'FREQ=DAILY' },
    targets: { areas: [AREA] },
    rundown: [{ kind: 'bulletin', bulletinId: bulletin.id }],
  })
  expect(answer.status).toBe(201)
  await until('the week to be planned', async () => {
    const { body } = await admin.get(`/api/bulletins/${bulletin.id}/uses`)
    return body.sessions.total >= 6
  })
}

const dateIn = (days: number): string => new Date(Date.now() + (24 * days + 7) * 3_600_000).toISOString().slice(0, 10)
