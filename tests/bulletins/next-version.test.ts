import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Role } from '#protocol/http/accounts.ts'
import { bulletinInput, COMMUNE, created, PROVINCE, problemsOf, programmeInput, SISTER } from '../http/support.ts'
import type { Session } from '../support/session.ts'
import { startTestController, type TestController } from '../support/start-controller.ts'
import { tusClient } from '../uploads/tus.ts'

let t: TestController
let province: Session
let officer: Session
let leader: Session
let sister: Session
beforeAll(async () => {
  t = await startTestController()
  const as = (role: Role, areaCode: string) => t.signIn(role, [areaCode])
  province = await as('province', PROVINCE)
  officer = await as('officer', COMMUNE)
  leader = await as('leader', COMMUNE)
  sister = await as('officer', SISTER)
  const station = { timeZone: 'Asia/Ho_Chi_Minh', volume: { day: 80, night: 50 }, voice: 'vi-north' }
  for (const areaCode of [COMMUNE, SISTER]) {
    const { status } = await province.put(`/api/stations/${areaCode}`, { name: `Đài ${areaCode}`, ...station })
    expect(status).toBe(200)
  }
  await created((await t.signIn()).post('/api/clusters', { name: 'Cụm một', areaCode: SISTER }))
})
afterAll(() => t[Symbol.asyncDispose]())

const REASON = { reason: 'Luật đã được sửa đổi.' }
const steps = async (by: Session, id: string, ...names: string[]) => {
  for (const name of names) await created(by.post(`/api/bulletins/${id}/${name}`, name === 'withdraw' ? REASON : {}))
}
/** On air in the whole province, with a next version in work that is for one of its communes only. */
async function narrowed(): Promise<string> {
  const id = await created(province.post('/api/bulletins', bulletinInput({ targets: [PROVINCE] })))
  await steps(province, id, 'submit', 'approve')
  await created(province.put(`/api/bulletins/${id}`, bulletinInput({ script: 'Bản sau.', targets: [COMMUNE] })))
  return id
}

test('while a narrower version is in work, communes that still air the one before it see it and decide on it', async () => {
  const id = await narrowed()
  const lists = async () => {
    const { items } = (await sister.get('/api/bulletins?limit=200')).body
    return items.some((item: { id: string }) => item.id === id)
  }
  expect([(await sister.get(`/api/bulletins/${id}`)).status, await lists()]).toEqual([200, true])
  const declined = await sister.post(`/api/inbox/${SISTER}/${id}/decline`, { reason: 'Đã phát tuần trước.' })
  expect([declined.status, declined.body.state]).toEqual([200, 'declined'])
  const programme = { areaCode: SISTER, targets: { areas: [SISTER] } }
  expect((await sister.post('/api/programmes', programmeInput(id, programme))).status).toBe(201)

  await steps(province, id, 'submit', 'approve')
  expect([(await sister.get(`/api/bulletins/${id}`)).status, await lists()]).toEqual([404, false])
  expect((await officer.get(`/api/bulletins/${id}`)).status).toBe(200)
})

test('withdrawing what is on air leaves the version in work to those that it is for', async () => {
  const id = await narrowed()
  await steps(province, id, 'withdraw')
  expect((await sister.get(`/api/bulletins/${id}`)).status).toBe(404)
  expect((await officer.get(`/api/bulletins/${id}`)).body.withdrawal.reason).toBe(REASON.reason)
})

test('who may not withdraw what airs in the whole province may not replace it by a version for their commune either', async () => {
  const id = await narrowed()
  const refused = async (answer: ReturnType<Session['post']>) => {
    const { status, body } = await answer
    expect([status, problemsOf(body)]).toEqual([403, [' permission.area']])
  }
  const path = `/api/bulletins/${id}`
  const { approvedVersionId, versionId } = (await leader.get(path)).body
  expect(approvedVersionId).not.toBe(versionId)
  expect((await leader.get(path)).body.may.withdraw).toBe(false)
  await refused(leader.post(`${path}/withdraw`, REASON))
  await refused(officer.put(path, bulletinInput({ script: 'Bản của xã.' })))
  await refused(officer.post(`${path}/submit`))
  await refused(officer.post(`${path}/produce`))
  await refused(officer.post(`${path}/recordings/km/remove`))
  const recording = { purpose: 'recording', fileName: 'a.mp3', bulletinId: id, language: 'km' }
  const { status, body } = await tusClient(t.url, officer).create(1_000, recording)
  expect([status, problemsOf(body)]).toEqual([403, [' permission.area']])
  await steps(province, id, 'submit')
  await refused(leader.post(`${path}/approve`, { versionId }))
  await refused(leader.post(`${path}/return`, REASON))
  expect((await province.get(path)).body).toMatchObject({ status: 'pending', approvedVersionId, versionId })

  await steps(province, id, 'approve')
  expect((await leader.get(path)).body.may.withdraw).toBe(true)
  await steps(leader, id, 'withdraw')
})
