import { Broadcast } from '#protocol/http/broadcasts.ts'
import { BroadcastId } from '#protocol/ids.ts'
import type { ClusterIdentity, ClusterPlan, JournalEntry } from '#protocol/messages.ts'
import { importTrustedKeys, openMessage } from '#protocol/signing.ts'
import { topics } from '#protocol/topics.ts'
import type { Speech } from '../../controller/speech/speech.ts'
import { createSourceServer, type SourceServer } from '../../firmware-sim/source-server.ts'
import { connectDevice, type Device } from '../mqtt/device.ts'
import { FakeClock } from '../support/fake-clock.ts'
import type { Session } from '../support/session.ts'
import { startTestController, type TestController } from '../support/start-controller.ts'

/** Monday 23 November 2026, 08:00 in Việt Nam. */
const MORNING = Date.UTC(2026, 10, 23, 1)
export const MINUTE = 60_000
const PROVINCE = '01'
const PATIENCE_MS = 25_000
const TOKEN = 'a token of the source'

/** A controller in simulated time with its source; every test takes a commune of its own. */
export interface Province extends AsyncDisposable {
  readonly clock: FakeClock
  readonly controller: TestController
  readonly admin: Session
  readonly source: SourceServer
  readonly dataDir: string
  /** Lets time creep on until something holds. */
  until<T>(probe: () => Promise<T | undefined | false | null> | T | undefined | false | null, what?: string): Promise<T>
  enrol(areaCode: string): Promise<ClusterIdentity>
  /** A bulletin whose sound is ready; approved unless said otherwise. */
  bulletin(set?: Record<string, unknown>, steps?: readonly string[]): Promise<string>
  /** Has it air once, in so many minutes; gives the session as soon as it is planned. */
  schedule(areaCode: string, bulletinId: string, set?: Record<string, unknown>): Promise<Broadcast>
  broadcast(id: string): Promise<Broadcast>
  /** Jumps to an instant; what is due then happens at once. */
  jumpTo(at: number): Promise<void>
}

export async function openProvince(
  options: { dataDir?: string; now?: number; speech?: Speech; env?: Record<string, string> } = {},
): Promise<Province> {
  const clock = new FakeClock(options.now ?? MORNING)
  const source = await createSourceServer({ token: TOKEN, clock })
  const controller = await startTestController({
    overrides: { clock, ...(options.speech ? { speech: options.speech } : {}) },
    env: { LOA_SOURCE_URL: source.url, LOA_SOURCE_TOKEN: TOKEN, ...options.env },
    ...(options.dataDir ? { dataDir: options.dataDir } : {}),
  })
  const admin = await controller.signIn()
  const ok = async (answer: ReturnType<Session['get']>) => {
    const { status, body } = await answer
    if (status >= 300) throw new Error(`refused: ${status} ${JSON.stringify(body)}`)
    return body
  }
  const province: Province = {
    clock,
    controller,
    admin,
    source,
    dataDir: controller.dataDir,
    async until(probe, what = String(probe)) {
      const startedAt = performance.now()
      for (let looks = 1; ; looks++) {
        const found = await probe()
        if (found) return found
        if (performance.now() - startedAt > PATIENCE_MS) throw new Error(`waited in vain for ${what}`)
        if (looks % 5 === 0) await clock.advance(250)
        else await new Promise((resolve) => setTimeout(resolve, 5))
      }
    },
    enrol: async (areaCode) => {
      const input = { name: `Cụm ${areaCode}`, areaCode }
      const { identity } = await ok(admin.post('/api/clusters', input))
      return identity
    },
    async bulletin(set = {}, steps = ['submit', 'approve']) {
      const content = { title: 'Bản tin', class: 'ordinary', script: 'Xin chào bà con.', targets: [PROVINCE], ...set }
      const { id } = await ok(admin.post('/api/bulletins', content))
      for (const step of steps) await ok(admin.post(`/api/bulletins/${id}/${step}`))
      await province.until(
        async () => (await ok(admin.get(`/api/bulletins/${id}`))).rendition.step === 'ready',
        'production',
      )
      return id
    },
    async schedule(areaCode, bulletinId, set = {}) {
      const startAt = Math.ceil((clock.now() + 10 * MINUTE) / 1_000) * 1_000
      const local = new Date(startAt + 7 * 60 * MINUTE).toISOString()
      const { id } = await ok(
        admin.post('/api/programmes', {
          name: 'Chương trình',
          areaCode,
          startsOn: local.slice(0, 10),
          startTime: local.slice(11, 19),
          targets: { areas: [areaCode] },
          rundown: [{ kind: 'bulletin', bulletinId }],
          ...set,
        }),
      )
      return province.until(async () => {
        const { items } = await ok(admin.get(`/api/broadcasts?areaCode=${areaCode}`))
        const planned = items.find((item: Broadcast) => item.programmeId === id)
        return planned && province.broadcast(planned.id)
      }, 'planning')
    },
    broadcast: async (id) => Broadcast.parse(await ok(admin.get(`/api/broadcasts/${id}`))),
    jumpTo: async (at) => {
      await clock.set(at)
      await clock.advance(2_000)
    },
    async [Symbol.asyncDispose]() {
      await controller[Symbol.asyncDispose]()
      await source[Symbol.asyncDispose]()
    },
  }
  return province
}

