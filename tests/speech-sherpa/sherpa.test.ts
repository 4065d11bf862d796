import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { symlink, writeFile } from 'node:fs/promises'
import { constants, getPriority } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock as clock } from '../../controller/clock.ts'
import { openSherpa, type SherpaSettings } from '../../controller/speech/engines/sherpa/open.ts'
import { type Speech, VOICES, voicesOf } from '../../controller/speech/speech.ts'
import { synthesiseUtterances } from '../../controller/speech/synthesise.ts'
import { FRESH, tempDir } from '../support/audio.ts'
import { engineProcesses, heard, wavsOf } from '../support/engines.ts'
import { requirePackage, requireProgram, SHERPA_PACKAGE, withPackage, withProgram } from '../support/programs.ts'
import { LETTERS_A_SECOND, type TinyVoice, tinyModel, writeTinyVoice } from '../support/tiny-voice.ts'
import { leadLines } from '../support/voices.ts'

const RATE = 16_000
const samplesOf = (text: string): number => ([...text].length * RATE) / LETTERS_A_SECOND

describe.skipIf(!requirePackage(SHERPA_PACKAGE))(withPackage('sherpa-onnx', SHERPA_PACKAGE), () => {
  let dir: Awaited<ReturnType<typeof tempDir>>
  let speech: Speech
  beforeAll(async () => {
    dir = await tempDir()
    speech = await open({ voiceDir: await writeTinyVoice(join(dir.path, 'voice')) })
  })
  afterAll(async () => {
    await dir[Symbol.asyncDispose]()
  })

  const open = async (set: Partial<SherpaSettings> & Pick<SherpaSettings, 'voiceDir'>): Promise<Speech> =>
    (await openSherpa({ speaker: 0, secondSpeaker: set.speaker ?? 0, speed: 1, ...set }, { clock })).speech
  const voiceWith = (name: string, voice: TinyVoice): Promise<string> => writeTinyVoice(join(dir.path, name), voice)
  const firstOf = async (engine: Speech): Promise<Buffer> =>
    (await wavsOf(engine, ['xin chào'], 'vi-north'))[0] ?? Buffer.alloc(0)

  test('speaks in order, each text a WAV at the rate of the model and as long as the model makes it', async () => {
    const texts = ['kính thưa bà con', 'một', 'xin hết.']
    const order: number[] = []
    await speech.speak(leadLines(...texts), 'vi-north', async (index) => void order.push(index), FRESH())
    expect(order).toEqual([0, 1, 2])
    const sounds = (await wavsOf(speech, texts, 'vi-north')).map(heard)
    expect(sounds.map(({ sampleRate, samples }) => [sampleRate, samples])).toEqual(
      texts.map((text) => [RATE, samplesOf(text)]),
    )
    for (const { rms } of sounds) expect(rms).toBeGreaterThan(5_000)
  })

  test('leaves the pauses within a sentence as the model makes them', async () => {
    const text = 'một,,,,,hai'
    const [wav = Buffer.alloc(0)] = await wavsOf(speech, [text], 'vi-north')
    expect(heard(wav).samples).toBe(samplesOf(text))
  })

  test('has one voice for the three regions, and says the same again', async () => {
    expect(new Set(VOICES.map((voice) => voicesOf(speech, voice).lead.name))).toEqual(new Set(['vi_VN-tiny#0']))
    expect(await wavsOf(speech, ['xin chào'], 'vi-south')).toEqual(await wavsOf(speech, ['xin chào'], 'vi-north'))
  })

  test('takes any text for text; what has no words has no sound', async () => {
    const wavs = await wavsOf(speech, ['--help\n{"text":"a"}', '[[xin]] chào\u0000', '…', ''], 'vi-north')
    expect(wavs.map((wav) => heard(wav).samples > 0)).toEqual([true, true, false, false])
  })

  test('declines a script that the voice has no sounds for', async () => {
    await expect(wavsOf(speech, ['xin chào', '世界'], 'vi-north')).rejects.toMatchObject({ code: 'refused' })
  })

  test('a voice that answers words with silence is found out', async () => {
    const silent = await open({ voiceDir: await voiceWith('silent', { volume: 0 }) })
    const utterances = [{ spoken: 'xin chào', part: 'lead' as const, pauseAfterMs: 0 }]
    const speaking = synthesiseUtterances(
      { speech: silent, dataDir: dir.path },
      { utterances, voice: 'vi-north' },
      () => {},
      FRESH(),
    )
    await expect(speaking).rejects.toMatchObject({ name: 'SpeechError', code: 'silent' })
  })

  test('its name tells apart whatever sounds different, and nothing else', async () => {
    const voiceDir = join(dir.path, 'voice')
    const other = await voiceWith('other', { volume: 0.2 })
    const tokens = await voiceWith('tokens', {})
    await writeFile(join(tokens, 'tokens.txt'), `${readFileSync(join(voiceDir, 'tokens.txt'), 'utf8')}! 9\n`)
    const engines = await Promise.all([
      open({ voiceDir: await voiceWith('copy', {}) }),
      open({ voiceDir: other }),
      open({ voiceDir: tokens }),
      open({ voiceDir, speed: 0.8 }),
      open({ voiceDir, speaker: 1 }),
    ])
    const nameOf = (of: Speech): string => `${of.engine} ${voicesOf(of, 'vi-north').lead.name}`
    const [copy, ...others] = engines.map(nameOf)
    expect(nameOf(speech)).toMatch(/^sherpa\/1\.13\.\d+\+[0-9a-f]{8}@1x vi_VN-tiny#0$/)
    expect(copy).toBe(nameOf(speech))
    expect(new Set([copy, ...others]).size).toBe(engines.length)
  })

  test('speaks at the speed and by the speaker of the settings', async () => {
    const voiceDir = join(dir.path, 'voice')
    const [plain, fast, second] = [
      await firstOf(speech),
      await firstOf(await open({ voiceDir, speed: 2 })),
      await firstOf(await open({ voiceDir, speaker: 1 })),
    ]
    expect(heard(fast).samples).toBe(heard(plain).samples / 2)
    expect(heard(second).samples).toBe(heard(plain).samples)
    expect(second.equals(plain)).toBe(false)
  })

  test('has two voices where the model has a speaker for the second', async () => {
    const two = await open({ voiceDir: join(dir.path, 'voice'), secondSpeaker: 1 })
    const { lead, second } = voicesOf(two, 'vi-north')
    expect([lead.name, second.name]).toEqual(['vi_VN-tiny#0', 'vi_VN-tiny#1'])
    expect(voicesOf(speech, 'vi-north').second).toEqual(lead)
    const [one, other, again] = await wavsOf(two, ['xin chào', 'xin chào', 'xin chào'], 'vi-north', [
      'lead',
      'second',
      'lead',
    ])
    expect(again).toEqual(one)
    expect(other).toEqual(await firstOf(await open({ voiceDir: join(dir.path, 'voice'), speaker: 1 })))
    expect(other).not.toEqual(one)
  })

  test.each([0, 1])('a voice that says it has %i speakers needs no number for one', async (speakers) => {
    const single = await open({ voiceDir: await voiceWith(`single-${speakers}`, { speakers, sampleRate: 22_050 }) })
    expect(voicesOf(single, 'vi-north').lead.name).toBe('vi_VN-tiny')
    expect(heard(await firstOf(single)).sampleRate).toBe(22_050)
  })

  test('what is too loud for sixteen bits is clipped and does not turn over', async () => {
    const loud = await open({ voiceDir: await voiceWith('loud', { volume: 2 }) })
    expect(heard((await wavsOf(loud, ['chào'], 'vi-north'))[0] ?? Buffer.alloc(0)).rms).toBeGreaterThan(25_000)
  })

  test('runs below everything else, without our environment, and is gone when aborted', async () => {
    const abort = new AbortController()
    const seen: [priority: number, environment: string][] = []
    const onWav = async (index: number): Promise<void> => {
      for (const pid of engineProcesses('sherpa-program')) {
        seen.push([getPriority(pid), readFileSync(`/proc/${pid}/environ`, 'utf8')])
      }
      if (index === 1) abort.abort(new Error('enough'))
    }
    await expect(speech.speak(leadLines('một', 'hai', 'ba'), 'vi-north', onWav, abort.signal)).rejects.toThrow('enough')
    const expected = [constants.priority.PRIORITY_BELOW_NORMAL, '']
    expect(seen).toEqual([expected, expected])
    expect(engineProcesses('sherpa-program')).toEqual([])
  })

  test('that is killed in the middle is started again and nothing is left out', async () => {
    const texts = ['một', 'hai', 'ba']
    const undisturbed = await wavsOf(speech, texts, 'vi-north')
    const wavs: Buffer[] = []
    const killed: number[] = []
    const onWav = async (index: number, wav: Buffer): Promise<void> => {
      wavs[index] = wav
      if (index > 0) return
      for (const pid of engineProcesses('sherpa-program')) {
        process.kill(pid, 'SIGKILL')
        killed.push(pid)
      }
    }
    await speech.speak(leadLines(...texts), 'vi-north', onWav, FRESH())
    expect(killed).toHaveLength(1)
    expect(wavs).toEqual(undisturbed)
  })

  test.skipIf(!requireProgram('espeak-ng'))(
    withProgram('speaks by the sounds that the data in the folder gives, as all of Piper’s voices do', 'espeak-ng'),
    async () => {
      const version = execFileSync('espeak-ng', ['--version'], { encoding: 'utf8' })
      const data = /Data at: (\S+)/.exec(version)?.[1] ?? ''
      const voiceDir = await voiceWith('piper', {})
      await symlink(data, join(voiceDir, 'espeak-ng-data'))
      const sounds = [...'_^$ aăâbcdeəfɡhiɪjklmnŋɲoɔpɤrsʂtuvwɯxzɛ0123456789ː'].map((sound, id) => `${sound} ${id}\n`)
      await writeFile(join(voiceDir, 'tokens.txt'), sounds.join(''))
      await writeFile(join(voiceDir, 'vi_VN-tiny.onnx'), tinyModel({ metadata: { frontend: null } }))
      const { rms, samples } = heard(await firstOf(await open({ voiceDir })))
      expect(rms).toBeGreaterThan(2_000)
      expect(samples).toBeGreaterThan(samplesOf('xin chào'))
    },
  )
})
