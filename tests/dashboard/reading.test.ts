import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { previewOf } from '../../controller/speech/preview.ts'
import { partsOf } from '../../dashboard/src/features/speech/align-reading.ts'
import { blocksOf } from '../../dashboard/src/features/speech/blocks.ts'
import { findEntries } from '../../dashboard/src/features/speech/find-entries.ts'
import { omittablePartsOf } from '../../dashboard/src/features/speech/omittable-parts.ts'
import { otherReadings } from '../../dashboard/src/features/speech/other-readings.ts'
import { doubtfulPlaces, markAt, stepPlace } from '../../dashboard/src/features/speech/places.ts'
import { NOTHING_READ, type Reading, readingOf } from '../../dashboard/src/features/speech/reading.ts'
import { TWO_VOICES } from '../support/voices.ts'

const read = (script: string, previous: Reading = NOTHING_READ): Reading =>
  readingOf(previewOf(script, {}, TWO_VOICES), previous)

const SCRIPT = `THÔNG BÁO
Kính thưa bà con. VP xã họp lúc 7h30 ngày 01/01/2025.
Hỏi: ABCXYZ là gì?
Đáp: Là mẫu 12, theo Nghị định số 168/2024/NĐ-CP.
Nơi nhận:
- UBND tỉnh;
- Lưu: VT.`

describe('a reading', () => {
  const reading = read(SCRIPT)

  test('says of each sentence, letter by letter, what will be said', () => {
    const spoken = previewOf(SCRIPT, {}, TWO_VOICES).utterances.map((utterance) => utterance.spoken)
    expect(reading.sentences.map(({ parts }) => parts.map(({ text }) => text).join(''))).toEqual(spoken)
  })

  test('marks what is not said as it is written, at its place in the script', () => {
    for (const { id, parts } of reading.sentences) {
      for (const [part, { mark }] of parts.entries()) {
        const at = markAt(reading, { sentence: id, part })
        expect(at && SCRIPT.slice(at.start, at.end)).toBe(mark ? mark.source : null)
      }
    }
    const marked = reading.sentences.flatMap(({ parts }) => parts.flatMap(({ mark }) => (mark ? [mark.source] : [])))
    expect(marked).toEqual(expect.arrayContaining(['VP', '7h30', '01/01/2025', 'ABCXYZ', '168/2024/NĐ-CP']))
  })

  test('offers to leave out the parts that the script has, and asks for no look at what is left out', () => {
    expect(omittablePartsOf(reading)).toEqual([{ part: 'signature', sentences: 3 }])
    expect(omittablePartsOf(read('Kính thưa bà con.'))).toEqual([])
    const framed = read('VP xã họp.\nNơi nhận:\n- ABCXYZ.')
    const doubted = (places: ReturnType<typeof doubtfulPlaces>) =>
      places.map((place) => markAt(framed, place)?.mark.source)
    expect(doubted(doubtfulPlaces(framed))).toEqual(['VP', 'ABCXYZ'])
    expect(doubted(doubtfulPlaces(framed, ['signature']))).toEqual(['VP'])
    expect(doubted(doubtfulPlaces(framed, ['table']))).toEqual(['VP', 'ABCXYZ'])
  })

  test('says where a turn and the signature begin', () => {
    const opening = reading.sentences.filter(({ opens }) => opens)
    expect(opening.map(({ kind, turn }) => (kind === 'signature' ? kind : turn))).toEqual([
      'question',
      'answer',
      'signature',
    ])
  })

  test('says which voice speaks a turn, where there are two', () => {
    const voices = (of: Reading) => of.sentences.flatMap(({ opens, turn, voice }) => (opens ? [[turn, voice]] : []))
    expect(voices(reading)).toEqual([
      ['question', 'second'],
      ['answer', 'lead'],
      ['narrator', 'lead'],
    ])
    const oneVoice = { lead: TWO_VOICES.lead, second: TWO_VOICES.lead }
    const alone = readingOf(previewOf(SCRIPT, {}, oneVoice), NOTHING_READ)
    expect(new Set(voices(alone).map(([, voice]) => voice))).toEqual(new Set([null]))
    expect(read('Xã họp.\nKính mời bà con.').sentences.map(({ voice }) => voice)).toEqual([null, null])
  })

  test('keeps the very sentences that did not change, however far they moved', () => {
    const later = read(`Một câu mới.\n${SCRIPT}`, reading)
    expect(later.sentences.slice(1)).toEqual(reading.sentences)
    for (const [index, sentence] of reading.sentences.entries()) expect(later.sentences[index + 1]).toBe(sentence)
    const before = markAt(reading, doubtfulPlaces(reading)[0] ?? null)
    const after = markAt(later, doubtfulPlaces(later)[0] ?? null)
    expect(after?.start).toBe((before?.start ?? 0) + 'Một câu mới.\n'.length)
  })

  test('tells sentences apart that say the same', () => {
    const twice = read('VP xã họp.\nVP xã họp.')
    expect(new Set(twice.sentences.map(({ id }) => id)).size).toBe(2)
    expect(doubtfulPlaces(twice).map((place) => markAt(twice, place)?.start)).toEqual([0, 11])
  })

  test('shows something that is said in several breaths once', () => {
    const long = read(`${'VP '.repeat(200)}xã.`)
    expect(doubtfulPlaces(long)).toHaveLength(200)
    expect(new Set(doubtfulPlaces(long).map((place) => markAt(long, place)?.start)).size).toBe(200)
  })
})

