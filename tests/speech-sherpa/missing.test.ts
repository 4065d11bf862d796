import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { systemClock as clock } from '../../controller/clock.ts'
import type { ChildEngine } from '../../controller/speech/engines/child-speech.ts'
import { engineProgram } from '../../controller/speech/engines/engine-program.ts'
import { openSherpa } from '../../controller/speech/engines/sherpa/open.ts'
import { tempDir } from '../support/audio.ts'
import { engineProcesses } from '../support/engines.ts'
import { requirePackage, SHERPA_PACKAGE, withPackage } from '../support/programs.ts'
import { tinyModel, writeTinyVoice } from '../support/tiny-voice.ts'
import { chainOf } from './support.ts'

const WHERE = /github\.com\/k2-fsa\/sherpa-onnx\/releases\/tag\/tts-models/

/** Why a voice folder cannot be opened, once `spoil` has been at a good one. */
async function problemOf(
  spoil: (folder: string) => Promise<unknown>,
  { engine, ...set }: { speaker?: number; secondSpeaker?: number; engine?: ChildEngine } = {},
): Promise<unknown> {
  await using dir = await tempDir()
  const voiceDir = await writeTinyVoice(join(dir.path, 'voice'))
  await spoil(voiceDir)
  const opening = openSherpa({ voiceDir, speaker: 0, secondSpeaker: 0, ...set, speed: 1 }, { clock }, engine)
  return await opening.then(
    () => null,
    (error: unknown) => error,
  )
}

const MODEL = 'vi_VN-tiny.onnx'
const engineOf = (module: string): ChildEngine => ({
  title: 'sherpa-onnx',
  module,
  program: engineProgram('sherpa/sherpa-program'),
  textTimeoutMs: 10_000,
})

describe.skipIf(!requirePackage(SHERPA_PACKAGE))(withPackage('sherpa-onnx', SHERPA_PACKAGE), () => {
  test.each<[string, (folder: string) => Promise<unknown>, RegExp]>([
    ['no folder', (folder) => rm(folder, { recursive: true }), WHERE],
    ['an empty folder', (folder) => rm(folder, { recursive: true }).then(() => mkdir(folder)), WHERE],
    ['no model', (folder) => rm(join(folder, MODEL)), /lacks \*\.onnx: .*tts-models/],
    ['no tokens', (folder) => rm(join(folder, 'tokens.txt')), /lacks tokens\.txt: .*tts-models/],
    ['two models', (folder) => writeFile(join(folder, 'a.onnx'), ''), /one model, not a\.onnx, vi_VN-tiny\.onnx/],
    [
      'a model that is a folder',
      async (folder) => {
        await rm(join(folder, MODEL))
        await mkdir(join(folder, MODEL))
      },
      /cannot be read/,
    ],
    ['a model that is none', (folder) => writeFile(join(folder, MODEL), 'x'), /cannot be loaded: .*Protobuf parsing/],
    [
      'a model that does not say its sample rate',
      (folder) => writeFile(join(folder, MODEL), tinyModel({ metadata: { sample_rate: null } })),
      /cannot be loaded: .*'sample_rate' does not exist/,
    ],
    [
      'a model that wants sounds, and no data to find them with',
      (folder) => writeFile(join(folder, MODEL), tinyModel({ metadata: { frontend: null } })),
      /cannot be loaded: .*vits-lexicon/,
    ],
    [
      'data for sounds that is not complete',
      (folder) => mkdir(join(folder, 'espeak-ng-data')),
      /cannot be loaded: .*phontab' does not exist/,
    ],
  ])('with %s the engine is missing, and says why', async (_what, spoil, message) => {
    const error = await problemOf(spoil)
    expect(error).toMatchObject({ name: 'SpeechError', code: 'missing', message: expect.stringMatching(message) })
    expect(engineProcesses('sherpa-program')).toEqual([])
  })

  test('a speaker that the voice does not have is named', async () => {
    for (const set of [{ speaker: 2 }, { secondSpeaker: 2 }]) {
      const error = await problemOf(async () => {}, set)
      expect(error).toMatchObject({
        code: 'voice',
        message: expect.stringMatching(/speakers 0 to 1: .* no speaker 2$/),
      })
    }
  })
})

test('a package that is not installed is named', async () => {
  const error = await problemOf(async () => {}, { engine: engineOf('sherpa-that-nobody-made') })
  expect(error).toMatchObject({ code: 'missing', message: expect.stringContaining('sherpa-that-nobody-made') })
})

test('a package without binaries for this machine is missing', async () => {
  await using dir = await tempDir()
  await writeFile(join(dir.path, 'package.json'), '{"version":"1.13.0","main":"main.cjs"}')
  await writeFile(join(dir.path, 'main.cjs'), 'throw new Error("Could not find the add-on")')
  const error = await problemOf(async () => {}, { engine: engineOf(dir.path) })
  expect(error).toMatchObject({ code: 'missing', message: expect.stringMatching(/loaded: Could not find the add-on$/) })
})

describe('a voice folder that is not there', () => {
  test('leaves the engine out of the chain, is logged, and the next one speaks', async () => {
    const lines: string[] = []
    const chain = await chainOf('sherpa,espeak-wasm', '/nowhere/voice', lines)
    expect(chain.map(({ engine }) => engine)).toEqual([expect.stringMatching(/^espeak-ng-wasm\//)])
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ engine: 'sherpa', msg: 'speech engine left out' }),
    ])
  })

  test('is the reason why nobody speaks when there is no other engine', async () => {
    await expect(chainOf('sherpa', '/nowhere/voice')).rejects.toMatchObject({ name: 'SpeechError', code: 'missing' })
  })
})
