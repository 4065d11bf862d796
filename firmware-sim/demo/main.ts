import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { Invitation } from '#protocol/http/accounts.ts'
import { systemClock as clock } from '../clock.ts'
import { createSourceServer, type SourceServer } from '../source-server.ts'
import { countJournal, publishBulletin, readScript, SAMPLE_SCRIPT, schedule, waitForLedger } from './bulletin.ts'
import { type Client, signUp } from './client.ts'
import { CLUSTERS, type Commune, quietFarFrom, setUpCommune, writeIdentities } from './commune.ts'
import { buildDashboard } from './dashboard.ts'
import { type Running, startProgram } from './processes.ts'

interface Options {
  readonly once?: true
  readonly text?: string
  readonly playSeconds?: number
}

/** From the plan's arrival to its start: time enough for twelve clusters to fetch the audio. */
const LEAD_MS = 6_000
/** For a person who looks on: one session soon, one a little later. */
const SOON_MS = 45_000
const LATER_MS = 15 * 60_000
const LEDGER_SLACK_MS = 30_000
const USUAL_PORT = 8080

const say = (line: string): void => console.log(line)

interface Stage {
  readonly url: string
  readonly client: Client
  readonly commune: Commune
  readonly source: SourceServer
}

/** Controller, source and twelve clusters, each its own process but the source; `then` works with them. */
async function withStage(options: Options, then: (stage: Stage) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'loa-demo-'))
  const running: Running[] = []
  const token = randomBytes(24).toString('base64url')
  const source = await createSourceServer({ token, clock })
  const quietHours = quietFarFrom(clock.now())
  try {
    const controller = startProgram({
      script: 'controller/main.ts',
      env: {
        LOA_DATA_DIR: join(folder, 'data'),
        LOA_HTTP_PORT: options.once ? '0' : String(await freePortNear(USUAL_PORT)),
        LOA_MQTT_PORT: '0',
        LOA_LOG_LEVEL: 'warn',
        // Its session airs within seconds.
        LOA_LEAD_SECONDS: '0',
        // At whatever hour somebody looks at it.
        LOA_NIGHT: `${quietHours.from}-${quietHours.to}`,
        LOA_SOURCE_NAME: 'Thông tin nguồn (trình diễn)',
        LOA_SOURCE_URL: source.url,
        LOA_SOURCE_TOKEN: token,
      },
    })
    running.push(controller)
    const link = await controller.line((line) => /https?:\/\/\S+\/moi\?token=\S+/.exec(line)?.[0] ?? null)
    const url = new URL(link).origin
    // The demonstration takes the first link itself; nobody knows this password, and people get links of their own.
    const password = randomBytes(24).toString('base64url')
    const client = await signUp(url, { link, name: 'Trình diễn', username: 'trinh-dien', password })
    const commune = await setUpCommune(client, quietHours)
    say(`Bộ điều khiển: ${url}`)
    say(`Giờ yên tĩnh của đài trình diễn: ${commune.quietHours.from}–${commune.quietHours.to}`)
    const identities = join(folder, 'identities.json')
    await writeIdentities(identities, commune.identities)
    const fleet = startProgram({
      script: 'firmware-sim/main.ts',
      args: ['--identities', identities, '--state', join(folder, 'clusters')],
    })
    running.push(fleet)
    await fleet.line((line) => (line.includes('"ready":true') ? line : null))
    say(`${CLUSTERS} cụm loa mô phỏng đã kết nối`)
    await then({ url, client, commune, source })
  } finally {
    for (const program of running.reverse()) await program[Symbol.asyncDispose]()
    await source[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  }
}

