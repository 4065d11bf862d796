import { describe, expect, test } from 'vitest'
import { ApiError, withQuery } from '../../dashboard/src/lib/api.ts'
import { problemsOf } from '../../dashboard/src/lib/form-problems.ts'
import { decodeText } from '../../dashboard/src/lib/read-text-file.ts'

const problem = (field: string, message: string) => ({ field, key: 'k', message })

describe('a refusal is sorted under the form’s fields', () => {
  const refusal = new ApiError('invalid', {
    status: 422,
    message: 'Chưa hợp lệ.',
    problems: [
      problem('startTime', 'Giờ phát đã qua.'),
      problem('rundown.0.excerptMs', 'Quá dài.'),
      problem('', 'Chung.'),
    ],
  })

  test('nested paths find the field of their longest known prefix', () => {
    const { errors, rest } = problemsOf(refusal, {
      startTime: 'time',
      rundown: 'bulletin',
      'rundown.0.excerptMs': 'excerpt',
    })
    expect(errors).toEqual({ time: 'Giờ phát đã qua.', excerpt: 'Quá dài.' })
    expect(rest).toEqual(['Chung.'])
  })

  test('what no field can be blamed for is never lost', () => {
    const { errors, rest } = problemsOf(refusal, {})
    expect(errors).toEqual({})
    expect(rest).toEqual(['Giờ phát đã qua.', 'Quá dài.', 'Chung.'])
  })

  test('a name that merely begins alike is another field', () => {
    const { errors } = problemsOf(refusal, { start: 'wrong' })
    expect(errors).toEqual({})
  })

  test('two problems of one field are both said', () => {
    const both = new ApiError('invalid', { problems: [problem('script', 'A.'), problem('script.0', 'B.')] })
    expect(problemsOf(both, { script: 'script' }).errors).toEqual({ script: 'A. B.' })
  })

  test('a refusal without problems says its message', () => {
    const plain = new ApiError('conflict', { message: 'Đã phát rồi.' })
    expect(problemsOf(plain, {}).rest).toEqual(['Đã phát rồi.'])
  })
})

describe('a script file', () => {
  const bytes = (...values: number[]) => Uint8Array.from(values)

  test('in UTF-8 is read, without its byte order mark and with plain line ends', () => {
    const file = new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode('Kính thưa\r\nbà con')])
    expect(decodeText(file)).toEqual({ ok: true, text: 'Kính thưa\nbà con' })
  })

  test('in an old Vietnamese code page is refused instead of read as nonsense', () => {
    expect(decodeText(bytes(0x4b, 0xed, 0x6e, 0x68))).toEqual({ ok: false, reason: 'not-utf8' })
  })

  test('that is far too long is refused before it is decoded', () => {
    expect(decodeText(new Uint8Array(600 * 1024))).toEqual({ ok: false, reason: 'too-big' })
  })
})

test('a query leaves out what is not given and escapes the rest', () => {
  expect(withQuery('/api/areas', { q: undefined, cursor: '' })).toBe('/api/areas')
  expect(withQuery('/api/areas', { q: 'Cái Nhum & Tân', limit: 5 })).toBe(
    '/api/areas?q=C%C3%A1i+Nhum+%26+T%C3%A2n&limit=5',
  )
})
