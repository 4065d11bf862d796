import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scriptToUtterances, withoutParts } from '../../controller/speech/normalise/utterances.ts'
import { productionParts, sentenceInWork } from '../../dashboard/src/features/bulletins/production-parts.ts'
import { type ScriptPiece, scriptParagraphs } from '../../dashboard/src/features/bulletins/script-paragraphs.ts'
import { sentenceAt } from '../../dashboard/src/features/bulletins/sentence-at.ts'
import { sentenceByKey } from '../../dashboard/src/features/bulletins/sentence-by-key.ts'
import { decodePeaks, waveBars } from '../../dashboard/src/features/bulletins/wave-bars.ts'

const SKIT = `TIỂU PHẨM
Anh Ba: (cười) Chào chị Tư.
Chị Tư: Chào anh Ba. Anh đi đâu đó?


Anh Ba: Đi họp.

Nơi nhận:
- Lưu: VT.`

describe('the sentence that sounds', () => {
  const lengths = fc.array(fc.record({ pause: fc.nat(900), length: fc.integer({ min: 1, max: 9_000 }) }))

  test('is the last that has begun, until the last of all has ended', () => {
    fc.assert(
      fc.property(lengths, fc.nat(60_000), (sentences, ms) => {
        let at = 0
        const marks = sentences.map(({ pause, length }) => {
          const startMs = at + pause
          at = startMs + length
          return { startMs, endMs: at }
        })
        const begun = marks.filter(({ startMs }) => startMs <= ms).length - 1
        expect(sentenceAt(marks, ms)).toBe(ms > at ? -1 : begun)
      }),
    )
  })

  test('is none during the chimes, and stays over the pause that follows it', () => {
    const marks = [
      { startMs: 3_000, endMs: 4_000 },
      { startMs: 4_450, endMs: 6_000 },
    ]
    expect([2_999, 3_000, 4_200, 4_450, 6_000, 6_001].map((ms) => sentenceAt(marks, ms))).toEqual([-1, 0, 0, 1, 1, -1])
    expect(sentenceAt([], 0)).toBe(-1)
  })
})

describe('the script on the page', () => {
  const marks = withoutParts(scriptToUtterances(SKIT), ['signature'])
  const drawn = (pieces: readonly ScriptPiece[]) => pieces.map(({ text }) => text).join('')

  test('keeps its paragraphs and its empty lines', () => {
    const paragraphs = scriptParagraphs(SKIT, marks)
    expect(paragraphs.map(({ pieces }) => drawn(pieces))).toEqual(SKIT.split(/\n+/))
    expect(paragraphs.flatMap(({ isApart }, index) => (isApart ? [index] : []))).toEqual([3, 4])
    for (const { start, pieces } of paragraphs) expect(SKIT.startsWith(drawn(pieces), start)).toBe(true)
  })

  test('tells what is said from names, stage directions and what is left out', () => {
    const pieces = scriptParagraphs(SKIT, marks).flatMap((paragraph) => paragraph.pieces)
    const silent = pieces.filter(({ isSilent }) => isSilent).map(({ text }) => text.trim())
    expect(silent).toEqual(['Anh Ba: (cười)', 'Chị Tư:', 'Anh Ba:', 'Nơi nhận:', '- Lưu: VT.'])
  })

  test('is shown whole and plain where nobody knows what was spoken', () => {
    const pieces = scriptParagraphs(SKIT, []).flatMap((paragraph) => paragraph.pieces)
    expect(pieces.every(({ sentence, isSilent }) => sentence === null && !isSilent)).toBe(true)
    expect(drawn(pieces)).toBe(SKIT.replaceAll('\n', ''))
  })

  test('loses no letter, and each sentence is what was spoken, whatever is written and left out', () => {
    const line = fc.constantFrom(
      '',
      '  ',
      '\t',
      'Kính thưa bà con.',
      'Một. Hai ba. ',
      'MỤC LỤC',
      'Anh Ba: Chào.',
      ' Chị Tư: Vâng.',
      '| a | b |',
      '…',
      'Nơi nhận:',
      'Điều 1. Câu dài\nxuống dòng.',
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 25 }), fc.subarray(['signature', 'table'] as const), (lines, omit) => {
        const script = lines.join('\n')
        const spoken = withoutParts(scriptToUtterances(script), omit)
        const pieces = scriptParagraphs(script, spoken).flatMap((paragraph) => paragraph.pieces)
        const bare = (text: string) => text.replace(/\s/g, '')
        expect(bare(drawn(pieces))).toBe(bare(script))
        const sentences = pieces.filter(({ sentence }) => sentence !== null)
        expect(sentences.map(({ text }) => text)).toEqual(spoken.map(({ source }) => source))
        expect(sentences.map(({ sentence }) => sentence)).toEqual(spoken.map((_, index) => index))
      }),
    )
  })
})

test('keys lead from sentence to sentence and no further than the first and the last', () => {
  const steps = ['ArrowDown', 'ArrowLeft', 'PageDown', 'Home', 'End', 'Tab'].map((key) => sentenceByKey(key, 2, 5))
  expect(steps).toEqual([3, 1, 4, 0, 4, null])
  expect(sentenceByKey('ArrowUp', 0, 5)).toBe(0)
})

describe('the waveform', () => {
  test('is as many bars as there is room for, the highest of them full, each the average of its share', () => {
    expect(waveBars(Uint8Array.of(0, 100, 50, 150), 2)).toEqual([0.5, 1])
    expect(waveBars(Uint8Array.of(10, 20), 4)).toEqual([0.5, 0.5, 1, 1])
    expect(waveBars(decodePeaks('AID/'), 3)).toEqual([0, 128 / 255, 1])
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 2_048 }),
        fc.integer({ min: 1, max: 400 }),
        (peaks, count) => {
          const bars = waveBars(peaks, count)
          expect(bars).toHaveLength(count)
          for (const bar of bars) expect(bar >= 0 && bar <= 1).toBe(true)
          if (peaks.length >= count && peaks.some((peak) => peak > 0)) expect(Math.max(...bars)).toBe(1)
        },
      ),
    )
  })

  test('of silence, or of nothing, is flat', () => {
    expect(waveBars(new Uint8Array(9), 3)).toEqual([0, 0, 0])
    expect(waveBars(new Uint8Array(0), 2)).toEqual([0, 0])
  })
})

describe('a production under way', () => {
  test('ticks what is done', () => {
    const states = (step: Parameters<typeof productionParts>[0]) => productionParts(step).map(({ state }) => state)
    expect(states('queued')).toEqual(['current', 'ahead', 'ahead'])
    expect(states('speaking')).toEqual(['done', 'current', 'ahead'])
    expect(states('mixing')).toEqual(['done', 'done', 'current'])
    expect(states('ready')).toEqual(['done', 'done', 'done'])
  })

  test('counts the sentence in work from one to the last', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000 }), fc.nat(), (sentences, seed) => {
        const done = seed % (sentences + 1)
        expect(sentenceInWork(done / sentences, sentences)).toBe(Math.min(sentences, done + 1))
      }),
    )
  })
})
