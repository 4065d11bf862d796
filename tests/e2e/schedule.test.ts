import type { BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Programme } from '#protocol/http/programmes.ts'
import { dateOf, dayOf } from '#protocol/rules/civil-date.ts'
import { civilTime } from '#protocol/rules/civil-time.ts'
import { noSeriousViolations } from '../support/axe.ts'
import { openBrowser } from '../support/browser.ts'
import { approvedBulletin, layOutStation } from '../support/busy-station.ts'
import { AREA, AT_ANY_HOUR } from '../support/commune.ts'
import { makeFirstVisit } from '../support/first-visit.ts'
import { requireProgram, withProgram } from '../support/programs.ts'
import type { Session } from '../support/session.ts'
import { startTestController, type TestController } from '../support/start-controller.ts'
import { until } from '../support/until.ts'

const RELAY = { name: 'thoi-su', title: 'Thời sự', url: 'https://radio.example.vn/thoi-su.mp3' }
/** Pixels of an hour on the lane of a day. */
const HOUR_PX = 72

describe.skipIf(!requireProgram('chromium'))(withProgram('in the browser', 'chromium'), () => {
  let t: TestController
  let admin: Session
  let programmes: Awaited<ReturnType<typeof layOutStation>>['programmes']
  let browser: Awaited<ReturnType<typeof openBrowser>>
  /** Three days from now: planned, and nothing of it is about to begin. */
  const date = dateOf(dayOf(civilTime(Date.now(), 'Asia/Ho_Chi_Minh').date) + 3)

  beforeAll(async () => {
    t = await startTestController({ env: { ...AT_ANY_HOUR, LOA_RELAYS: JSON.stringify([RELAY]) } })
    admin = await t.signIn()
    programmes = (await layOutStation(admin, date)).programmes
    browser = await openBrowser()
    await makeFirstVisit(t, await browser.context.newPage())
  }, 90_000)
  afterAll(async () => {
    await browser?.[Symbol.asyncDispose]()
    await t?.[Symbol.asyncDispose]()
  })

  const stored = async (id: string): Promise<Programme> =>
    Programme.parse((await admin.get(`/api/programmes/${id}`)).body)
  const exceptions = (id: string, expected: readonly object[]) =>
    until(`the exceptions of ${id}`, async () => {
      const { exceptions: now } = await stored(id)
      return JSON.stringify(now) === JSON.stringify(expected)
    })
  const move = (time: string) => [{ date, kind: 'move', to: { time } }]

  test('a session is dragged to another time of one day, which is taken back; the keyboard does the same', async () => {
    const page = await openPage(browser.context, { width: 1280, height: 900 })
    await page.goto(`${t.url}/lich-phat?tuan=${date}`)
    await page
      .getByRole('link', { name: /Bản tin chiều/ })
      .first()
      .waitFor()
    await noSeriousViolations(page)
    await page.goto(`${t.url}/lich-phat/ngay/${date}`)
    const grip = (name: string) => page.getByRole('button', { name: new RegExp(`^Dời “${name}”`) })
    const save = page.getByRole('button', { name: 'Lưu' })

    await drag(page, grip('Bản tin chiều'), HOUR_PX / 3)
    await page.getByText('Dời “Bản tin chiều” đến 17:20', { exact: false }).first().waitFor()
    await noSeriousViolations(page)
    await save.click()
    await exceptions(programmes.evening, move('17:20'))
    await page.getByRole('button', { name: 'Hoàn tác' }).click()
    await exceptions(programmes.evening, [])

    await grip('Bản tin sáng').press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.getByRole('status').getByText('Dời đến 05:40.', { exact: false }).waitFor()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await exceptions(programmes.morning, move('05:40'))
    await page.getByRole('button', { name: 'Dời “Bản tin sáng”, đang ở 05:40' }).waitFor()
    await until('the keyboard to be back on the handle', () =>
      page.evaluate("document.activeElement?.getAttribute('aria-label')?.startsWith('Dời “Bản tin sáng”')"),
    )

    await page.keyboard.press('ArrowUp')
    await page.getByText('Mọi ngày từ nay').click()
    await save.click()
    await exceptions(programmes.morning, [])
    expect((await stored(programmes.morning)).startTime).toBe('05:35')
    await page.close()
  }, 40_000)

  test('a drag into the quiet hours is answered with a sentence and times that are free', async () => {
    const page = await openPage(browser.context, { width: 1280, height: 1800 })
    await page.goto(`${t.url}/lich-phat/ngay/${date}`)
    await drag(page, page.getByRole('button', { name: /^Dời “Bản tin chiều”/ }), 5.5 * HOUR_PX)
    const bar = page.getByRole('region', { name: 'Dời buổi phát' })
    await bar.getByText('Giờ này chạm vào giờ yên tĩnh (22:00–05:00)', { exact: false }).waitFor()
    await bar.getByRole('button', { name: 'Lưu' }).click()
    await bar.getByText('Buổi phát rơi vào giờ yên tĩnh', { exact: false }).waitFor()
    expect((await stored(programmes.evening)).exceptions).toEqual([])
    await bar
      .getByRole('button', { name: /^Dời đến 21:/ })
      .first()
      .click()
    await bar.getByRole('button', { name: 'Lưu' }).click()
    await until('the alternative to be saved', async () => (await stored(programmes.evening)).exceptions.length === 1)

    // The session that was moved is opened, and left out of this day, with a reason that is shown.
    await page.getByRole('button', { name: /^\d\d:\d\d.*Bản tin chiều/ }).click()
    await page.getByRole('button', { name: 'Bỏ ngày này' }).click()
    await page.getByLabel(/Lý do/).fill('Đại hội chi bộ')
    await page.getByRole('dialog').getByRole('button', { name: 'Bỏ ngày này' }).click()
    await exceptions(programmes.evening, [{ date, kind: 'skip', reason: 'Đại hội chi bộ' }])
    await page.getByText('Lý do: Đại hội chi bộ', { exact: false }).waitFor()
    const back = page.getByRole('button', { name: 'Phát lại “Bản tin chiều” ngày này' })
    await back.and(page.locator(':focus')).waitFor()
    await page.goto(`${t.url}/lich-phat?tuan=${date}`)
    await page.getByRole('link', { name: 'Không phát: Bản tin chiều' }).click()
    await back.press('Enter')
    await exceptions(programmes.evening, [])
    await page
      .getByRole('button', { name: /^Dời “Bản tin chiều”/ })
      .and(page.locator(':focus'))
      .waitFor()
    await page.close()
  }, 40_000)

  test('Tết is foreseen with the moon and its holidays on a phone, where a finger drags by the handle', async () => {
    const page = await openPage(browser.context, { width: 390, height: 844 })
    await page.goto(`${t.url}/lich-phat?tuan=2027-02-06`)
    await page.getByText('Mùng 1 tháng 1', { exact: true }).waitFor()
    await page.getByText('Tết Nguyên đán', { exact: true }).waitFor()
    await page.getByText('Nghỉ ngày lễ: Tết Nguyên đán').waitFor()
    await page.getByText('Dự kiến').first().waitFor()
    await noSeriousViolations(page)
    await page.getByRole('button', { name: /^T4 03\/02, 27\/12 âm lịch/ }).click()
    await page.getByRole('link', { name: /Bản tin chiều/ }).waitFor()

    await page.goto(`${t.url}/lich-phat/ngay/${date}`)
    const grip = page.getByRole('button', { name: /^Dời “Bản tin sáng”/ })
    await grip.waitFor()
    await noSeriousViolations(page)
    await swipe(page, grip, -HOUR_PX / 3)
    await page.getByText('Dời “Bản tin sáng” đến 05:1', { exact: false }).first().waitFor()
    // A finger that goes up anywhere else scrolls down; here the page moves only to show what was moved.
    const boxOf = async (element: Locator) => (await element.boundingBox()) ?? { y: 0, height: 0 }
    await until('the session to be above the bar', async () => {
      const { y, height } = await boxOf(page.locator('[data-moving]'))
      return y + height <= (await boxOf(page.getByRole('region', { name: 'Dời buổi phát' }))).y
    })
    await page.getByRole('button', { name: 'Hủy', exact: true }).click()
    // A tap is no end of the drag before it.
    await swipe(page, page.getByRole('button', { name: /^\d\d:\d\d.*Bản tin sáng/ }), 0)
    await page.getByRole('dialog').getByText('Đội mũ bảo hiểm khi đi xe máy').waitFor()
    await noSeriousViolations(page)
    await page.close()
  }, 40_000)

  test('a bulletin that has come is dragged into a session, seen there and taken out, then put by a button', async () => {
    const bulletinId = await approvedBulletin(admin, 'Làm căn cước tại xã', 3)
    const page = await openPage(browser.context, { width: 1280, height: 1000 })
    await page.goto(`${t.url}/lich-phat/ngay/${date}`)
    const arrival = page.getByRole('listitem').filter({ hasText: 'Làm căn cước tại xã' })
    await arrival.waitFor()
    const into = await centreOf(page.getByRole('button', { name: /^\d\d:\d\d.*Bản tin sáng/ }))
    const from = await centreOf(arrival.locator('[data-arrival]'))
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    await page.mouse.move(into.x, into.y, { steps: 6 })
    await page.getByRole('button', { name: /^Xếp “Làm căn cước tại xã” vào .*Bản tin sáng/ }).waitFor()
    await page.mouse.up()
    const placed = (expected: readonly string[]) =>
      until(`placed in ${expected}`, async () => {
        const { body } = await admin.get(`/api/inbox?areaCode=${AREA}&bulletinId=${bulletinId}`)
        return `${body.items[0].sessions.map((one: { programmeName: string }) => one.programmeName)}` === `${expected}`
      })
    await placed(['Bản tin sáng'])

    await page.getByRole('button', { name: /^\d\d:\d\d.*Bản tin sáng/ }).click()
    await page.getByRole('button', { name: 'Bỏ “Làm căn cước tại xã” khỏi buổi này' }).click()
    await placed([])

    // A finger may only have meant to scroll: it aims, and a tap would put the bulletin there.
    await page.getByRole('button', { name: /^\d\d:\d\d.*Bản tin sáng/ }).click()
    const aim = await centreOf(page.getByRole('button', { name: /^\d\d:\d\d.*Bản tin sáng/ }))
    await finger(page, await centreOf(arrival.locator('[data-arrival]')), aim)
    await page
      .getByRole('button', { name: /^Xếp “Làm căn cước tại xã” vào .*Bản tin sáng/ })
      .and(page.locator(':focus'))
      .waitFor()
    await page.getByRole('region', { name: 'Xếp bản tin' }).getByRole('button', { name: 'Thôi' }).click()
    await page.getByRole('button', { name: 'Xếp “Làm căn cước tại xã” vào ngày này' }).click()
    const put = page.getByRole('button', { name: /^Xếp “Làm căn cước tại xã” vào .*Bản tin chiều/ })
    await put.waitFor()
    await noSeriousViolations(page)
    await put.click()
    await placed(['Bản tin chiều'])
    const evening = page.getByRole('button', { name: /^\d\d:\d\d.*Bản tin chiều/ })
    const focused = page.locator(':focus')
    await evening.and(focused).waitFor()

    // Of three that are taken out the keyboard goes to the next, to the one before, to what the session is called.
    const sessions = [{ programmeId: programmes.evening, originalDate: date }]
    for (const title of ['Khám sức khỏe', 'Đổi giấy phép lái xe'])
      await admin.post(`/api/inbox/${AREA}/${await approvedBulletin(admin, title, 1)}/place`, { sessions })
    await evening.press('Enter')
    const takeOut = (title: string) => page.getByRole('button', { name: `Bỏ “${title}” khỏi buổi này` })
    await takeOut('Khám sức khỏe').press('Enter')
    await takeOut('Đổi giấy phép lái xe').and(focused).press('Enter')
    await takeOut('Làm căn cước tại xã').and(focused).press('Enter')
    await page.getByRole('heading', { name: 'Bản tin chiều' }).and(focused).waitFor()
    await placed([])
    await page.close()
  }, 40_000)

  test('a finger that scrolls over the handle of a bulletin chooses nothing, one that taps it chooses', async () => {
    const bulletinId = await approvedBulletin(admin, 'Tiêm phòng cho đàn vật nuôi', 3)
    const page = await openPage(browser.context, { width: 390, height: 844 })
    await page.goto(`${t.url}/lich-phat/ngay/${date}`)
    const handle = page.locator(`[data-arrival="${bulletinId}"]`)
    const chosen = page.getByRole('region', { name: 'Xếp bản tin' })
    const { x, y } = await centreOf(handle)
    const scrolled = () => page.evaluate<number>('scrollY')
    const before = await scrolled()
    await finger(page, { x, y }, { x: x + 20, y: y + 300 })
    await until('the page to be scrolled', async () => (await scrolled()) < before)
    expect(await chosen.count()).toBe(0)
    await swipe(page, handle, 0)
    await chosen.getByText('Tiêm phòng cho đàn vật nuôi', { exact: false }).waitFor()
    await page.close()
  }, 40_000)

  test('what was typed into a programme outlives the change of somebody else, who is not overruled unseen', async () => {
    const page = await openPage(browser.context, { width: 390, height: 844 })
    await page.goto(`${t.url}/chuong-trinh/${programmes.moon}`)
    const name = page.getByLabel('Tên chương trình')
    await name.fill('Nhắc việc ngày rằm')
    await page.getByRole('button', { name: 'Mùng 1' }).click()
    await page.getByText('Rằm tháng 11', { exact: true }).first().waitFor()
    await noSeriousViolations(page)
    const { id, areaCode, key, status, createdByName, createdAt, nextStartAt, warnings, exceptions, ...series } =
      await stored(programmes.moon)
    expect((await admin.put(`/api/programmes/${id}`, { ...series, startTime: '20:00' })).status).toBe(200)
    await page.getByRole('button', { name: 'Lưu' }).click()
    await page.getByText('Mục người kia đã đổi: giờ phát.', { exact: false }).waitFor()
    expect(await name.inputValue()).toBe('Nhắc việc ngày rằm')
    expect(await stored(programmes.moon)).toMatchObject({ name: 'Nhắc việc mùng một và ngày rằm', startTime: '20:00' })
    // What is typed after that is sent as well, and a refusal of it stands at its field.
    const time = page.getByLabel('Giờ phát')
    await time.fill('23:00')
    await page.getByRole('button', { name: 'Lưu bản của tôi' }).click()
    await page.getByText('Buổi phát rơi vào giờ yên tĩnh', { exact: false }).first().waitFor()
    await time.and(page.locator(':focus')).waitFor()
    await time.fill('18:30')
    const save = page.getByRole('button', { name: 'Lưu', exact: true })
    await save.click()
    await page.getByText('Đã lưu chương trình.', { exact: false }).waitFor()
    await save.and(page.locator(':focus')).waitFor()
    expect(await stored(programmes.moon)).toMatchObject({
      name: 'Nhắc việc ngày rằm',
      startTime: '18:30',
      repeat: { kind: 'lunar', days: [15], leapMonths: 'skip' },
    })
    await name.fill('Nhắc việc')
    const asked = new Promise<string>((resolve) => {
      page.once('dialog', (dialog) => {
        resolve(dialog.message())
        void dialog.dismiss()
      })
    })
    await page.getByRole('link', { name: 'Chương trình', exact: false }).first().click()
    expect(await asked).toContain('Chương trình chưa lưu')
    expect(await name.inputValue()).toBe('Nhắc việc')
    await name.fill('Nhắc việc ngày rằm')
    await page.getByRole('link', { name: 'Chương trình', exact: false }).first().click()
    await page.waitForURL(/xem=chuong-trinh/)
    await page.close()
  }, 40_000)

  test('a programme is framed by chimes and relays a station of the list for as long as is said, and the day tells of it', async () => {
    const page = await openPage(browser.context, { width: 390, height: 844 })
    await page.goto(`${t.url}/chuong-trinh/${programmes.morning}`)
    const { rundown } = await stored(programmes.morning)
    await page.getByLabel('Nhạc hiệu kết thúc').selectOption('Nhạc hiệu có sẵn')
    await page.getByLabel('Nhạc hiệu mở đầu').selectOption('Nhạc hiệu có sẵn')
    await page.getByLabel('Thêm tiếp sóng').selectOption('Thời sự')
    await page.getByLabel('Số phút tiếp sóng Thời sự').fill('5')
    await page.getByRole('button', { name: 'Đưa “Tiếp sóng Thời sự” lên trước' }).click()
    await noSeriousViolations(page)
    await page.getByRole('button', { name: 'Lưu' }).click()
    await page.getByText('Đã lưu chương trình.', { exact: false }).waitFor()
    const relay = { kind: 'relay', relay: 'thoi-su', minutes: 5 }
    expect((await stored(programmes.morning)).rundown).toEqual([
      { kind: 'chime', sound: 'built-in' },
      ...rundown.slice(0, -1),
      relay,
      ...rundown.slice(-1),
      { kind: 'closing', sound: 'built-in' },
    ])

    await page.goto(`${t.url}/lich-phat/ngay/${date}`)
    await page.getByRole('button', { name: /^\d\d:\d\d.*Bản tin sáng/ }).click()
    const details = page.getByRole('dialog')
    await details.getByText('Tiếp sóng Thời sự, 5 phút').waitFor()
    await details.getByText('Nhạc hiệu mở đầu có sẵn').waitFor()
    await details.getByRole('button', { name: 'Vì sao?' }).click()
    await details.getByText(/“Cụm loa 1” chưa kết nối lần nào/).waitFor()
    await noSeriousViolations(page)
    await page.close()
  }, 40_000)
})