describe('finding a reading in what is said', () => {
  const span = (source: string, start: number, reading: string) => ({
    ...{ start, end: start + source.length, source, reading },
    ...{ kind: 'cardinal', rule: 'cardinal', alternatives: [], needsReview: false },
  })

  test('an equal word before the place is not taken for it', () => {
    const parts = partsOf({ source: 'hai và 2', spoken: 'hai và hai', spans: [span('2', 7, 'hai')] })
    expect(parts.map(({ text, mark }) => [text, mark !== null])).toEqual([
      ['hai và ', false],
      ['hai', true],
    ])
  })

  test('a reading inside another word is not taken for it', () => {
    const parts = partsOf({ source: '§ bao 3', spoken: 'bao ba', spans: [span('3', 6, 'ba')] })
    expect(parts.at(-1)).toMatchObject({ text: 'ba', mark: { source: '3' } })
  })

  test('what is not read at all is marked with no words', () => {
    const parts = partsOf({ source: 'xã ☂ ta', spoken: 'xã ta', spans: [span('☂', 3, '')] })
    expect(parts.map(({ text }) => text)).toEqual(['xã', '', ' ta'])
  })

  test('whatever is written, the parts together are what is said', () => {
    const word = fc.constantFrom(
      'VP',
      'UBND',
      '12',
      '5-10%',
      '7h30',
      'xã',
      'hai',
      '“họp”',
      'ABX',
      '☂',
      'P. 3',
      'a)',
      '1/2',
    )
    const script = fc.array(fc.oneof(word, fc.string({ unit: 'grapheme', maxLength: 6 })), { maxLength: 30 })
    fc.assert(
      fc.property(script, (words) => {
        const preview = previewOf(words.join(' '), {}, TWO_VOICES)
        for (const { source, spoken, start, spans } of preview.utterances) {
          const relative = spans.map((each) => ({ ...each, start: each.start - start, end: each.end - start }))
          expect(
            partsOf({ source, spoken, spans: relative })
              .map(({ text }) => text)
              .join(''),
          ).toBe(spoken)
        }
      }),
    )
  })
})

describe('going from one doubtful place to the next', () => {
  const reading = read(SCRIPT)
  const places = doubtfulPlaces(reading)
  const [first = null, second = null] = places

  test('there are two in this script', () => {
    expect(places.map((place) => markAt(reading, place)?.mark.source)).toEqual(['VP', 'ABCXYZ'])
  })

  test('goes on from where the person is, and round', () => {
    expect(stepPlace(reading, places, null, 1)).toEqual(first)
    expect(stepPlace(reading, places, first, 1)).toEqual(second)
    expect(stepPlace(reading, places, second, 1)).toEqual(first)
    expect(stepPlace(reading, places, null, -1)).toEqual(second)
    expect(stepPlace(reading, places, first, -1)).toEqual(second)
  })

  test('starts from any marked place between them', () => {
    const hour = reading.sentences
      .flatMap(({ id, parts }) => parts.map(({ mark }, part) => ({ sentence: id, part, mark })))
      .find(({ mark }) => mark?.source === '7h30')
    const between = { sentence: hour?.sentence ?? 0, part: hour?.part ?? 0 }
    expect(stepPlace(reading, places, between, 1)).toEqual(second)
    expect(stepPlace(reading, places, between, -1)).toEqual(first)
  })

  test('starts anew where the place is gone, and stays nowhere where there is none', () => {
    expect(stepPlace(reading, places, { sentence: 999, part: 0 }, 1)).toEqual(first)
    expect(stepPlace(reading, [], first, 1)).toBeNull()
    expect(markAt(reading, { sentence: 999, part: 0 })).toBeNull()
  })
})

test('a sentence added above moves no border between blocks below', () => {
  const script = Array.from({ length: 60 }, (_, index) => `Câu thứ ${index}.`).join('\n')
  const before = read(script)
  const after = read(`Câu mới.\n${script}`, before)
  const borders = (reading: Reading) => blocksOf(reading.sentences).map(([sentence]) => sentence?.content)
  expect(borders(before).length).toBeGreaterThan(3)
  expect(borders(after).slice(1)).toEqual(borders(before).slice(1))
  expect(blocksOf(after.sentences).flat()).toEqual(after.sentences)
})

test('readings that sound alike are offered once, and never the current one', () => {
  const readings = otherReadings({ reading: 'Kế hoạch', alternatives: ['khoa học', 'kế hoạch', 'Khoa học', ''] })
  expect(readings).toEqual(['khoa học'])
})

test('the dictionary is searched without diacritics, in what is written and what is said', () => {
  const entry = (written: string, spoken: string) => ({
    ...{ written, spoken, areaCode: '00004', updatedByName: 'Người thử', updatedAt: '2026-11-23T00:00:00.000Z' },
  })
  const items = [entry('TYT', 'trạm y tế'), entry('Krông Pa', 'cờ rông pa'), entry('ĐVTN', 'đoàn viên thanh niên')]
  const found = (typed: string) => findEntries(items, typed).map(({ written }) => written)
  expect(found('')).toEqual(['ĐVTN', 'Krông Pa', 'TYT'])
  expect(found('dvtn')).toEqual(['ĐVTN'])
  expect(found('tram')).toEqual(['TYT'])
  expect(found('không có')).toEqual([])
})
