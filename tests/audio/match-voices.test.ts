import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SoundProfile } from '#protocol/http/areas.ts'
import { fromDb } from '../../controller/audio/decibels.ts'
import { createFolderStore } from '../../controller/audio/folder-store.ts'
import { planLevel } from '../../controller/audio/level-plan.ts'
import { loudnessAt } from '../../controller/audio/loudness-at.ts'
import { matchVoices } from '../../controller/audio/match-voices.ts'
import { BUILT_IN_CHIMES } from '../../controller/audio/music.ts'
import { produce } from '../../controller/audio/produce.ts'
import { DEFAULT_PROFILE, SPEECH_LOUDNESS } from '../../controller/audio/profiles.ts'
import { createSurveyor } from '../../controller/audio/survey.ts'
import { systemClock as clock } from '../../controller/clock.ts'
import { chooseEspeak } from '../../controller/speech/engines/choose.ts'
import { decodeByFfmpeg, FRESH, ffmpegs, measureByFfmpeg, SOUNDS, sound, tempDir, writeWav } from '../support/audio.ts'
import { samplesOf, wavsOf } from '../support/engines.ts'

const RATE = 22_050
const AIM = { targetLufs: -16, ceilingDb: -3 }
const ONE_VOICE = sound(SOUNDS.syllables, 4, RATE)
const ANOTHER = sound((t, random) => SOUNDS.syllables(t) + 0.3 * SOUNDS.noise(t, random), 4, RATE)

const scaled = (samples: Float32Array, db: number): Float32Array => samples.map((x) => x * fromDb(db))

function surveyOf(...turns: readonly [voice: number, samples: Float32Array][]) {
  const surveyor = createSurveyor(RATE)
  for (const [voice, samples] of turns) {
    surveyor.push(samples, voice)
    surveyor.push(new Float32Array(RATE), voice)
  }
  return surveyor.finish()
}

describe('voices of one programme', () => {
  test('one alone is left as it is', () => {
    expect(matchVoices(surveyOf([0, ONE_VOICE], [0, scaled(ONE_VOICE, -9)]), AIM)).toEqual([0])
  })

  test('the one that speaks less comes to the one that speaks more', () => {
    const quiet = scaled(ONE_VOICE, -7)
    const [first, second] = matchVoices(surveyOf([0, ONE_VOICE], [1, quiet], [0, ONE_VOICE]), AIM)
    expect(first).toBe(0)
    expect(Math.abs((second ?? 0) - 7)).toBeLessThan(0.2)
    const [answer, question] = matchVoices(surveyOf([0, ONE_VOICE], [1, quiet], [1, quiet]), AIM)
    expect(Math.abs((answer ?? 0) + 7)).toBeLessThan(0.2)
    expect(question).toBe(0)
  })

  test('what differs by more than twelve decibels is brought together by twelve', () => {
    expect(matchVoices(surveyOf([0, ONE_VOICE], [1, scaled(ONE_VOICE, -20)]), AIM)[1]).toBe(12)
    const quietMore = surveyOf([0, ONE_VOICE], [1, scaled(ONE_VOICE, -20)], [1, scaled(ONE_VOICE, -20)])
    expect(matchVoices(quietMore, AIM)).toEqual([-12, 0])
  })

  test('a word is trusted little, and silence not at all', () => {
    const word = scaled(ONE_VOICE.subarray(0, RATE), -10)
    const [, second] = matchVoices(surveyOf([0, ONE_VOICE], [1, word]), AIM)
    expect(second).toBeGreaterThan(3)
    expect(second).toBeLessThan(5)
    expect(matchVoices(surveyOf([0, ONE_VOICE], [1, new Float32Array(RATE)]), AIM)[1]).toBeCloseTo(0)
  })

  test('are equally loud under the limiter, whatever they sound like and however they take turns', () => {
    const sounds = [ONE_VOICE, ANOTHER, sound(SOUNDS.pulses, 4, RATE)]
    const voices = sounds.map((_, voice) => voice)
    const levels = fc.tuple(...sounds.map(() => fc.double({ min: -6, max: 0, noNaN: true })))
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...voices), { maxLength: 3 }), levels, (more, db) => {
        const survey = surveyOf(
          ...[...voices, ...more].map((voice): [number, Float32Array] => [
            voice,
            scaled(sounds[voice] ?? ONE_VOICE, db[voice] ?? 0),
          ]),
        )
        const plan = planLevel(survey, AIM)
        if (!plan) throw new Error('no plan')
        const alone = voices.map((voice) =>
          loudnessAt(survey, { ...plan, speechGains: plan.speechGains.map((gain, i) => (i === voice ? gain : 0)) }),
        )
        expect(Math.max(...alone) - Math.min(...alone)).toBeLessThan(0.5)
        expect(loudnessAt(survey, plan)).toBeCloseTo(AIM.targetLufs, 1)
      }),
      { numRuns: 20 },
    )
  })
})

describe('in a produced file', () => {
  const TEXTS = [
    'Kính thưa bà con, từ đầu tháng này xã ta bắt đầu thu gom rác tại nhà.',
    'Xin bà con để rác ở trước cửa trước sáu giờ sáng, ai chưa rõ thì hỏi tổ trưởng.',
  ] as const

  test.each<[SoundProfile, number]>([
    ['horn', -10],
    ['horn', 6],
    ['flat', -10],
    ['flat', 6],
  ])('through a %s profile two voices are within 1 LU when one was recorded %d dB apart', async (soundProfile, db) => {
    const ffmpeg = ffmpegs.at(-1)
    if (!ffmpeg) throw new Error('no ffmpeg on this machine')
    await using dir = await tempDir()
    const speech = await chooseEspeak({ engine: 'auto' }, { clock })
    const parts = ['lead', 'second', 'lead', 'second'] as const
    const wavs = await wavsOf(speech, [TEXTS[0], TEXTS[0], TEXTS[1], TEXTS[1]], 'vi-north', parts)
    const segments = await Promise.all(
      parts.map(async (voice, i) => {
        const raw = scaled(samplesOf(wavs[i] ?? Buffer.alloc(0)), voice === 'second' ? db - 6 : -6)
        return { voice, file: await writeWav(join(dir.path, `${i}.wav`), raw, RATE), ms: 0, pauseAfterMs: 600 }
      }),
    )
    const store = createFolderStore(join(dir.path, 'media'))
    const production = {
      segments,
      music: BUILT_IN_CHIMES,
      soundProfile,
      profile: DEFAULT_PROFILE,
      loudness: SPEECH_LOUDNESS,
    }
    const audio = await produce({ ffmpeg, store, dataDir: dir.path }, production, () => {}, FRESH())
    const file = (await store.path(audio.sha256)) ?? ''
    expect(Math.abs((await measureByFfmpeg(ffmpeg.path, file)).lufs - -16)).toBeLessThanOrEqual(0.5)

    const heard = await decodeByFfmpeg(ffmpeg.path, file)
    const lufsOf = async (voice: string): Promise<number> => {
      const said = audio.marks
        .filter(({ index }) => parts[index] === voice)
        .flatMap(({ startMs, endMs }) => [...heard.subarray(startMs * 24, endMs * 24)])
      const cut = await writeWav(join(dir.path, `heard-${voice}.wav`), Float32Array.from(said), 24_000)
      return (await measureByFfmpeg(ffmpeg.path, cut)).lufs
    }
    const [lead, second] = [await lufsOf('lead'), await lufsOf('second')]
    expect(Math.abs(lead - second)).toBeLessThanOrEqual(1)
  })
})
