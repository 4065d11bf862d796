import type { BrowserContext, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { civilTime } from '#protocol/rules/civil-time.ts'
import { OPERATOR } from '../../controller/accounts/actor.ts'
import { invite } from '../../controller/accounts/invite.ts'
import { noSeriousViolations } from '../support/axe.ts'
import { openBrowser } from '../support/browser.ts'
import { AT_ANY_HOUR, startCommune } from '../support/commune.ts'
import { requireProgram, withProgram } from '../support/programs.ts'
import { startTestController } from '../support/start-controller.ts'
import { until } from '../support/until.ts'

const CLUSTERS = 3
const SECOND = 1_000
const PASSWORD = 'mat-khau-thu-nghiem'
const NEW_PASSWORD = 'mat-khau-moi-hon'

describe.skipIf(!requireProgram('chromium'))(withProgram('in the browser', 'chromium'), () => {
  test('a person signs in, writes a bulletin, hears it, schedules it and sees it played', async () => {
    await using t = await startTestController({ env: AT_ANY_HOUR })
    await using _fleet = await startCommune(t, await t.signIn(), { clusters: CLUSTERS })
    await using browser = await openBrowser()
    const page = await openPage(browser.context)

    const { url: link } = await invite(t.controller.ctx, { actor: OPERATOR, role: 'admin', areaCodes: [] })
    await page.goto(link)
    await page.getByLabel('Họ và tên').fill('Người thử')
    await page.getByLabel('Tên đăng nhập').fill('nguoi-thu')
    await page.getByLabel('Mật khẩu', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Tạo tài khoản' }).click()
    await page.getByRole('heading', { name: 'Tổng quan', level: 1 }).waitFor()
    await noSeriousViolations(page)
    await changePassword(page)
    await signOutAndIn(page, t.url, NEW_PASSWORD)

    await page.getByRole('link', { name: 'Bản tin', exact: true }).first().click()
    await page.getByRole('link', { name: 'Soạn bản tin' }).first().click()
    await page.getByLabel('Tiêu đề').fill('An toàn giao thông')
    await page.getByLabel('Bài phát thanh').fill('Kính thưa bà con. Từ ngày 01/01/2025, luật mới có hiệu lực.')
    await page.getByRole('textbox', { name: 'Địa bàn nhận' }).fill('ba dinh')
    await page.getByRole('option', { name: /Phường Ba Đình/ }).click()
    await noSeriousViolations(page)
    await page.getByRole('button', { name: 'Lưu bản tin' }).click()

    await page.getByRole('heading', { name: 'An toàn giao thông', level: 1 }).waitFor()
    await page.getByRole('button', { name: 'Nghe thử' }).click({ timeout: 60_000 })
    await page.getByRole('button', { name: 'Tạm dừng' }).waitFor()
    const position = page.getByRole('slider', { name: 'Vị trí phát' })
    await until('the sound to move on', async () => Number(await position.inputValue()) >= 1)
    await page.getByRole('button', { name: 'Tạm dừng' }).click()
    await noSeriousViolations(page)

    await page.getByRole('button', { name: 'Gửi duyệt' }).click()
    await page.getByRole('button', { name: 'Duyệt', exact: true }).click()
    await page.getByRole('link', { name: 'Lên lịch phát' }).click()
    const { date, time } = civilTime(Date.now() + 12 * SECOND, 'Asia/Ho_Chi_Minh')
    await page.getByLabel('Ngày phát').fill(date)
    await page.getByLabel('Giờ phát').fill(time)
    await page.getByLabel(/Chỉ phát phần đầu/).fill('3')
    await noSeriousViolations(page)
    await page.getByRole('button', { name: 'Đặt lịch phát' }).click()
    await page.getByText('Đã đặt lịch phát.').waitFor()

    await page.getByRole('link', { name: 'Lịch phát', exact: true }).first().click()
    await page
      .getByRole('link', { name: /An toàn giao thông/ })
      .first()
      .click()
    await page
      .getByText('Phát thành công')
      .nth(CLUSTERS - 1)
      .waitFor({ timeout: 40_000 })
    await noSeriousViolations(page)
    const rows = page.getByRole('row').filter({ hasText: 'Phát thành công' })
    expect(await rows.count()).toBe(CLUSTERS)

    await page
      .getByRole('button', { name: /Vì sao/ })
      .first()
      .click()
    await page
      .getByRole('dialog')
      .getByText(/đã phát trọn buổi/)
      .waitFor()
    await noSeriousViolations(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Đóng' }).click()
    await page.getByRole('link', { name: 'Nhật ký', exact: true }).first().click()
    await page.getByText(`Đã phát trọn ${CLUSTERS}/${CLUSTERS} lượt`).waitFor({ timeout: 20_000 })
    await noSeriousViolations(page)
  }, 150_000)

  test('what the server refuses is said beside the field, and nothing typed is lost', async () => {
    await using t = await startTestController()
    await using browser = await openBrowser({ width: 360, height: 740 })
    const page = await openPage(browser.context)
    const { url: link } = await invite(t.controller.ctx, { actor: OPERATOR, role: 'admin', areaCodes: [] })
    await page.goto(link)
    await page.getByLabel('Họ và tên').fill('Người thử')
    await page.getByLabel('Tên đăng nhập').fill('nguoi-thu')
    await page.getByLabel('Mật khẩu', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Tạo tài khoản' }).click()
    await page.getByRole('heading', { name: 'Tổng quan', level: 1 }).waitFor()
    await page.goto(`${t.url}/ban-tin/moi`)
    const script = 'Dòng đầu.\nDòng này có ký tự \u0007 lạ.'
    await page.getByLabel('Tiêu đề').fill('Bản tin hỏng')
    await page.getByLabel('Bài phát thanh').fill(script)
    await page.getByRole('textbox', { name: 'Địa bàn nhận' }).fill('ba dinh')
    await page.getByRole('option', { name: /Phường Ba Đình/ }).click()
    await page.getByRole('button', { name: 'Lưu bản tin' }).click()
    await page.getByText('Dòng 2 có ký tự điều khiển').waitFor()
    expect(await page.getByLabel('Bài phát thanh').inputValue()).toBe(script)
    await noSeriousViolations(page)
  }, 60_000)
})

/** Any error that the page reports fails the test. */
async function openPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  page.on('pageerror', (error) => {
    throw error
  })
  return page
}

async function changePassword(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Người thử/ }).click()
  await page.getByRole('link', { name: 'Đổi mật khẩu' }).click()
  const fill = async (current: string, again = NEW_PASSWORD): Promise<void> => {
    await page.getByLabel('Mật khẩu hiện tại').fill(current)
    await page.getByLabel('Mật khẩu mới', { exact: true }).fill(NEW_PASSWORD)
    await page.getByLabel('Nhập lại mật khẩu mới').fill(again)
    await page.getByRole('button', { name: 'Đổi mật khẩu', exact: true }).click()
  }
  await fill(PASSWORD, 'mat-khau-khac')
  await page.getByText('Hai lần nhập mật khẩu mới không giống nhau').waitFor()
  await fill('khong-phai-no')
  await page.getByText('Mật khẩu hiện tại không đúng.').waitFor()
  await noSeriousViolations(page)
  await fill(PASSWORD)
  await page.getByText('Đã đổi mật khẩu').waitFor()
  await noSeriousViolations(page)
}

async function signOutAndIn(page: Page, url: string, password: string): Promise<void> {
  await page.getByRole('button', { name: /Người thử/ }).click()
  await page.getByRole('button', { name: 'Đăng xuất' }).click()
  await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor()
  expect((await page.request.get(`${url}/api/me`)).status()).toBe(401)
  await page.getByLabel('Tên đăng nhập').fill('nguoi-thu')
  await page.getByLabel('Mật khẩu', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Đăng nhập' }).click()
  await page.getByRole('heading', { name: 'Tổng quan', level: 1 }).waitFor()
}