/** One bulletin from text to ledger and source report; throws what failed. */
async function once(options: Options, stage: Stage, startedAt: number): Promise<void> {
  const { client, commune, source } = stage
  const script = options.text ? await readScript(options.text) : SAMPLE_SCRIPT
  const title = options.text ? basename(options.text) : 'Tìm hiểu pháp luật (trình diễn)'
  say('Sản xuất bản tin')
  const bulletin = await publishBulletin(client, { title, script, areaCode: commune.areaCode }, say)
  const playSeconds = options.playSeconds ?? null
  const planned = await schedule(client, { bulletin, areaCode: commune.areaCode, inMs: LEAD_MS, playSeconds })
  say(`Buổi phát bắt đầu lúc ${planned.startAt}`)
  const broadcast = await waitForLedger(client, planned.id, Date.parse(planned.endAt) + LEDGER_SLACK_MS)
  const errors = broadcast.deliveries.flatMap(({ startErrorMs }) =>
    startErrorMs === null ? [] : [Math.abs(startErrorMs)],
  )
  const summary = {
    bulletinId: bulletin.id,
    broadcastId: broadcast.id,
    audioSeconds: (bulletin.rendition.audio?.ms ?? 0) / 1_000,
    clustersPlanned: broadcast.deliveries.length,
    clustersPlayed: broadcast.tally.played ?? 0,
    startErrorMsMax: errors.length > 0 ? Math.max(...errors) : null,
    journalEntries: await countJournal(
      client,
      commune.identities.map((identity) => identity.clusterId),
    ),
    sourceReports: source.reports.length,
    elapsedMs: Math.round(clock.now() - startedAt),
  }
  const failure = whatFailed(summary, broadcast.tally)
  if (failure) throw new Error(`${failure}\n${JSON.stringify(summary)}`)
  say(JSON.stringify(summary))
}

function whatFailed(
  summary: { clustersPlanned: number; clustersPlayed: number; sourceReports: number },
  tally: Readonly<Record<string, number>>,
): string | null {
  if (summary.clustersPlanned !== CLUSTERS) return `planned for ${summary.clustersPlanned} of ${CLUSTERS} clusters`
  if (summary.clustersPlayed !== CLUSTERS)
    return `played on ${summary.clustersPlayed} clusters: ${JSON.stringify(tally)}`
  if (summary.sourceReports !== 1) return `the source holds ${summary.sourceReports} reports instead of one`
  return null
}

/** Leaves everything running for a person to look at, with a session about to begin. */
async function stay({ client, commune }: Stage): Promise<void> {
  const script = SAMPLE_SCRIPT
  const content = { title: 'Đã uống rượu, bia thì không lái xe', script, areaCode: commune.areaCode }
  const bulletin = await publishBulletin(client, content, say)
  const session = { bulletin, areaCode: commune.areaCode, playSeconds: null }
  const planned = await schedule(client, { ...session, inMs: SOON_MS })
  await schedule(client, { ...session, inMs: LATER_MS })
  const invitation = await client.send('POST', '/api/invitations', { role: 'admin', areaCodes: [] }, Invitation)
  say(`Buổi phát bắt đầu lúc ${planned.startAt}`)
  say(`\nMở liên kết này (dùng một lần) để đăng nhập:\n\n  ${invitation.url}\n\nBấm Ctrl+C để dừng.`)
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve())
  })
}

async function freePortNear(usual: number): Promise<number> {
  const server = createServer()
  const isFree = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(usual, '127.0.0.1', () => resolve(true))
  })
  if (isFree) await new Promise((resolve) => server.close(resolve))
  return isFree ? usual : 0
}

function positiveSeconds(text: string): number {
  const seconds = Number(text)
  if (!(seconds >= 1 && seconds <= 10_800)) throw new InvalidArgumentError('from 1 to 10800')
  return seconds
}

const program = new Command('demo')
  .description('Một bộ điều khiển, 12 cụm loa mô phỏng và một hệ thống thông tin nguồn, chạy trên máy này')
  .option('--once', 'đưa một bản tin từ văn bản đến sổ phát và báo cáo nguồn rồi thoát; dòng cuối là JSON')
  .option('--text <file>', 'văn bản UTF-8 thay cho bản tin mẫu (cùng --once)')
  .option('--play-seconds <n>', 'chỉ phát n giây đầu (cùng --once); âm thanh vẫn được sản xuất đủ', positiveSeconds)
  .action(async (options: Options) => {
    const startedAt = clock.now()
    if (!options.once) await buildDashboard(say)
    await withStage(options, (stage) => (options.once ? once(options, stage, startedAt) : stay(stage)))
  })

program.parseAsync().catch((err: unknown) => {
  console.error(err instanceof Error ? err.message : err)
  process.exitCode = 1
})
