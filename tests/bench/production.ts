import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFfmpeg } from '../../controller/audio/find-ffmpeg.ts'
import { createFolderStore } from '../../controller/audio/folder-store.ts'
import { BUILT_IN_CHIMES } from '../../controller/audio/music.ts'
import { produce } from '../../controller/audio/produce.ts'
import { codecProfiles, SPEECH_LOUDNESS } from '../../controller/audio/profiles.ts'
import { systemClock as clock } from '../../controller/clock.ts'
import { chooseEspeak } from '../../controller/speech/engines/choose.ts'
import { synthesiseUtterances } from '../../controller/speech/synthesise.ts'

export interface ProductionFigures {
  readonly engine: string
  readonly ffmpeg: string
  readonly audioSeconds: number
  /** Speaking every sentence, and taking every sentence from the cache; wall clock. */
  readonly speakSeconds: number
  readonly speakCachedSeconds: number
  /** Wall clock of mixing, levelling, encoding, measuring and storing. */
  readonly produceSeconds: number
  /** CPU time of our process and of the programs it ran for that, median of the rounds. */
  readonly cpuSecondsOurs: number
  /** CPU time of ffmpeg encoding the same audio, already mixed, at the same bit rate; median of the rounds. */
  readonly cpuSecondsBareEncoder: number
  /** Ours to the bare encoder; promised is 2 at most. */
  readonly ratio: number
  /** Audio made in a second of wall clock, from text to stored file, nothing cached. */
  readonly audioSecondsPerSecond: number
  /** How much this process grew while producing. */
  readonly rssGrowthMb: number
  /** What a changed sentence costs the reading of a long bulletin: only itself is spoken again. */
  readonly oneSentenceChanged: {
    readonly audioSeconds: number
    readonly sentences: number
    readonly sentencesSpoken: number
    readonly speakSeconds: number
  }
  /** Producing from one recording of hours: how much this process grew at most meanwhile, and how large it was then. */
  readonly longRecording: {
    readonly audioSeconds: number
    readonly produceSeconds: number
    readonly rssGrowthMb: number
    readonly rssMb: number
  }
}

const SENTENCES = 90
/** How many make half an hour. */
const LONG_SENTENCES = 160
const RECORDING_SECONDS = 3 * 3_600
const ROUNDS = 3

const OPENINGS = ['Kính thưa bà con', 'Theo quy định của pháp luật', 'Từ đầu tháng này', 'Uỷ ban nhân dân xã thông báo']
const SUBJECTS = ['mỗi hộ gia đình', 'người sử dụng đất', 'chủ phương tiện giao thông', 'các tổ liên gia', 'học sinh']
const DUTIES = [
  'cần kê khai đầy đủ với cán bộ địa chính trước ngày mười lăm',
  'không đốt rơm rạ gần đường giao thông và khu dân cư',
  'được trợ giúp pháp lý miễn phí khi thuộc diện chính sách',
  'phải đội mũ bảo hiểm và mang theo giấy tờ khi tham gia giao thông',
  'có quyền phản ánh, kiến nghị về những việc chưa đúng ở thôn ấp mình',
  'nên kiểm tra đường dây điện, mái nhà và nơi trú ẩn trước mùa mưa bão',
]

const DIGITS = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín']

/** Numbered, so that no two are the same and the cache saves nothing. */
const sentence = (i: number): string =>
  `Mục ${[...String(i)].map((digit) => DIGITS[Number(digit)]).join(' ')}: ${OPENINGS[i % OPENINGS.length]}, ${SUBJECTS[i % SUBJECTS.length]} ${DUTIES[i % DUTIES.length]}, ` +
  `${SUBJECTS[(i * 3 + 1) % SUBJECTS.length]} ${DUTIES[(i * 5 + 2) % DUTIES.length]}.`

