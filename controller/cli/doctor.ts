import { mkdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { basename, join } from 'node:path'
import type { Command } from 'commander'
import { sql } from 'kysely'
import { countKept } from '../audio/assets.store.ts'
import { findFfmpeg, packagedFfmpeg } from '../audio/find-ffmpeg.ts'
import { codecsMadeBy } from '../audio/profiles.ts'
import { systemClock as clock } from '../clock.ts'
import { type Config, readConfig } from '../config.ts'
import { migrate, openDatabase } from '../db/open.ts'
import { freeBytes } from '../free-bytes.ts'
import { VOICE_PARTS } from '../speech/speech.ts'
import { speechCacheBytes } from '../speech/trim-cache.ts'
import { findGoogleVoices, loadSherpaVoice, openVoices } from './voices.ts'

const MIB = 1024 ** 2
const GIB = 1024 ** 3
const MIN_FREE_GIB = 2

/** Found and good, or found and worth a thought. */
type Found = string | { readonly warning: string }
type Check = readonly [name: string, run: (config: Config) => Promise<Found | null>]

/** Each answers what it found, or null when it is not asked for, or throws what is wrong. */
const CHECKS: readonly Check[] = [
  ['Node.js', async () => process.version],
  ['ffmpeg', checkFfmpeg],
  ['tệp tải lên', checkUploads],
  ['giọng đọc', checkSpeech],
  ['giọng sherpa-onnx', checkSherpa],
  ['thư mục dữ liệu', checkDataDir],
  ['dung lượng trống', checkSpace],
  ['cơ sở dữ liệu', checkDatabase],
  ['âm thanh đang giữ', countAudio],
  ['cổng HTTP', async (config) => checkPort(config.http.host, config.http.port)],
  ['cổng MQTT', async ({ mqtt }) => (mqtt.kind === 'embedded' ? checkPort(mqtt.host, mqtt.port) : `dùng ${mqtt.url}`)],
]

export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('kiểm tra máy có đủ điều kiện chạy hay không')
    .action(async () => {
      const config = readConfig()
      for (const [name, run] of CHECKS) {
        try {
          const found = await run(config)
          if (found === null) continue
          console.log(typeof found === 'string' ? `✓ ${name}: ${found}` : `! ${name}: ${found.warning}`)
        } catch (err) {
          console.log(`✗ ${name}: ${err instanceof Error ? err.message : String(err)}`)
          process.exitCode = 1
        }
      }
    })
}

async function checkFfmpeg(config: Config): Promise<string> {
  const { version, encoders } = await findFfmpeg({ path: config.ffmpegPath }, { clock })
  return `${version}, mã hóa được ${codecsMadeBy(encoders).join(', ')}`
}

const GREETINGS = VOICE_PARTS.map((part) => ({ text: 'xin chào', part }))

async function checkSpeech(config: Config): Promise<string> {
  await using voices = await openVoices(config)
  const found: string[] = []
  for (const speech of voices.chain) {
    // A word would be billed; the list of voices is free and needs the same key and the same way.
    if (speech.meter) found.push(...(await findGoogleVoices(config)))
    else await speech.speak(GREETINGS, 'vi-north', async () => {}, AbortSignal.timeout(30_000))
    found.push(speech.engine)
  }
  return found.join(', ')
}

/** By itself too: an engine that is left out of the chain is no fault of the others. */
async function checkSherpa(config: Config): Promise<string | null> {
  if (!config.speech.sherpa) return null
  const { folder, model, sampleRate, speakers } = await loadSherpaVoice(config)
  const { speaker, secondSpeaker } = config.speech.sherpa
  const used = [...new Set([speaker, secondSpeaker])].join(' và ')
  return `${basename(model)} trong ${folder}, ${sampleRate} Hz, ${speakers} người đọc, đang dùng số ${used}`
}

/** What decodes strangers' files should be a program that is kept up to date, and should not get all memory. */
async function checkUploads(config: Config): Promise<Found> {
  const ffmpeg = await findFfmpeg({ path: config.ffmpegPath }, { clock })
  if (ffmpeg.path === (await packagedFfmpeg())) {
    return {
      warning: `ffmpeg kèm theo gói (${ffmpeg.version}) đã cũ; hãy cài ffmpeg của hệ điều hành trước khi nhận tệp âm thanh từ bên ngoài`,
    }
  }
  if (ffmpeg.isConfined) return 'giải mã trong bộ nhớ có giới hạn'
  return { warning: 'máy không có prlimit nên không giới hạn được bộ nhớ khi giải mã tệp từ bên ngoài' }
}

async function checkDataDir(config: Config): Promise<string> {
  await mkdir(config.dataDir, { recursive: true })
  const probe = join(config.dataDir, '.doctor')
  await writeFile(probe, 'ok')
  await rm(probe)
  return config.dataDir
}

async function checkSpace(config: Config): Promise<string> {
  const free = (await freeBytes(config.dataDir)) / GIB
  if (free < MIN_FREE_GIB) throw new Error(`còn ${free.toFixed(1)} GiB, cần ít nhất ${MIN_FREE_GIB} GiB`)
  return `${free.toFixed(1)} GiB`
}

async function checkDatabase(config: Config): Promise<string> {
  const database = openDatabase(config.database)
  try {
    await migrate(database)
    if (database.dialect === 'postgres') return 'PostgreSQL'
    const { rows } = await sql<{ quick_check: string }>`pragma quick_check`.execute(database.db)
    const answer = rows[0]?.quick_check ?? ''
    if (answer !== 'ok') throw new Error(answer)
    return 'SQLite, nguyên vẹn'
  } finally {
    await database.db.destroy()
  }
}

async function countAudio(config: Config): Promise<string> {
  const database = openDatabase(config.database)
  try {
    const kept = await countKept(database.db)
    const sum = (isUsed: boolean): string => {
      const rows = kept.filter((row) => row.isUsed === isUsed)
      const files = rows.reduce((total, row) => total + row.files, 0)
      return `${files} tệp (${inMib(rows.reduce((total, row) => total + row.bytes, 0))})`
    }
    const cache = inMib(await speechCacheBytes(config.dataDir))
    return `${sum(true)} đang dùng, ${sum(false)} không còn dùng, câu đã đọc ${cache}`
  } finally {
    await database.db.destroy()
  }
}

const inMib = (bytes: number): string => `${(bytes / MIB).toFixed(1)} MiB`

async function checkPort(host: string, port: number): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', () =>
      reject(new Error(`${host}:${port} đang có chương trình khác dùng (có thể chính là Loa Xã)`)),
    )
    server.listen(port, host, resolve)
  })
  await new Promise((resolve) => server.close(resolve))
  return `${host}:${port} còn trống`
}
