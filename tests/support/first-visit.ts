import type { Page } from 'playwright-core'
import { OPERATOR } from '../../controller/accounts/actor.ts'
import { invite } from '../../controller/accounts/invite.ts'
import type { TestController } from './start-controller.ts'

/** Somebody opens a one-time link for an administrator, makes an account with it, and sees the overview. */
export async function makeFirstVisit(t: TestController, page: Page): Promise<void> {
  const { url: link } = await invite(t.controller.ctx, { actor: OPERATOR, role: 'admin', areaCodes: [] })
  await page.goto(link)
  await page.getByLabel('Họ và tên').fill('Người thử')
  await page.getByLabel('Tên đăng nhập').fill('nguoi-thu')
  await page.getByLabel('Mật khẩu', { exact: true }).fill('mat-khau-thu-nghiem')
  await page.getByRole('button', { name: 'Tạo tài khoản' }).click()
  await page.getByRole('heading', { name: 'Tổng quan', level: 1 }).waitFor()
}