/** The whole line from spoken text to a stored file, and what the bare MP3 encoder takes for the same audio. */
export async function productionBench(
  options: { sentences?: number; recordingSeconds?: number } = {},
): Promise<ProductionFigures> {
  const dataDir = await mkdtemp(join(tmpdir(), 'loa-bench-'))
  try {
    const { sentences = SENTENCES, recordingSeconds = RECORDING_SECONDS } = options
    return await measure(dataDir, sentences, recordingSeconds)
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function measure(dataDir: string, sentences: number, recordingSeconds: number): Promise<ProductionFigures> {
  const ffmpeg = await findFfmpeg({ path: null }, { clock })
  const speech = await chooseEspeak({ engine: 'auto' }, { clock })
  const store = createFolderStore(join(dataDir, 'media'))
  const signal = new AbortController().signal
  const utterances = Array.from({ length: sentences }, (_, i) => ({
    spoken: sentence(i),
    part: 'lead' as const,
    pauseAfterMs: 450,
  }))
  const say = () => synthesiseUtterances({ speech, dataDir }, { utterances, voice: 'vi-south' }, () => {}, signal)
  const spoken = await timed(say)
  const cached = await timed(say)
  const input = {
    segments: cached.value,
    music: BUILT_IN_CHIMES,
    soundProfile: 'horn' as const,
    profile: codecProfiles.mp3,
    loudness: SPEECH_LOUDNESS,
  }
  const make = () => produce({ ffmpeg, store, dataDir }, input, () => {}, signal)
  // The first round warms the just-in-time compiler, as a controller that has run for a day has.
  const rss = watchRss()
  const first = await timed(() => produce({ ffmpeg, store, dataDir }, input, rss.look, signal))
  const rssGrowthMb = rss.growthMb()

  const wav = join(dataDir, 'mixed.wav')
  const file = (await store.path(first.value.sha256)) ?? ''
  await run(ffmpeg.path, ['-v', 'error', '-i', file, '-c:a', 'pcm_s16le', wav])
  const bare = ['-v', 'error', '-y', '-i', wav, '-c:a', 'libmp3lame', '-b:a', '48k', '-f', 'mp3', join(dataDir, 'bare')]
  const ours: number[] = []
  const encoder: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await cpuSecondsOf(make))
    encoder.push(await cpuSecondsOf(() => run(ffmpeg.path, bare)))
  }
  const audioSeconds = first.value.ms / 1000
  const oneSentenceChanged = await changeOneSentence({ speech, dataDir }, signal)
  const recording = await record(ffmpeg.path, dataDir, recordingSeconds)
  const whole = {
    ...input,
    segments: [{ file: recording, voice: 'one', ms: recordingSeconds * 1000, pauseAfterMs: 0 }],
  }
  const rssLong = watchRss()
  const long = await timed(() => produce({ ffmpeg, store, dataDir }, whole, rssLong.look, signal))
  return {
    engine: speech.engine,
    ffmpeg: ffmpeg.version,
    audioSeconds,
    speakSeconds: spoken.seconds,
    speakCachedSeconds: cached.seconds,
    produceSeconds: first.seconds,
    cpuSecondsOurs: median(ours),
    cpuSecondsBareEncoder: median(encoder),
    ratio: median(ours) / median(encoder),
    audioSecondsPerSecond: audioSeconds / (spoken.seconds + first.seconds),
    rssGrowthMb,
    oneSentenceChanged,
    longRecording: {
      audioSeconds: long.value.ms / 1000,
      produceSeconds: long.seconds,
      rssGrowthMb: rssLong.growthMb(),
      rssMb: rssLong.highestMb(),
    },
  }
}

/** Reads half an hour, changes a sentence in its middle, and reads again what the cache does not hold. */
async function changeOneSentence(
  ctx: Parameters<typeof synthesiseUtterances>[0],
  signal: AbortSignal,
): Promise<ProductionFigures['oneSentenceChanged']> {
  let sentencesSpoken = 0
  const onSpoken = () => {
    sentencesSpoken += 1
  }
  const read = (texts: readonly string[]) => {
    const utterances = texts.map((spoken) => ({ spoken, part: 'lead' as const, pauseAfterMs: 450 }))
    return synthesiseUtterances(ctx, { utterances, voice: 'vi-south', onSpoken }, () => {}, signal)
  }
  const texts = Array.from({ length: LONG_SENTENCES }, (_, i) => sentence(i))
  await read(texts)
  sentencesSpoken = 0
  const changed = texts.map((text, i) => (i === LONG_SENTENCES / 2 ? `Xin đính chính: ${text}` : text))
  const again = await timed(() => read(changed))
  const ms = again.value.reduce((sum, segment) => sum + segment.ms + segment.pauseAfterMs, 0)
  return { audioSeconds: ms / 1000, sentences: texts.length, sentencesSpoken, speakSeconds: again.seconds }
}

/** A tone that swells as syllables do. */
async function record(ffmpeg: string, dataDir: string, seconds: number): Promise<string> {
  const file = join(dataDir, 'recording.wav')
  const source = `sine=frequency=220:sample_rate=22050:duration=${seconds},tremolo=f=3:d=0.9`
  await run(ffmpeg, ['-v', 'error', '-f', 'lavfi', '-i', source, '-ac', '1', '-c:a', 'pcm_s16le', file])
  return file
}

function watchRss(): { look(): void; growthMb(): number; highestMb(): number } {
  const before = process.memoryUsage.rss()
  let highest = before
  const look = (): void => {
    highest = Math.max(highest, process.memoryUsage.rss())
  }
  return {
    look,
    growthMb: () => {
      look()
      return (highest - before) / 1e6
    },
    highestMb: () => highest / 1e6,
  }
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; seconds: number }> {
  const startedAt = performance.now()
  const value = await work()
  return { value, seconds: (performance.now() - startedAt) / 1000 }
}

/** CPU time that `work` took in this process and in the children that it started and that have ended. */
async function cpuSecondsOf(work: () => Promise<unknown>): Promise<number> {
  const children = await childrenCpuSeconds()
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6 + (await childrenCpuSeconds()) - children
}

/** Linux sums up what ended children have used (proc(5), fields 16 and 17 of `stat`), in hundredths of a second. */
async function childrenCpuSeconds(): Promise<number> {
  const stat = await readFile('/proc/self/stat', 'utf8')
  // Fields are counted from behind the program's name, which may hold spaces: the state is field 3.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[13]) + Number(fields[14])) / 100
}

async function run(command: string, args: readonly string[]): Promise<void> {
  const child = spawn(command, args, { stdio: 'ignore' })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${command} ended with ${code}`)
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
