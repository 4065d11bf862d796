import { describe, expect, test } from 'vitest'
import { noSeriousViolations } from '../support/axe.ts'
import { openBrowser } from '../support/browser.ts'
import { requireProgram, withProgram } from '../support/programs.ts'
import { signInto } from '../support/sign-into.ts'
import { startTestController } from '../support/start-controller.ts'
import { until } from '../support/until.ts'

const COMMUNE = '00004'
const PROVINCE = '01'

describe.skipIf(!requireProgram('chromium'))(withProgram('the inbox in the browser', 'chromium'), () => {
  test('an officer puts one bulletin into the suggested session by one tap, and declines another with a reason that the province reads', async () => {
    await using t = await startTestController()
    const admin = await t.signIn()
    await admin.post('/api/clusters', { name: 'Cụm', areaCode: COMMUNE })
    const programme = {
      name: 'Bản tin sáng',
      areaCode: COMMUNE,
      startsOn: new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10),
      startTime: '06:00',
      repeat: { kind: 'rrule', rrule: 'FREQ=DAILY' },
      targets: { areas: [COMMUNE] },
      rundown: [{ kind: 'inbox' }],
    }
    expect((await admin.post('/api/programmes', programme)).status).toBe(201)

    const officer = await t.signIn('officer', [COMMUNE])
    await using browser = await openBrowser({ width: 390, height: 844 })
    await signInto(browser.context, t.url, officer)
    const page = await browser.context.newPage()
    await page.goto(`${t.url}/ban-tin-den`)
    await page.getByText('Không có bản tin nào chờ xử lý').waitFor()
    // The page learns by itself what the province approves.
    for (const title of ['Luật mới', 'Bản tin xa']) {
      const content = { title, class: 'ordinary', script: 'Xin chào bà con.', targets: [PROVINCE] }
      const { id } = (await admin.post('/api/bulletins', content)).body
      await until('production', async () => (await admin.get(`/api/bulletins/${id}`)).body.rendition.step === 'ready')
      for (const step of ['submit', 'approve']) await admin.post(`/api/bulletins/${id}/${step}`)
    }
    const cards = page.getByRole('list', { name: 'Danh sách bản tin đến' }).getByRole('article')
    await cards.nth(1).waitFor()
    await page.getByRole('link', { name: /2 bản tin chờ xử lý/ }).waitFor()
    await noSeriousViolations(page)

    const first = page.getByRole('article', { name: 'Luật mới' })
    await first.getByRole('button', { name: 'Nghe Luật mới' }).waitFor()
    await first.getByRole('button', { name: 'Xếp vào buổi phát' }).click()
    await page.getByRole('checkbox').first().waitFor()
    await noSeriousViolations(page)
    await page.getByRole('button', { name: /^Xếp vào 06:00 .*Bản tin sáng$/ }).click()
    await first.waitFor({ state: 'detached' })

    // The keyboard goes to what has taken the place of what it was on.
    const second = page.getByRole('article', { name: 'Bản tin xa' })
    await second.getByRole('button', { name: 'Xếp vào buổi phát' }).and(page.locator(':focus')).waitFor()
    await second.getByRole('button', { name: 'Không phát' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Không phát' }).click()
    await dialog.getByText('Hãy ghi lý do.').waitFor()
    await dialog.getByLabel('Lý do').fill('Xã không có biển.')
    await dialog.getByRole('button', { name: 'Không phát' }).click()
    await page.getByText('Không có bản tin nào chờ xử lý').waitFor()

    await page.getByRole('button', { name: 'Đã xếp' }).click()
    await first.getByText('Bản tin sáng').waitFor()
    const planned = await until('a session', async () => (await admin.get('/api/broadcasts')).body.items[0])
    expect(planned.bulletins).toMatchObject([{ title: 'Luật mới' }])

    const department = await t.signIn('province', [PROVINCE])
    await using above = await openBrowser()
    await signInto(above.context, t.url, department)
    const desk = await above.context.newPage()
    await desk.goto(`${t.url}/ban-tin-den?xem=declined`)
    await desk.getByText('Lý do: Xã không có biển.').waitFor()
    await noSeriousViolations(desk)
  }, 90_000)
})