/** Any error that the page reports fails the test. */
async function openPage(context: BrowserContext, viewport: { width: number; height: number }): Promise<Page> {
  const page = await context.newPage()
  await page.setViewportSize(viewport)
  page.on('pageerror', (error) => {
    throw error
  })
  return page
}

async function centreOf(element: Locator): Promise<{ x: number; y: number }> {
  await element.scrollIntoViewIfNeeded()
  const { x, y, width, height } = (await element.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  return { x: x + width / 2, y: y + height / 2 }
}

async function drag(page: Page, element: Locator, by: number): Promise<void> {
  const { x, y } = await centreOf(element)
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x, y + by / 2, { steps: 4 })
  await page.mouse.move(x, y + by, { steps: 4 })
  await page.mouse.up()
}

/** A finger that goes up or down the screen, or taps it. */
async function swipe(page: Page, element: Locator, by: number): Promise<void> {
  const from = await centreOf(element)
  await finger(page, from, { x: from.x, y: from.y + by })
}

type Point = Awaited<ReturnType<typeof centreOf>>

async function finger(page: Page, from: Point, to: Point): Promise<void> {
  const screen = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: Point[]) =>
    screen.send('Input.dispatchTouchEvent', { type, touchPoints })
  const between = (a: number, b: number, share: number): number => a + (b - a) * share
  await touch('touchStart', from)
  if (from.x !== to.x || from.y !== to.y)
    for (const share of [0.25, 0.5, 0.75, 1])
      await touch('touchMove', { x: between(from.x, to.x, share), y: between(from.y, to.y, share) })
  await touch('touchEnd')
  await screen.detach()
}
