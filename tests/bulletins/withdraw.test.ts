import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Role } from '#protocol/http/accounts.ts'
import { approvedBulletin, bulletinInput, COMMUNE, created, PROVINCE, problemsOf, SISTER } from '../http/support.ts'
import type { Session } from '../support/session.ts'
import { startTestController, type TestController } from '../support/start-controller.ts'

let t: TestController
let admin: Session
beforeAll(async () => {
  t = await startTestController()
  admin = await t.signIn()
})
afterAll(() => t[Symbol.asyncDispose]())

const people = new Map<string, Promise<Session>>()
/** Making an account hashes a password twice, so each kind of person is made once. */
function as(role: Role, areaCode: string, which = 1): Promise<Session> {
  const key = `${role} ${areaCode} ${which}`
  const person = people.get(key) ?? t.signIn(role, [areaCode])
  people.set(key, person)
  return person
}

const REASON = { reason: 'Luật đã được sửa đổi.' }
/** Written by one, let on air by the province. */
async function approvedFrom(writer: Session, targets: readonly string[]): Promise<string> {
  const id = await created(writer.post('/api/bulletins', bulletinInput({ targets })))
  await created(writer.post(`/api/bulletins/${id}/submit`))
  await created((await as('province', PROVINCE)).post(`/api/bulletins/${id}/approve`))
  return id
}
const withdraw = async (who: Session, id: string, body: unknown = REASON) => {
  const may = (await who.get(`/api/bulletins/${id}`)).body.may?.withdraw
  const { status, body: answer } = await who.post(`/api/bulletins/${id}/withdraw`, body)
  return { may, status, problems: status < 300 ? [] : problemsOf(answer) }
}

test('Sở Tư pháp withdraws what any of its people has written, and nobody else’s', async () => {
  const [one, colleague] = [await as('justice', PROVINCE), await as('justice', PROVINCE, 2)]
  const own = await approvedFrom(one, [PROVINCE])
  expect(await withdraw(colleague, own)).toEqual({ may: true, status: 200, problems: [] })
  const local = await approvedFrom(await as('officer', COMMUNE), [COMMUNE])
  expect(await withdraw(one, local)).toEqual({
    may: false,
    status: 403,
    problems: [' bulletin.notYoursToWithdraw'],
  })
})

test('who approves withdraws within their area; who only writes does not', async () => {
  const officer = await as('officer', COMMUNE)
  const local = await approvedFrom(officer, [COMMUNE])
  const provincial = await approvedFrom(await as('justice', PROVINCE), [PROVINCE])
  const leader = await as('leader', COMMUNE)
  expect(await withdraw(officer, local)).toEqual({ may: false, status: 403, problems: [' permission.missing'] })
  expect(await withdraw(leader, provincial)).toEqual({ may: false, status: 403, problems: [' permission.area'] })
  expect(await withdraw(await as('leader', SISTER), local)).toMatchObject({ status: 404 })
  expect(await withdraw(leader, local)).toEqual({ may: true, status: 200, problems: [] })
  expect(await withdraw(await as('province', PROVINCE), provincial)).toEqual({ may: true, status: 200, problems: [] })
})

test('a withdrawal says why, happens once, and does not hit a version that has come since', async () => {
  const id = await approvedBulletin(admin)
  const { versionId } = (await admin.get(`/api/bulletins/${id}`)).body
  expect(await withdraw(admin, id, { reason: '  ' })).toMatchObject({
    status: 422,
    problems: ['reason field.tooShort'],
  })
  await admin.put(`/api/bulletins/${id}`, bulletinInput({ script: 'Bản sửa.' }))
  for (const step of ['submit', 'approve']) await created(admin.post(`/api/bulletins/${id}/${step}`))
  expect(await withdraw(admin, id, { ...REASON, versionId })).toEqual({
    may: true,
    status: 409,
    problems: [' bulletin.editedMeanwhile'],
  })
  const answers = await Promise.all([withdraw(admin, id), withdraw(admin, id)])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  expect(await withdraw(admin, id)).toEqual({ may: false, status: 409, problems: [' bulletin.cannot.withdraw'] })
})

test('a version that is being written outlives the withdrawal of the one on air', async () => {
  const officer = await as('officer', COMMUNE)
  const id = await approvedBulletin(admin)
  const edited = await officer.put(`/api/bulletins/${id}`, bulletinInput({ script: 'Bản đang sửa.' }))
  expect(edited.body.approvedVersionId).not.toBe(edited.body.versionId)
  const { body } = await (await as('leader', COMMUNE)).post(`/api/bulletins/${id}/withdraw`, REASON)
  expect(body).toMatchObject({ status: 'draft', versionNumber: 2, approvedVersionId: null })
  expect(body.withdrawal.versionId).toBe(edited.body.approvedVersionId)
  for (const step of ['submit', 'approve']) await created(admin.post(`/api/bulletins/${id}/${step}`))
  expect((await admin.get(`/api/bulletins/${id}`)).body).toMatchObject({ status: 'approved', withdrawal: null })
})

test('a withdrawn version cannot be sent for approval again, nor spoken anew: only a new version can', async () => {
  const id = await approvedBulletin(admin)
  await created(admin.post(`/api/bulletins/${id}/withdraw`, REASON))
  for (const step of ['submit', 'approve', 'produce']) {
    expect((await admin.post(`/api/bulletins/${id}/${step}`)).status).toBe(409)
  }
  expect(
    (await admin.get('/api/bulletins?status=withdrawn')).body.items.map((item: { id: string }) => item.id),
  ).toContain(id)
  expect((await admin.put(`/api/bulletins/${id}`, bulletinInput())).body).toMatchObject({
    status: 'draft',
    versionNumber: 2,
  })
})
