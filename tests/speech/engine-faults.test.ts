import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { encodeWav } from '../../controller/audio/wav.ts'
import { systemClock as clock } from '../../controller/clock.ts'
import { engineProgram } from '../../controller/speech/engines/engine-program.ts'
import { ESPEAK_DEFAULTS } from '../../controller/speech/engines/espeak.ts'
import { createEspeakNative } from '../../controller/speech/engines/espeak-native.ts'
import { createEspeakWasm } from '../../controller/speech/engines/espeak-wasm.ts'
import { createSherpaSpeech } from '../../controller/speech/engines/sherpa/sherpa.ts'
import type { Speech } from '../../controller/speech/speech.ts'
import { FRESH, SOUNDS, sound, tempDir } from '../support/audio.ts'
import { leadLines } from '../support/voices.ts'

const WAV = encodeWav(
  Int16Array.from(sound(SOUNDS.sine, 0.1, 22_050), (x) => x * 20_000),
  22_050,
)
const SETTINGS = { ...ESPEAK_DEFAULTS, textTimeoutMs: 400, version: 'fake', module: 'espeak-ng' }

/** Speaks the protocol of the real program, and misbehaves as a text tells it to. */
const PROGRAM = `
const fs = require('node:fs')
const dir = process.argv[1]
const say = (header, body) => { process.stdout.write(JSON.stringify(header) + '\\n'); if (body) process.stdout.write(body) }
const wav = fs.readFileSync(dir + '/answer.wav')
fs.appendFileSync(dir + '/starts', process.pid + '\\n')
say({ kind: 'ready' })
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const { text } = JSON.parse(line)
  fs.appendFileSync(dir + '/texts', text + '\\n')
  if (text === 'hang') { for (;;) {} }
  if (text === 'die') { process.stderr.write('out of memory'); process.exit(134) }
  if (text === 'die once' && !fs.existsSync(dir + '/died')) { fs.writeFileSync(dir + '/died', ''); process.exit(1) }
  if (text === 'babble') return process.stdout.write('la la la\\n')
  if (text === 'refuse') return say({ kind: 'refused', message: 'status 2' })
  if (text === 'lie') return say({ kind: 'wav', bytes: 5 }, 'hello')
  say({ kind: 'wav', bytes: wav.length }, wav)
})
`

async function childEngine(dir: string): Promise<Speech> {
  await writeFile(join(dir, 'answer.wav'), WAV)
  const program = { command: process.execPath, args: ['-e', PROGRAM, dir] }
  return createEspeakWasm({ ...SETTINGS, program }, { clock })
}

/** The same program in the place of sherpa-onnx. */
async function sherpaEngine(dir: string): Promise<Speech> {
  await writeFile(join(dir, 'answer.wav'), WAV)
  const files = { name: 'vi', folder: dir, model: 'vi.onnx', tokens: 'tokens.txt', lexicon: null, espeakData: null }
  const voice = { ...files, fingerprint: 'fake', sampleRate: 22_050, speakers: 1 }
  const program = { command: process.execPath, args: ['-e', PROGRAM, dir] }
  const engine = { title: 'sherpa-onnx', module: 'sherpa-onnx-node', program, textTimeoutMs: 400 }
  return createSherpaSpeech({ engine, version: 'fake', voice, speaker: 0, secondSpeaker: 0, speed: 1 }, { clock })
}

/** The same misbehaviour as a program for each text. */
async function nativeEngine(dir: string): Promise<Speech> {
  await writeFile(join(dir, 'answer.wav'), WAV)
  const command = join(dir, 'espeak-ng')
  await writeFile(
    command,
    `#!/bin/sh
text=$(cat)
echo $$ >> ${dir}/starts
echo "$text" >> ${dir}/texts
case "$text" in
  hang) exec sleep 600;;
  die) echo -n 'out of memory' >&2; exit 134;;
  'die once') [ -e ${dir}/died ] || { touch ${dir}/died; exit 1; };;
  babble) echo la la la; exit 0;;
  lie) printf hello; exit 0;;
esac
cat ${dir}/answer.wav
`,
  )
  await chmod(command, 0o755)
  return createEspeakNative({ ...SETTINGS, command }, { clock })
}

