import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Speech } from '../../controller/speech/speech.ts'
import { approvedBulletin, bulletinInput, COMMUNE, created, PROVINCE, problemsOf, SISTER } from '../http/support.ts'
import { FakeClock } from '../support/fake-clock.ts'
import type { Session } from '../support/session.ts'
import { startTestController, type TestController } from '../support/start-controller.ts'
import { toneSpeech } from '../support/tone-speech.ts'
import { until } from '../support/until.ts'

let t: TestController
let officer: Session
let leader: Session
beforeAll(async () => {
  t = await startTestController()
  officer = await t.signIn('officer', [COMMUNE])
  leader = await t.signIn('leader', [COMMUNE])
})
afterAll(() => t[Symbol.asyncDispose]())

const bulletinOf = async (id: string) => (await officer.get(`/api/bulletins/${id}`)).body

test('every version stays readable as it was written, with who has decided what on it and why', async () => {
  const dated = { effectiveOn: '2025-01-01', expiresOn: '2030-12-31', cites: ['Luật Đất đai số 31/2024/QH15'] }
  const id = await created(officer.post('/api/bulletins', bulletinInput({ script: 'Bản đầu.', ...dated })))
  const first = (await bulletinOf(id)).versionId
  await created(officer.post(`/api/bulletins/${id}/submit`))
  await created(leader.post(`/api/bulletins/${id}/return`, { reason: 'Thiếu ngày.' }))
  await officer.put(`/api/bulletins/${id}`, bulletinInput({ script: 'Bản sau.', omit: ['signature'] }))
  await created(officer.post(`/api/bulletins/${id}/submit`))
  await created(leader.post(`/api/bulletins/${id}/approve`))
  await created(leader.post(`/api/bulletins/${id}/withdraw`, { reason: 'Sai mức phạt.' }))

  const { versions } = await bulletinOf(id)
  const told = versions.map(({ decisions }: { decisions: { kind: string; byName: string; reason: string | null }[] }) =>
    decisions.map(({ kind, byName, reason }) => `${kind} ${byName.at(-1)} ${reason}`),
  )
  expect(told).toEqual([
    ['submit 1 null', 'approve 2 null', 'withdraw 2 Sai mức phạt.'],
    ['submit 1 null', 'return 2 Thiếu ngày.'],
  ])
  const old = await officer.get(`/api/bulletins/${id}/versions/${first}`)
  expect(old.body).toMatchObject({ number: 1, bulletinId: id, script: 'Bản đầu.', omit: [], ...dated })
  expect(old.body.decisions).toHaveLength(2)
  const sound = await until('the first version to be spoken', async () => {
    const { body } = await officer.get(`/api/bulletins/${id}/versions/${first}`)
    return body.rendition.audio
  })
  expect((await fetch(`${t.url}${sound.url}`)).status).toBe(200)
})

test('a version is found only under its own bulletin, and by who may read that', async () => {
  const [one, other] = [
    await approvedBulletin(await t.signIn()),
    await created(officer.post('/api/bulletins', bulletinInput())),
  ]
  const { versionId } = await bulletinOf(one)
  expect((await officer.get(`/api/bulletins/${one}/versions/${versionId}`)).status).toBe(200)
  expect(problemsOf((await officer.get(`/api/bulletins/${other}/versions/${versionId}`)).body)).toEqual([
    ' version.notFound',
  ])
  const stranger = await t.signIn('officer', [SISTER])
  for (const path of [`versions/${versionId}`, 'uses']) {
    expect((await stranger.get(`/api/bulletins/${one}/${path}`)).status).toBe(404)
  }
})

test('its writer deletes a draft for good; nobody else does, and nobody what awaits judgement or was ever on air', async () => {
  const other = await t.signIn('officer', [COMMUNE])
  const remove = async (who: Session, id: string) => {
    const may = (await who.get(`/api/bulletins/${id}`)).body.may.delete
    const { status, body } = await who.post(`/api/bulletins/${id}/delete`)
    return [may, status, ...(status < 300 ? [] : problemsOf(body))]
  }
  const id = await created(officer.post('/api/bulletins', bulletinInput({ title: 'Nháp' })))
  expect(await remove(other, id)).toEqual([false, 403, ' bulletin.notYoursToDelete'])
  await created(officer.post(`/api/bulletins/${id}/submit`))
  expect(await remove(officer, id)).toEqual([false, 409, ' bulletin.deletePending'])
  await created(leader.post(`/api/bulletins/${id}/return`, { reason: 'Bỏ.' }))
  expect(await remove(officer, id)).toEqual([true, 200])
  expect((await officer.get(`/api/bulletins/${id}`)).status).toBe(404)
  expect((await officer.put(`/api/bulletins/${id}`, bulletinInput())).status).toBe(404)
  const { items } = (await officer.get('/api/bulletins')).body
  expect(items.map((item: { title: string }) => item.title)).not.toContain('Nháp')

  const aired = await created(officer.post('/api/bulletins', bulletinInput()))
  await created(officer.post(`/api/bulletins/${aired}/submit`))
  await created(leader.post(`/api/bulletins/${aired}/approve`))
  expect(await remove(officer, aired)).toEqual([false, 409, ' bulletin.deleteApproved'])
  await created(leader.post(`/api/bulletins/${aired}/withdraw`, { reason: 'Sai.' }))
  await officer.put(`/api/bulletins/${aired}`, bulletinInput())
  expect(await remove(officer, aired)).toEqual([false, 409, ' bulletin.deleteApproved'])
})

test('of a province’s draft, a commune’s officer can delete nothing', async () => {
  const justice = await t.signIn('justice', [PROVINCE])
  const id = await created(justice.post('/api/bulletins', bulletinInput({ targets: [PROVINCE] })))
  expect((await officer.post(`/api/bulletins/${id}/delete`)).status).toBe(403)
  expect((await justice.post(`/api/bulletins/${id}/delete`)).body).toEqual({ id })
})

test('deleting a draft ends its production', async () => {
  const clock = new FakeClock(Date.UTC(2026, 10, 23, 1))
  const speaking = { begun: false, stopped: false }
  const speech: Speech = {
    ...toneSpeech,
    speak: (_texts, _voice, _onWav, signal) => {
      speaking.begun = true
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          speaking.stopped = true
          reject(signal.reason)
        })
      })
    },
  }
  await using slow = await startTestController({ overrides: { clock, speech } })
  const admin = await slow.signIn()
  const id = await created(admin.post('/api/bulletins', bulletinInput()))
  await until('speaking to begin', async () => {
    await clock.advance(1_000)
    return speaking.begun
  })
  await created(admin.post(`/api/bulletins/${id}/delete`))
  await until('speaking to stop', async () => {
    await clock.advance(1_000)
    return speaking.stopped
  })
})