/** The far end of one cluster's wire, moved by hand. */
export interface Hand extends AsyncDisposable {
  readonly device: Device
  /** The newest plan that the broker has brought, its signature checked. */
  plan(): Promise<ClusterPlan | null>
  /** Whether the newest plan has this session. */
  holds(broadcastId: string): Promise<boolean>
  journal(entries: readonly JournalEntry[], logId?: string): Promise<void>
  /** Highest number that the controller has acknowledged of a log. */
  acked(logId?: string): number
}

export async function takeHand(identity: ClusterIdentity): Promise<Hand> {
  const { clusterId, mqtt } = identity
  const device = await connectDevice(mqtt.url, clusterId, { username: mqtt.username, password: mqtt.password })
  const trusted = await importTrustedKeys(identity.trustedKeys)
  const [planTopic, ackTopic] = [topics.plan.path({ clusterId }), topics.journalAck.path({ clusterId })]
  await device.subscribe(planTopic, ackTopic)
  const hand: Hand = {
    device,
    async plan() {
      const latest = device.received.filter(({ topic }) => topic === planTopic).at(-1)
      if (!latest) return null
      const opened = await openMessage('plan', latest.text, trusted)
      if (!opened.ok) throw new Error(`the plan is ${opened.reason}`)
      return opened.content
    },
    holds: async (broadcastId) => ((await hand.plan())?.occurrences ?? []).some(({ id }) => id === broadcastId),
    journal: (entries, logId = 'log00001') => device.publish(topics.journal.path({ clusterId }), { logId, entries }),
    acked: (logId = 'log00001') => {
      const acks = device.received.filter(({ topic }) => topic === ackTopic).map(({ text }) => JSON.parse(text))
      return Math.max(0, ...acks.filter((ack) => ack.logId === logId).map((ack) => ack.seq))
    },
    [Symbol.asyncDispose]: () => device[Symbol.asyncDispose](),
  }
  return hand
}

/** What a faultless cluster journals of one session, numbered from `seq`. */
export function playedStory(
  broadcast: Broadcast,
  seq = 1,
  set: { offsetMs?: number; audible?: boolean } = {},
): JournalEntry[] {
  const occurrenceId = BroadcastId.parse(broadcast.id)
  const startAt = Date.parse(broadcast.startAt)
  const ms = Date.parse(broadcast.endAt) - startAt
  const { offsetMs = 20, audible = true } = set
  const said = { bootId: 'boot-1', occurrenceId }
  return [
    { ...said, seq, kind: 'armed', at: startAt - MINUTE },
    { ...said, seq: seq + 1, kind: 'started', at: startAt + offsetMs, item: 0, offsetMs },
    { ...said, seq: seq + 2, kind: 'finished', at: startAt + offsetMs + ms, ms, audible },
  ]
}
