import { expect, test } from 'vitest'
import { startTestController } from '../support/start-controller.ts'

test('a leader approves the version that was heard, never one that came after it', async () => {
  await using t = await startTestController()
  const officer = await t.signIn('officer', ['00004'])
  const leader = await t.signIn('leader', ['00004'])
  const content = { title: 'Bản tin', class: 'ordinary', script: 'Nội dung đầu.', targets: ['00004'] }
  const { body: first } = await officer.post('/api/bulletins', content)
  await officer.put(`/api/bulletins/${first.id}`, { ...content, script: 'Nội dung sau.' })
  const { body: second } = await officer.post(`/api/bulletins/${first.id}/submit`)

  const stale = await leader.post(`/api/bulletins/${first.id}/approve`, { versionId: first.versionId })
  expect(stale.status).toBe(409)
  expect((await leader.get(`/api/bulletins/${first.id}`)).body.status).toBe('pending')

  const approved = await leader.post(`/api/bulletins/${first.id}/approve`, { versionId: second.versionId })
  expect(approved.body).toMatchObject({ status: 'approved', approvedByName: expect.stringContaining('account-2') })
})
