import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SourceReport } from '#protocol/http/sources.ts'
import { BroadcastId } from '#protocol/ids.ts'
import { httpConnector } from '../../controller/sources/http-connector.ts'
import { textOfProblem } from '../../controller/sources/problem.ts'
import { createSourceServer, type SourceServer } from '../../firmware-sim/source-server.ts'
import { freePort } from '../support/ports.ts'

const TOKEN = 'a token of the source'
let source: SourceServer
beforeAll(async () => {
  source = await createSourceServer({ token: TOKEN })
})
afterAll(() => source[Symbol.asyncDispose]())

const report: SourceReport = {
  schema: 'loa-xa/broadcast-report/1',
  broadcastId: BroadcastId.parse('brd_1'),
  revision: 1,
  areaCode: '00004',
  programmeName: 'Bản tin sáng',
  startAt: '2026-11-23T01:00:00.000Z',
  endAt: '2026-11-23T01:10:00.000Z',
  closedAt: '2026-11-23T01:20:00.000Z',
  bulletins: [],
  clustersPlanned: 1,
  clustersPlayed: 1,
  tally: { played: 1 },
}

async function answerOf(set: { url?: string; token?: string } = {}, mood?: (times: number) => void) {
  mood?.(1)
  const connector = httpConnector({ name: 'Thông tin nguồn', url: source.url, token: TOKEN, ...set })
  const answer = await connector.deliver(report, 'key', new AbortController().signal)
  return answer.kind === 'taken' ? answer : { ...answer, told: textOfProblem(JSON.stringify(answer.problem)) }
}

test('a source that nobody answers for is tried again, and people hear no address', async () => {
  const port = await freePort()
  expect(await answerOf({ url: `http://127.0.0.1:${port}/` })).toMatchObject({
    kind: 'retry',
    reason: expect.stringContaining(`127.0.0.1:${port}`),
    told: 'Không kết nối được với hệ thống thông tin nguồn. Báo cáo sẽ tự được gửi lại.',
  })
})

test.each([
  ['a wrong token', 'retry', /không chấp nhận mã truy cập \(HTTP 401\)/, () => answerOf({ token: 'another' })],
  ['an error at the source', 'retry', /đang bận hoặc gặp lỗi \(HTTP 503\)/, () => answerOf({}, source.failNext)],
  [
    'a report that it does not want',
    'refused',
    /không nhận báo cáo này \(HTTP 422\)/,
    () => answerOf({}, source.rejectNext),
  ],
] as const)('%s is said in a sentence', async (_, kind, told, ask) => {
  expect(await ask()).toMatchObject({ kind, told: expect.stringMatching(told) })
})
