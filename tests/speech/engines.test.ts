import { afterEach, describe, expect, test } from 'vitest'
import { parseWavHeader } from '../../controller/audio/wav.ts'
import { systemClock as clock } from '../../controller/clock.ts'
import { chooseEspeak } from '../../controller/speech/engines/choose.ts'
import { VOICES, voicesOf } from '../../controller/speech/speech.ts'
import { FRESH } from '../support/audio.ts'
import { engineProcesses, heard, wavsOf } from '../support/engines.ts'
import { requireProgram, withProgram } from '../support/programs.ts'
import { leadLines } from '../support/voices.ts'

const TEXTS = ['Kính thưa bà con.', 'Loa truyền thanh xã.', 'Xin hết.']

const engines = [
  { title: 'the eSpeak NG of the npm package', engine: 'espeak-wasm', skip: false },
  {
    title: withProgram('the installed eSpeak NG', 'espeak-ng'),
    engine: 'espeak-native',
    skip: !requireProgram('espeak-ng'),
  },
] as const

for (const { title, engine, skip } of engines)
  describe(title, () => {
    test.skipIf(skip)('speaks Vietnamese in order, each text a WAV of its own', async () => {
      const speech = await chooseEspeak({ engine }, { clock })
      expect(speech.engine).toMatch(/^espeak-ng(-wasm)?\/[\d.]+@155wpm$/)
      const order: number[] = []
      await speech.speak(leadLines(...TEXTS), 'vi-north', async (index) => void order.push(index), FRESH())
      expect(order).toEqual([0, 1, 2])
      for (const wav of await wavsOf(speech, TEXTS, 'vi-north')) {
        const { rms, ms } = heard(wav)
        expect(rms).toBeGreaterThan(500)
        expect(ms).toBeGreaterThan(400)
        expect(ms).toBeLessThan(3_000)
      }
    })

    test.skipIf(skip)('has a different sound for each of the three regions', async () => {
      const speech = await chooseEspeak({ engine }, { clock })
      const sounds = new Set<string>()
      for (const voice of VOICES)
        sounds.add(((await wavsOf(speech, TEXTS, voice))[0] ?? Buffer.alloc(0)).toString('base64'))
      expect(sounds.size).toBe(3)
    })

    test.skipIf(skip).each(VOICES)('has a woman besides the man of %s, who take turns', async (voice) => {
      const speech = await chooseEspeak({ engine }, { clock })
      const { lead, second } = voicesOf(speech, voice)
      expect([lead.name, lead.sex, second.sex]).toEqual([voice, 'male', 'female'])
      expect(second.name).not.toBe(lead.name)
      const text = 'Kính thưa bà con, hôm nay ủy ban nhân dân xã thông báo lịch tiêm chủng cho trẻ em.'
      const [man, woman, manAgain] = await wavsOf(speech, [text, text, text], voice, ['lead', 'second', 'lead'])
      if (!man || !woman) throw new Error('nothing spoken')
      expect(manAgain).toEqual(man)
      const [low, high] = [heard(man), heard(woman)]
      expect(low.hertz).toBeLessThan(125)
      expect(high.hertz).toBeGreaterThan(130)
      // Half an octave: nobody takes one for the other.
      expect(high.hertz / low.hertz).toBeGreaterThan(1.4)
      expect(high.rms).toBeGreaterThan(500)
    })

    test.skipIf(skip)('says the same again when asked again, whatever came before', async () => {
      const speech = await chooseEspeak({ engine }, { clock })
      const [first, , third] = await wavsOf(
        speech,
        ['Xin chào.', 'Một hai ba bốn năm sáu bảy tám chín mười.', 'Xin chào.'],
        'vi-south',
      )
      expect(third).toEqual(first)
      expect(await wavsOf(speech, ['Xin chào.'], 'vi-south')).toEqual([first])
    })

    test.skipIf(skip)('takes any text for text: no option, no markup, no notation of its own', async () => {
      const speech = await chooseEspeak({ engine }, { clock })
      const wavs = await wavsOf(
        speech,
        ['--help', '<speak>xin</speak> chào', '[[h@l@U]] chào', '"; exit 1; "', '…', ''],
        'vi-north',
      )
      expect(wavs).toHaveLength(6)
      for (const wav of wavs) expect(parseWavHeader(wav)).not.toBeNull()
    })

    test.skipIf(skip)('is gone when aborted', async () => {
      const speech = await chooseEspeak({ engine }, { clock })
      const abort = new AbortController()
      const speaking = speech.speak(
        leadLines(...TEXTS),
        'vi-north',
        async (index) => {
          if (index === 1) abort.abort(new Error('enough'))
        },
        abort.signal,
      )
      await expect(speaking).rejects.toThrow('enough')
      expect(engineProcesses('espeak')).toEqual([])
    })

    test.skipIf(skip)('ends with what went wrong in the hands of its listener', async () => {
      const speech = await chooseEspeak({ engine }, { clock })
      const full = async (): Promise<void> => {
        throw new RangeError('the disk is full')
      }
      await expect(speech.speak(leadLines(...TEXTS), 'vi-north', full, FRESH())).rejects.toThrow(
        new RangeError('the disk is full'),
      )
      expect(engineProcesses('espeak')).toEqual([])
    })
  })

test('an engine that is killed in the middle is started again and nothing is left out', async () => {
  const speech = await chooseEspeak({ engine: 'espeak-wasm' }, { clock })
  const undisturbed = await wavsOf(speech, TEXTS, 'vi-central')
  const wavs: Buffer[] = []
  const killed: number[] = []
  await speech.speak(
    leadLines(...TEXTS),
    'vi-central',
    async (index, wav) => {
      wavs[index] = wav
      if (index > 0) return
      for (const pid of engineProcesses('espeak')) {
        process.kill(pid, 'SIGKILL')
        killed.push(pid)
      }
    },
    FRESH(),
  )
  expect(killed).toHaveLength(1)
  expect(wavs).toEqual(undisturbed)
})

describe('without eSpeak NG on the PATH', () => {
  const { PATH } = process.env
  afterEach(() => {
    process.env.PATH = PATH
  })

  test('the npm package speaks', async () => {
    process.env.PATH = '/nowhere'
    expect((await chooseEspeak({ engine: 'auto' }, { clock })).engine).toMatch(/^espeak-ng-wasm\//)
  })

  test('whoever insists on the installed one is told that it is missing', async () => {
    process.env.PATH = '/nowhere'
    await expect(chooseEspeak({ engine: 'espeak-native' }, { clock })).rejects.toMatchObject({ code: 'missing' })
  })
})