const linesOf = async (file: string): Promise<string[]> => (await readFile(file, 'utf8')).trim().split('\n')

describe.each([
  ['a long-lived engine', childEngine],
  ['a voice in a process of its own', sherpaEngine],
  ['an engine for each text', nativeEngine],
] as const)('%s', (_name, engineIn) => {
  const attempt = async (dir: string, texts: readonly string[]) => {
    const heard: number[] = []
    const speech = await engineIn(dir)
    const error: unknown = await speech
      .speak(leadLines(...texts), 'vi-north', async (index) => void heard.push(index), FRESH())
      .then(
        () => null,
        (e: unknown) => e,
      )
    return { heard, error }
  }

  test('that crashes once is asked again, and nobody notices', async () => {
    await using dir = await tempDir()
    expect(await attempt(dir.path, ['one', 'die once', 'two'])).toEqual({ heard: [0, 1, 2], error: null })
    expect(await linesOf(join(dir.path, 'texts'))).toEqual(['one', 'die once', 'die once', 'two'])
  })

  test('that crashes at every try is given up on, with its last words', async () => {
    await using dir = await tempDir()
    const { heard, error } = await attempt(dir.path, ['one', 'die', 'two'])
    expect(heard).toEqual([0])
    expect(error).toMatchObject({ name: 'SpeechError', code: 'crashed', detail: 'out of memory' })
    expect(await linesOf(join(dir.path, 'texts'))).toEqual(['one', 'die', 'die'])
  })

  test('that hangs is ended, and not asked again', async () => {
    await using dir = await tempDir()
    const { heard, error } = await attempt(dir.path, ['one', 'hang', 'two'])
    expect(heard).toEqual([0])
    expect(error).toMatchObject({ name: 'SpeechError', code: 'timeout' })
    for (const pid of await linesOf(join(dir.path, 'starts'))) {
      expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH')
    }
  })

  test.each(['babble', 'lie'])('that answers nonsense (%s) is a crashed one', async (nonsense) => {
    await using dir = await tempDir()
    const { error } = await attempt(dir.path, [nonsense])
    expect(error).toMatchObject({ name: 'SpeechError', code: 'crashed' })
  })

  test('leaves no process behind when all is said', async () => {
    await using dir = await tempDir()
    expect((await attempt(dir.path, ['one', 'two'])).error).toBeNull()
    for (const pid of await linesOf(join(dir.path, 'starts'))) {
      expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH')
    }
  })
})

test.each([
  ['eSpeak NG', childEngine],
  ['sherpa-onnx', sherpaEngine],
] as const)('a text that %s declines is not taken for a crash', async (_name, engineIn) => {
  await using dir = await tempDir()
  const speech = await engineIn(dir.path)
  const speaking = speech.speak(leadLines('refuse'), 'vi-north', async () => {}, FRESH())
  await expect(speaking).rejects.toMatchObject({ code: 'refused' })
  expect(await linesOf(join(dir.path, 'texts'))).toEqual(['refuse'])
})

test('a package that is not installed is named', async () => {
  const settings = {
    ...SETTINGS,
    textTimeoutMs: 30_000,
    module: 'espeak-that-nobody-made',
    program: engineProgram('espeak-wasm-program'),
  }
  const speech = createEspeakWasm(settings, { clock })
  const error: unknown = await speech
    .speak(leadLines('a'), 'vi-north', async () => {}, FRESH())
    .catch((e: unknown) => e)
  expect(error).toMatchObject({ code: 'missing', message: expect.stringContaining('espeak-that-nobody-made') })
})

test('a program that is not installed is named', async () => {
  const speech = createEspeakNative({ ...SETTINGS, command: '/nowhere/espeak-ng' }, { clock })
  const error: unknown = await speech
    .speak(leadLines('a'), 'vi-north', async () => {}, FRESH())
    .catch((e: unknown) => e)
  expect(error).toMatchObject({ code: 'missing', message: expect.stringContaining('/nowhere/espeak-ng') })
})
