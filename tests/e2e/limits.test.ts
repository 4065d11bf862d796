import { describe, expect, test } from 'vitest'
import { approvedBulletin, COMMUNE, created, programmeInput, tomorrow } from '../http/support.ts'
import { noSeriousViolations } from '../support/axe.ts'
import { openBrowser } from '../support/browser.ts'
import { makeFirstVisit } from '../support/first-visit.ts'
import { requireProgram, withProgram } from '../support/programs.ts'
import { startTestController } from '../support/start-controller.ts'
import { until } from '../support/until.ts'

describe.skipIf(!requireProgram('chromium'))(withProgram('rules in the browser', 'chromium'), () => {
  test('a commune’s hours and limits are set beside its province’s, a silence for some clusters is added, an exemption is granted, and a start that is taken is exchanged for a free one', async () => {
    await using t = await startTestController()
    const admin = await t.signIn()
    const officer = await t.signIn('officer', [COMMUNE])
    for (const name of ['Cụm Đông', 'Cụm Tây'])
      await created(
        admin
          .post('/api/clusters', { name, areaCode: COMMUNE })
          .then(({ status, body }) => ({ status, body: body.cluster })),
      )
    const said = {
      quietHours: { from: '21:00', to: '05:00' },
      limits: { sessionsPerDay: 3 },
      holidays: [],
      revision: 0,
    }
    await admin.put('/api/rules/01', said)
    const rules = async () => (await admin.get(`/api/rules/${COMMUNE}`)).body

    await using browser = await openBrowser({ width: 390, height: 844 })
    const page = await browser.context.newPage()
    page.on('dialog', (dialog) => void dialog.accept())
    const button = (name: string) => page.getByRole('button', { name, exact: true })
    await makeFirstVisit(t, page)
    await page.goto(`${t.url}/quy-dinh?noi=${COMMUNE}`)
    await page.getByText('Đang áp dụng: 21:00–05:00').waitFor()

    await page.getByLabel('Số buổi mỗi ngày').fill('4')
    await button('Lưu giờ phát và giới hạn').click()
    await page.getByText('Giới hạn này rộng hơn quy định của Thành phố Hà Nội (3)').waitFor()
    await page.getByLabel('Số buổi mỗi ngày').fill('2')
    await button('Đặt riêng').click()
    await page.getByLabel('Đến', { exact: true }).fill('05:30')
    await button('T2').click()
    await noSeriousViolations(page)

    // Somebody adds a silence meanwhile: the form may still be saved.
    await button('Thêm lần ngừng phát').click()
    await page.getByLabel('Lý do').fill('Tang lễ')
    await page.getByLabel('Ngừng từ').fill(`${tomorrow()}T12:00`)
    await page.getByLabel('Phát lại từ').fill(`${tomorrow(2)}T12:00`)
    await button('Chọn cụm loa').click()
    await button('Cụm Tây').click()
    await noSeriousViolations(page)
    await button('Lưu lần ngừng phát').click()
    await page.getByText('1 cụm loa').waitFor()
    await button('Lưu giờ phát và giới hạn').click()
    const saved = await until('the rules to be saved', async () => {
      const now = await rules()
      return now.own.limits.sessionsPerDay === 2 && now
    })
    expect(saved.own).toMatchObject({
      quietHours: { from: '21:00', to: '05:30' },
      limits: { sessionsPerDay: 2, days: ['MO'] },
      silences: [{ reason: 'Tang lễ', clusters: [expect.stringMatching(/^clu_/)] }],
    })
    await button('T2').click()
    await page.getByLabel('Số buổi mỗi ngày').fill('')
    await button('Lưu giờ phát và giới hạn').click()
    await until(
      'the limits to be left to the province',
      async () => Object.keys((await rules()).own.limits).length === 0,
    )

    await button('Đề nghị miễn trừ').click()
    await page.getByLabel('Từ ngày').fill(tomorrow())
    await page.getByLabel('Đến hết ngày').fill(tomorrow())
    await button('Số buổi mỗi ngày').click()
    await page.getByLabel('Vì sao cần').fill('Tuần lễ Ngày Pháp luật.')
    await button('Gửi đề nghị').click()
    await page.getByText('Hãy nhập mức cần phát.').waitFor()
    await page.getByLabel('Cần mấy buổi mỗi ngày').fill('3')
    await button('Gửi đề nghị').click()
    await page.getByText('Mức xin phải rộng hơn giới hạn đang áp dụng của Thành phố Hà Nội (3)').waitFor()
    await noSeriousViolations(page)
    await page.getByLabel('Cần mấy buổi mỗi ngày').fill('4')
    await button('Gửi đề nghị').click()
    await page.getByText('Tối đa 4 buổi mỗi ngày (đang áp dụng: 3)').waitFor()

    const asked = {
      areaCode: COMMUNE,
      from: tomorrow(),
      until: tomorrow(),
      kinds: ['sessionsPerDay'],
      upTo: { sessionsPerDay: 5 },
      reason: 'Ngày hội.',
    }
    await created(officer.post('/api/exemptions', asked))
    await page.getByText('Tối đa 5 buổi mỗi ngày (đang áp dụng: 3)').waitFor()
    await button('Cho phép').click()
    await page.getByText('Đã cho phép', { exact: true }).waitFor()
    await noSeriousViolations(page)

    const [silent = ''] = saved.own.silences[0].clusters
    await page.goto(`${t.url}/cum-loa/${silent}`)
    await page.getByText('Đang áp dụng: 21:00–05:30').waitFor()
    await button('Đặt riêng').click()
    await page.getByLabel('Từ', { exact: true }).fill('22:00')
    await button('Lưu giờ yên tĩnh').click()
    await page.getByText('21:00–05:30', { exact: false }).nth(1).waitFor()
    await page.getByLabel('Từ', { exact: true }).fill('20:00')
    await button('Lưu giờ yên tĩnh').click()
    await page.getByText('Đang áp dụng: 20:00–05:30').waitFor()
    await noSeriousViolations(page)

    const id = await approvedBulletin(admin)
    await created(admin.post('/api/programmes', programmeInput(id, { maxMinutes: 15 })))
    await page.goto(`${t.url}/ban-tin/${id}/len-lich`)
    await page.getByLabel('Ngày phát').fill(tomorrow())
    await page.getByLabel('Giờ phát').fill('17:05')
    await button('Đặt lịch phát').click()
    await page.getByText('Trùng với “Bản tin sáng” (17:00–17:15)').waitFor()
    await button('17:15').click()
    await button('Đặt lịch phát').click()
    await until('the second programme', async () => (await admin.get('/api/programmes')).body.items.length === 2)
  }, 90_000)
})
