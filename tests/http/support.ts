import { ErrorBody } from '#protocol/http/common.ts'
import type { Session } from '../support/session.ts'

/** A province, two of its communes, and a commune elsewhere. */
export const COMMUNE = '00004'
export const SISTER = '00008'
export const PROVINCE = '01'
export const ELSEWHERE = '31825'

export const bulletinInput = (set: Record<string, unknown> = {}) => ({
  title: 'Tuyên truyền Luật Đất đai',
  class: 'ordinary',
  script: 'Xin chào bà con.',
  targets: [COMMUNE],
  ...set,
})

export const programmeInput = (bulletinId: string, set: Record<string, unknown> = {}) => ({
  name: 'Bản tin sáng',
  areaCode: COMMUNE,
  startsOn: tomorrow(),
  startTime: '17:00',
  targets: { areas: [COMMUNE] },
  rundown: [{ kind: 'bulletin', bulletinId }],
  ...set,
})

/** Local date in Việt Nam, `days` from now. */
export const tomorrow = (days = 1): string =>
  new Date(Date.now() + (24 * days + 7) * 3_600_000).toISOString().slice(0, 10)

export async function created(answer: Promise<{ status: number; body: { id: string } }>): Promise<string> {
  const { status, body } = await answer
  if (status >= 300) throw new Error(`refused: ${status} ${JSON.stringify(body)}`)
  return body.id
}

/** A bulletin on its way up to approval. */
export async function approvedBulletin(by: Session, set: Record<string, unknown> = {}): Promise<string> {
  const id = await created(by.post('/api/bulletins', bulletinInput(set)))
  for (const step of ['submit', 'approve']) await created(by.post(`/api/bulletins/${id}/${step}`))
  return id
}

/** The fields and keys of a refusal, after checking that it has the one shape and speaks Vietnamese. */
export function problemsOf(body: unknown): string[] {
  const { error } = ErrorBody.parse(body)
  const sentences = [error.message, ...error.problems.map((problem) => problem.message)]
  const foreign = sentences.find(
    (sentence) => !/[ạảãàáâậầấẩẫăắằặẳẵóòọõỏôộổỗồốơờớợởỡéèẻẹẽêếềệểễúùụủũưựữửừứíìịỉĩýỳỷỵỹđ]/i.test(sentence),
  )
  if (foreign !== undefined) throw new Error(`not Vietnamese: ${foreign}`)
  return error.problems.map(({ field, key }) => `${field} ${key}`)
}
