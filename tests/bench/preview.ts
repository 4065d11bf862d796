import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')
const PROGRAMMES = 200
const ROUNDS = 5

/** What the programmes of a station are like. */
const KINDS = [
  'repeat: daily',
  'repeat: { weekdays: [MO, TU, WE, TH, FR] }\n    holidays: skip\n    exceptions: { 2027-03-08: skip, 2027-05-19: { move: { time: 17:00 } } }',
  'repeat: { weekdays: [MO, WE, FR] }\n    season: { from: 04-16, to: 10-15 }',
  "repeat: { rrule: 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1' }",
  'repeat: { lunarDays: [1, 15] }',
]

export interface PreviewFigures {
  programmes: number
  sessions: number
  /** From the start of the process to its end, median. */
  seconds: number
  /** The same of a process that loads the same compiler and prints one line. */
  emptySeconds: number
  timesSlower: number
}

/** How long `loa programmes preview` takes for a year of 200 programmes, beside a process that does nothing. */
export async function previewBench(): Promise<PreviewFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'loa-preview-'))
  try {
    const [file, empty] = [join(folder, 'station.yaml'), join(folder, 'empty.ts')]
    await writeFile(file, stationFile())
    await writeFile(empty, 'console.log(1 as number)\n')
    const cli = join(ROOT, 'controller/cli/main.ts')
    const window = ['--from', '2027-01-01', '--to', '2027-12-31']
    const previews: number[] = []
    const empties: number[] = []
    let sessions = 0
    for (let round = 0; round < ROUNDS; round++) {
      empties.push((await timed([empty])).seconds)
      const { seconds, out } = await timed([cli, 'programmes', 'preview', file, ...window])
      previews.push(seconds)
      sessions = JSON.parse(out).length
    }
    const [seconds, emptySeconds] = [median(previews), median(empties)]
    return { programmes: PROGRAMMES, sessions, seconds, emptySeconds, timesSlower: seconds / emptySeconds }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function timed(args: readonly string[]): Promise<{ seconds: number; out: string }> {
  const startedAt = performance.now()
  const { stdout } = await run(process.execPath, ['--import', 'tsx', ...args], { cwd: ROOT, maxBuffer: 2 ** 28 })
  return { seconds: (performance.now() - startedAt) / 1_000, out: stdout }
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0

function stationFile(): string {
  const programmes = Array.from({ length: PROGRAMMES }, (_, i) => {
    const minutes = 300 + ((i * 5) % 960)
    const time = [Math.floor(minutes / 60), minutes % 60].map((n) => String(n).padStart(2, '0')).join(':')
    return `  p-${i}:
    name: Chương trình ${i}
    startsOn: 2025-11-01
    startTime: ${time}
    maxMinutes: 5
    ${KINDS[i % KINDS.length]}
    rundown: [inbox]
`
  })
  return `areaCode: '00004'\nprogrammes:\n${programmes.join('')}`
}
