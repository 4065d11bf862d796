import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { Broadcast, BroadcastSummary } from '#protocol/http/broadcasts.ts'
import { Bulletin } from '#protocol/http/bulletins.ts'
import { pageOf } from '#protocol/http/common.ts'
import { Programme } from '#protocol/http/programmes.ts'
import { civilTime } from '#protocol/rules/civil-time.ts'
import { systemClock as clock } from '../clock.ts'
import type { Client } from './client.ts'
import { TIME_ZONE } from './commune.ts'

const POLL_MS = 250
const SECOND = 1_000
const MINUTE = 60_000

/** Our own words, on provisions of the road traffic order and safety law. */
export const SAMPLE_SCRIPT = `Tìm hiểu pháp luật: đã uống rượu, bia thì không lái xe

Kính thưa bà con. Đây là bản tin trình diễn của hệ thống Loa Xã.
Luật Trật tự, an toàn giao thông đường bộ số 36/2024/QH15 có hiệu lực từ ngày 01/01/2025. Luật nghiêm cấm điều khiển phương tiện trên đường mà trong máu hoặc hơi thở có nồng độ cồn.
Mức xử phạt được quy định tại Nghị định số 168/2024/NĐ-CP. Khi cần giúp đỡ khẩn cấp, bà con gọi số 113.
Xin cảm ơn bà con đã chú ý lắng nghe.
`

/** Throws a sentence that names the file when it is not UTF-8 text. */
export async function readScript(file: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file))
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
    throw new Error(`${file}: không phải văn bản UTF-8`, { cause })
  }
}

/** Writes a bulletin, waits for its sound, and has it approved. */
export async function publishBulletin(
  client: Client,
  input: { title: string; script: string; areaCode: string },
  say: (line: string) => void,
): Promise<Bulletin> {
  const { title, script, areaCode } = input
  const content = { title, script, class: 'ordinary', targets: [areaCode] }
  const { id } = await client.send('POST', '/api/bulletins', content, Bulletin)
  let told = ''
  for (;;) {
    const bulletin = await client.get(`/api/bulletins/${id}`, Bulletin)
    const { step, progress, failure } = bulletin.rendition
    if (step === 'failed') throw new Error(`production failed: ${failure}`)
    if (step === 'ready') break
    const line = `  ${STEPS[step]} ${Math.round(progress * 100)} %`
    if (line !== told) say(line)
    told = line
    await clock.sleep(POLL_MS)
  }
  const { versionId } = await client.send('POST', `/api/bulletins/${id}/submit`, undefined, Bulletin)
  return client.send('POST', `/api/bulletins/${id}/approve`, { versionId }, Bulletin)
}

const STEPS = { queued: 'chờ sản xuất', speaking: 'đang đọc', mixing: 'đang trộn' } as const

/** Puts the bulletin into today's programme, `inMs` from now, and gives the session that was planned. */
export async function schedule(
  client: Client,
  input: { bulletin: Bulletin; areaCode: string; inMs: number; playSeconds: number | null },
): Promise<BroadcastSummary> {
  const { date, time } = civilTime(Math.ceil((clock.now() + input.inMs) / SECOND) * SECOND, TIME_ZONE)
  const excerpt = input.playSeconds === null ? {} : { excerptMs: input.playSeconds * SECOND }
  const programme = await client.send(
    'POST',
    '/api/programmes',
    {
      name: 'Phổ biến, giáo dục pháp luật (trình diễn)',
      areaCode: input.areaCode,
      startsOn: date,
      startTime: time,
      // As long as it is, so that another session may follow.
      maxMinutes: Math.ceil((input.bulletin.rendition.audio?.ms ?? 0) / MINUTE) + 1,
      targets: { areas: [input.areaCode] },
      rundown: [{ kind: 'bulletin', bulletinId: input.bulletin.id, ...excerpt }],
    },
    Programme,
  )
  for (;;) {
    const { items } = await client.get('/api/broadcasts', pageOf(BroadcastSummary))
    const planned = items.find((broadcast) => broadcast.programmeId === programme.id)
    if (planned) return planned
    await clock.sleep(POLL_MS)
  }
}

/** Waits until the ledger of the session is closed and every report has reached the source. */
export async function waitForLedger(client: Client, id: string, until: number): Promise<Broadcast> {
  for (;;) {
    const broadcast = await client.get(`/api/broadcasts/${id}`, Broadcast)
    const isReported = broadcast.reports.length > 0 && broadcast.reports.every((report) => report.state === 'delivered')
    if (broadcast.status === 'closed' && isReported) return broadcast
    if (clock.now() > until) return broadcast
    await clock.sleep(POLL_MS)
  }
}

/** How many journal entries the controller has stored of these clusters. */
export async function countJournal(client: Client, clusterIds: readonly string[]): Promise<number> {
  const Journal = z.object({ items: z.array(z.unknown()) })
  const journals = await Promise.all(
    clusterIds.map((id) => client.get(`/api/clusters/${id}/journal?limit=200`, Journal)),
  )
  return journals.reduce((sum, journal) => sum + journal.items.length, 0)
}
