import { describe, expect, test } from 'vitest'
import { closingChime, openingChime } from '../../controller/audio/chime.ts'
import { planLevel } from '../../controller/audio/level-plan.ts'
import { createLimiter } from '../../controller/audio/limiter.ts'
import { gainOf, loudnessAt } from '../../controller/audio/loudness-at.ts'
import { createMeter } from '../../controller/audio/meter.ts'
import { createSurveyor, TONE } from '../../controller/audio/survey.ts'
import { SOUNDS, sound } from '../support/audio.ts'

const SAMPLE_RATE = 22_050
const AIM = { targetLufs: -16, ceilingDb: -3 }

const surveyOf = (samples: Float32Array) => {
  const surveyor = createSurveyor(SAMPLE_RATE)
  // In pieces of odd length, as files are read.
  for (let at = 0; at < samples.length; at += 3_001) surveyor.push(samples.subarray(at, at + 3_001), 0)
  return surveyor.finish()
}

describe.each(Object.entries(SOUNDS))('%s', (_name, shape) => {
  const samples = sound(shape, 12, SAMPLE_RATE)

  test('measures, when limited, what the plan says it will', () => {
    const survey = surveyOf(samples)
    const plan = planLevel(survey, AIM)
    if (!plan) throw new Error('no plan')
    const limiter = createLimiter({ sampleRate: SAMPLE_RATE, ceiling: plan.ceiling })
    const meter = createMeter({ sampleRate: SAMPLE_RATE, channels: 1 })
    meter.push(limiter.push(samples, gainOf(plan, 0)).slice())
    const { loudnessLufs, truePeakDbtp } = meter.result()
    expect(Math.abs(loudnessLufs - loudnessAt(survey, plan))).toBeLessThan(0.3)
    expect(truePeakDbtp).toBeLessThan(AIM.ceilingDb + 1)
  })
})

test('a sound that the target does not push into the ceiling gets exactly the gain that is missing', () => {
  const samples = sound(SOUNDS.sine, 5, SAMPLE_RATE)
  const meter = createMeter({ sampleRate: SAMPLE_RATE, channels: 1 })
  meter.push(samples)
  const plan = planLevel(surveyOf(samples), { targetLufs: -23, ceilingDb: -3 })
  const gainDb = 20 * Math.log10(plan?.speechGains[0] ?? 0)
  expect(gainDb).toBeCloseTo(-23 - meter.result().loudnessLufs, 1)
})

test.each([0.05, 0.2, 1])('the chime becomes as loud as speech of amplitude %d', (amplitude) => {
  const surveyor = createSurveyor(SAMPLE_RATE)
  const speech = sound(SOUNDS.syllables, 6, SAMPLE_RATE).map((x) => x * amplitude)
  const gap = new Float32Array(SAMPLE_RATE)
  surveyor.push(openingChime(SAMPLE_RATE), TONE)
  for (const part of [gap, speech, gap]) surveyor.push(part, 0)
  surveyor.push(closingChime(SAMPLE_RATE), TONE)
  const survey = surveyor.finish()
  const plan = planLevel(survey, AIM)
  if (!plan) throw new Error('no plan')
  const chimeAlone = loudnessAt(survey, { ...plan, speechGains: [0] })
  expect(chimeAlone).toBeCloseTo(loudnessAt(survey, { ...plan, toneGain: 0 }), 0)
  // Pure notes would show a limiter's work: they get by without.
  expect(chimeAlone).toBeCloseTo(
    loudnessAt(survey, { ...plan, speechGains: [0], ceiling: Number.POSITIVE_INFINITY }),
    6,
  )
  expect(loudnessAt(survey, plan)).toBeCloseTo(AIM.targetLufs, 1)
})

test('there is no plan for silence', () => {
  expect(planLevel(surveyOf(new Float32Array(SAMPLE_RATE * 3)), AIM)).toBeNull()
  expect(planLevel(surveyOf(new Float32Array(0)), AIM)).toBeNull()
})

test('what is all but silent is not blown up without limit', () => {
  const plan = planLevel(surveyOf(sound((t) => 0.0009 * Math.sin(2 * Math.PI * 500 * t), 3, SAMPLE_RATE)), AIM)
  expect(20 * Math.log10(plan?.speechGains[0] ?? 0)).toBeLessThanOrEqual(30.01)
})
