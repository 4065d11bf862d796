import { afterAll, beforeAll, expect, test } from 'vitest'
import { BulletinId } from '#protocol/ids.ts'
import { OPERATOR } from '../../controller/accounts/actor.ts'
import { retryProduction } from '../../controller/bulletins/retry-production.ts'
import { submitBulletin } from '../../controller/bulletins/submit.ts'
import { type Speech, SpeechError } from '../../controller/speech/speech.ts'
import { bulletinInput, COMMUNE, created, problemsOf } from '../http/support.ts'
import type { Session } from '../support/session.ts'
import { startTestController, type TestController } from '../support/start-controller.ts'
import { toneSpeech } from '../support/tone-speech.ts'
import { until } from '../support/until.ts'

/** Scripts that are spoken only once they are let through, and those that cannot be spoken. */
let release = (): void => {}
const held = new Promise<void>((resolve) => {
  release = resolve
})
const faults = { isMended: false }
const speech: Speech = {
  ...toneSpeech,
  speak: async (lines, voice, onWav, signal) => {
    if (lines.some(({ text }) => text.includes('chờ'))) await held
    if (lines.some(({ text }) => text.includes('hỏng')) && !faults.isMended) throw new SpeechError('refused', 'tested')
    return toneSpeech.speak(lines, voice, onWav, signal)
  },
}

let t: TestController
let officer: Session
let leader: Session
beforeAll(async () => {
  t = await startTestController({ overrides: { speech } })
  officer = await t.signIn('officer', [COMMUNE])
  leader = await t.signIn('leader', [COMMUNE])
})
afterAll(() => t[Symbol.asyncDispose]())

const draft = (script: string) => created(officer.post('/api/bulletins', bulletinInput({ script })))
const get = async (id: string) => (await leader.get(`/api/bulletins/${id}`)).body
const becomes = (id: string, step: string) =>
  until(`${id} ${step}`, async () => {
    const bulletin = await get(id)
    return bulletin.rendition.step === step && bulletin
  })
const submit = (id: string) => created(officer.post(`/api/bulletins/${id}/submit`))
const produce = (id: string) => answerOf(officer.post(`/api/bulletins/${id}/produce`))
const approve = (id: string, heard: unknown) => answerOf(leader.post(`/api/bulletins/${id}/approve`, heard))
async function answerOf(answer: ReturnType<Session['post']>): Promise<string> {
  const { status, body } = await answer
  return [status, ...(status < 300 ? [] : problemsOf(body))].join('')
}
const heardIn = ({ versionId, rendition }: Awaited<ReturnType<typeof get>>) => ({
  versionId,
  sha256: rendition.audio?.sha256 ?? null,
})

test('a leader approves the version that was heard, never one that came after it', async () => {
  const content = bulletinInput({ script: 'Nội dung đầu.' })
  const { body: first } = await officer.post('/api/bulletins', content)
  await officer.put(`/api/bulletins/${first.id}`, { ...content, script: 'Nội dung sau.' })
  const { body: second } = await officer.post(`/api/bulletins/${first.id}/submit`)

  expect(await approve(first.id, { versionId: first.versionId })).toBe('409 bulletin.editedMeanwhile')
  expect((await get(first.id)).status).toBe('pending')

  expect(await approve(first.id, { versionId: second.versionId })).toBe('200')
  expect(await get(first.id)).toMatchObject({
    status: 'approved',
    approvedByName: expect.stringContaining('account-2'),
  })
})

test('what has been handed in keeps its sound while it is judged, and one produced anew since is not approved unheard', async () => {
  const id = await draft('Họp tại NVH.')
  await becomes(id, 'ready')
  await submit(id)
  const heard = heardIn(await get(id))
  await officer.put(`/api/speech/dictionaries/${COMMUNE}`, { written: 'NVH', spoken: 'nhà sinh hoạt cộng đồng' })
  expect(await produce(id)).toBe('409 bulletin.producePending')
  expect(heardIn(await get(id))).toEqual(heard)

  // The same version again, but read by the new dictionary.
  await created(leader.post(`/api/bulletins/${id}/return`, { reason: 'Đọc sai NVH.' }))
  expect(await produce(id)).toBe('200')
  const anew = heardIn(await becomes(id, 'ready'))
  expect([anew.versionId, anew.sha256 === heard.sha256]).toEqual([heard.versionId, false])
  await submit(id)
  expect(await approve(id, heard)).toBe('409 bulletin.producedAnew')
  expect(await get(id)).toMatchObject({ status: 'pending', approvedVersionId: null })
  expect(await approve(id, anew)).toBe('200')
  expect(await produce(id)).toBe('409 bulletin.cannotProduce')
})

test('who would have heard it before approving does not approve what cannot be heard yet', async () => {
  const id = await draft('Xin chờ.')
  await submit(id)
  const nothing = heardIn(await get(id))
  expect(nothing.sha256).toBeNull()
  expect(await approve(id, nothing)).toBe('409 bulletin.nothingToHear')
  release()
  const heard = heardIn(await becomes(id, 'ready'))
  expect(await approve(id, nothing)).toBe('409 bulletin.producedAnew')
  expect(await approve(id, heard)).toBe('200')
})

test('a production that has failed is not approved, and is set going again while it is judged', async () => {
  const id = await draft('Máy hỏng.')
  await becomes(id, 'failed')
  await submit(id)
  expect(await approve(id, {})).toBe('409 bulletin.nothingToHear')
  faults.isMended = true
  expect(await produce(id)).toBe('200')
  const heard = heardIn(await becomes(id, 'ready'))
  expect(await produce(id)).toBe('409 bulletin.producePending')
  expect(await approve(id, heard)).toBe('200')
})

test('of producing anew and handing in at the same moment, what comes second is refused', async () => {
  const id = BulletinId.parse(await draft('Cùng một lúc.'))
  const heard = heardIn(await becomes(id, 'ready'))
  const { ctx } = t.controller
  // Called side by side, so that both have read the draft before either writes.
  const input = { actor: OPERATOR, id }
  const ends = await Promise.allSettled([submitBulletin(ctx, input), retryProduction(ctx, input)])
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  const bulletin = await get(id)
  expect([bulletin.status, heardIn(bulletin)]).toEqual(['pending', heard])
})
