import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { COMMUNE, created, PROVINCE, programmeInput, SISTER } from '../http/support.ts'
import { noSeriousViolations } from '../support/axe.ts'
import { openBrowser } from '../support/browser.ts'
import { requireProgram, withProgram } from '../support/programs.ts'
import { signInto } from '../support/sign-into.ts'
import { startTestController, type TestController } from '../support/start-controller.ts'

const COMMUNES = [
  { areaCode: COMMUNE, station: 'Đài phường Ba Đình', programme: 'Bản tin Ba Đình', cluster: 'Cụm Quán Thánh' },
  { areaCode: SISTER, station: 'Đài phường Ngọc Hà', programme: 'Bản tin Ngọc Hà', cluster: 'Cụm Đội Cấn' },
] as const
const [OWN, OTHER] = COMMUNES

describe.skipIf(!requireProgram('chromium'))(withProgram('what an account is shown', 'chromium'), () => {
  let t: TestController
  let browser: Awaited<ReturnType<typeof openBrowser>>
  /** The programme of each commune. */
  const ids = new Map<string, string>()

  beforeAll(async () => {
    t = await startTestController()
    const admin = await t.signIn()
    for (const { areaCode, station, programme, cluster } of COMMUNES) {
      await created(admin.post('/api/clusters', { name: cluster, areaCode }))
      const { body } = await admin.get(`/api/stations/${areaCode}`)
      expect((await admin.put(`/api/stations/${areaCode}`, { ...body, name: station })).status).toBe(200)
      const airs = { name: programme, areaCode, targets: { areas: [areaCode] }, rundown: [{ kind: 'inbox' }] }
      ids.set(areaCode, await created(admin.post('/api/programmes', programmeInput('', airs))))
    }
    browser = await openBrowser()
  }, 60_000)
  afterAll(async () => {
    await browser?.[Symbol.asyncDispose]()
    await t?.[Symbol.asyncDispose]()
  })

  const pageFor = async (...account: Parameters<TestController['signIn']>): Promise<Page> => {
    await signInto(browser.context, t.url, await t.signIn(...account))
    const page = await browser.context.newPage()
    page.on('pageerror', (error) => {
      throw error
    })
    return page
  }
  const programme = (page: Page, name: string) => page.getByRole('main').getByRole('link', { name, exact: true })

  test('a province sees the clusters and, station by station, the programmes of its communes, and changes none', async () => {
    const page = await pageFor('province', [PROVINCE])
    await page.goto(t.url)
    const attention = page.getByRole('region', { name: 'Cần chú ý' })
    for (const { cluster } of COMMUNES) await attention.getByRole('link', { name: cluster }).waitFor()
    await noSeriousViolations(page)

    await page.goto(`${t.url}/lich-phat?xem=chuong-trinh`)
    const station = page.getByLabel('Đài truyền thanh')
    for (const [shown, hidden] of [
      [OTHER, OWN],
      [OWN, OTHER],
    ] as const) {
      await station.selectOption(shown.areaCode)
      await programme(page, shown.programme).waitFor()
      expect(await programme(page, hidden.programme).count()).toBe(0)
    }
    await noSeriousViolations(page)
    expect(await page.getByRole('link', { name: 'Thêm chương trình' }).count()).toBe(0)
    expect(await page.getByRole('button', { name: 'Dừng chương trình' }).count()).toBe(0)

    await programme(page, OWN.programme).click()
    await page.getByText(`${OWN.station} · `, { exact: false }).waitFor()
    await page.getByLabel('Tên chương trình').waitFor()
    expect(await page.getByRole('button', { name: 'Lưu' }).count()).toBe(0)
    await page.close()
  })

  test('the officer of a commune sees only what is of it, and is not offered what others decide', async () => {
    const page = await pageFor('officer', [COMMUNE])
    await page.goto(`${t.url}/lich-phat?xem=chuong-trinh`)
    await programme(page, OWN.programme).waitFor()
    await page.getByRole('link', { name: 'Thêm chương trình' }).waitFor()
    await page.getByRole('button', { name: 'Dừng chương trình' }).waitFor()
    expect(await programme(page, OTHER.programme).count()).toBe(0)
    expect(await page.getByLabel('Đài truyền thanh').count()).toBe(0)

    // An address from somebody else's message shows nothing of another commune.
    await page.goto(`${t.url}/chuong-trinh/${ids.get(SISTER)}`)
    await page.getByText('Địa bàn này không thuộc phạm vi của tài khoản.').waitFor()
    expect(await page.getByText(OTHER.programme).count()).toBe(0)

    await page.goto(`${t.url}/cum-loa`)
    await page.getByRole('link', { name: OWN.cluster }).waitFor()
    expect(await page.getByRole('link', { name: OTHER.cluster }).count()).toBe(0)
    expect(await page.getByRole('button', { name: 'Thêm cụm loa' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Tài khoản', exact: false }).click()
    await page.getByRole('button', { name: 'Đăng xuất' }).waitFor()
    expect(await page.getByRole('button', { name: 'Mời người dùng' }).count()).toBe(0)

    await page.goto(`${t.url}/dai`)
    expect(await page.getByLabel('Tên đài').inputValue()).toBe(OWN.station)
    expect(await page.getByRole('button', { name: 'Lưu' }).count()).toBe(0)
    await page.close()
  })
})
