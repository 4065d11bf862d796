import { createHash } from 'node:crypto'
import { access, chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { civilTime } from '#protocol/rules/civil-time.ts'
import { findFfmpeg } from '../../controller/audio/find-ffmpeg.ts'
import { systemClock as clock } from '../../controller/clock.ts'
import { type ChildProgram, startChild } from '../support/child-program.ts'
import { AREA, AT_ANY_HOUR, enrolClusters } from '../support/commune.ts'
import { freePort } from '../support/ports.ts'
import { signUp } from '../support/session.ts'
import { until } from '../support/until.ts'

const SCRIPT = Array.from({ length: 12 }, (_, i) => `Đây là câu số ${i + 1} của bản tin, bà con nghe cho rõ.`).join(
  '\n',
)
const HOUR = 3_600_000

test('a file is made once and whole though the controller is killed while it is encoded, stored and made anew', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'loa-kill-'))
  const dataDir = join(folder, 'data')
  const ffmpeg = await stoppableFfmpeg(folder)
  const env = {
    LOA_DATA_DIR: dataDir,
    LOA_HTTP_PORT: String(await freePort()),
    LOA_MQTT_PORT: String(await freePort()),
    LOA_LOG_LEVEL: 'error',
    LOA_LEAD_SECONDS: '0',
    ...AT_ANY_HOUR,
    LOA_FFMPEG_PATH: ffmpeg.path,
  }
  let controller: ChildProgram = startChild('controller/main.ts', [], env)
  const killAndRestart = async (): Promise<void> => {
    await controller.kill9()
    await ffmpeg.end()
    expect(await halfFiles(dataDir)).toEqual([])
    controller = startChild('controller/main.ts', [], env)
    await controller.line(/^Loa Xã: /)
  }
  let fleet: ChildProgram | null = null
  try {
    const link = /http\S+/.exec(await controller.line(/moi\?token=/))?.[0] ?? ''
    const admin = await signUp(new URL(link).origin, link, 'quan-tri')
    const identities = join(folder, 'identities.json')
    await writeFile(identities, JSON.stringify(await enrolClusters(admin, 1)))
    const state = ['--state', join(folder, 'state')]
    fleet = startChild('firmware-sim/main.ts', ['--identities', identities, '--codecs', 'mp3,opus', ...state])
    await fleet.line(/"ready":true/)

    await ffmpeg.stopAt('mp3')
    const content = { title: 'Bản tin thử', class: 'ordinary', script: SCRIPT, targets: [AREA] }
    const { body: bulletin } = await admin.post('/api/bulletins', content)
    const url = `/api/bulletins/${bulletin.id}`
    await ffmpeg.isStopped()
    await killAndRestart()

    await ffmpeg.stopAt('decoding')
    await ffmpeg.isStopped()
    change(dataDir, ENDLESS_INSERT)
    await ffmpeg.end()
    await until('the file to be stored', async () => (await mediaFiles(dataDir)).length === 1)
    await controller.kill9()
    expect(countRows(dataDir, '"audioAsset"')).toBe(0)
    change(dataDir, 'drop trigger endless')
    await killAndRestart()

    const { sha256 } = await until('the sound', async () => (await admin.get(url)).body.rendition.audio)
    await admin.post(`${url}/submit`)
    await admin.post(`${url}/approve`)
    await ffmpeg.stopAt('opus')
    const { date, time } = civilTime(Math.ceil((Date.now() + 2 * HOUR) / 1_000) * 1_000, 'Asia/Ho_Chi_Minh')
    const programme = await admin.post('/api/programmes', {
      name: 'Buổi thử',
      areaCode: AREA,
      startsOn: date,
      startTime: time,
      targets: { areas: [AREA] },
      rundown: [{ kind: 'bulletin', bulletinId: bulletin.id }],
    })
    expect(programme.status).toBe(201)
    await ffmpeg.isStopped()
    await killAndRestart()
    await until('the other codec', async () => countRows(dataDir, '"audioEncoding"') === 1)
    await until('all jobs to be done', async () => countRows(dataDir, `job where state <> 'done'`) === 0)

    expect(await halfFiles(dataDir)).toEqual([])
    const files = await mediaFiles(dataDir)
    expect(files).toHaveLength(2)
    expect(files).toContain(`${sha256}.mp3`)
    expect(countRows(dataDir, '"audioAsset"')).toBe(2)
    expect(await readdir(join(dataDir, 'work'))).toEqual([])
  } finally {
    await ffmpeg.end()
    await fleet?.[Symbol.asyncDispose]()
    await controller[Symbol.asyncDispose]()
  }
  await rm(folder, { recursive: true, force: true })
}, 180_000)

/** Stops in the middle of a step when told to; the middle of encoding is a file of which the half is there. */
async function stoppableFfmpeg(folder: string) {
  const real = await findFfmpeg({ path: null }, { clock })
  const [path, at, stopped, release] = ['ffmpeg', 'at', 'stopped', 'release'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
    string,
  ]
  await writeFile(
    path,
    `#!/bin/sh
for to; do :; done
step=other
case "$to" in *.mp3) step=mp3 ;; *.opus) step=opus ;; *pipe:1) step=decoding ;; esac
[ "$(cat '${at}' 2>/dev/null)" = "$step" ] || exec '${real.path}' "$@"
rm '${at}'
if [ "$step" = decoding ]; then '${real.path}' "$@"; else head -c 300000 | '${real.path}' "$@"; fi
echo $$ > '${stopped}.new' && mv '${stopped}.new' '${stopped}'
until [ -e '${release}' ]; do sleep 0.1; done
`,
  )
  await chmod(path, 0o755)
  const isThere = (file: string) =>
    access(file).then(
      () => true,
      () => false,
    )
  return {
    path,
    stopAt: async (step: 'mp3' | 'decoding' | 'opus') => {
      await rm(release, { force: true })
      await rm(stopped, { force: true })
      await writeFile(at, step)
    },
    isStopped: () => until('ffmpeg to be stopped', () => isThere(stopped), 60_000),
    /** Lets one that is stopped end, even if its controller has left it behind. */
    end: () => writeFile(release, ''),
  }
}

/** Telling of what has been stored takes forever, so that the file is there and no row knows of it. */
const ENDLESS_INSERT = `create trigger endless before insert on "audioAsset"
  begin select count(*) from area a, area b, area c, area d; end`

function change(dataDir: string, statement: string): void {
  const db = new Sqlite(join(dataDir, 'loa.db'))
  db.exec(statement)
  db.close()
}

function countRows(dataDir: string, table: string): number {
  const db = new Sqlite(join(dataDir, 'loa.db'), { readonly: true })
  try {
    return Number(db.prepare(`select count(*) n from ${table}`).pluck().get())
  } finally {
    db.close()
  }
}

async function mediaFiles(dataDir: string): Promise<string[]> {
  const names = await readdir(join(dataDir, 'media'), { recursive: true, withFileTypes: true }).catch(() => [])
  return names.flatMap((entry) => (entry.isFile() ? entry.name : []))
}

/** What the media store shows that is not what its name says. */
async function halfFiles(dataDir: string): Promise<string[]> {
  const names = await mediaFiles(dataDir)
  const isWhole = await Promise.all(
    names.map(async (name) => {
      const bytes = await readFile(join(dataDir, 'media', name.slice(0, 2), name))
      return name.startsWith(createHash('sha256').update(bytes).digest('hex'))
    }),
  )
  return names.filter((_, i) => !isWhole[i])
}
