import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { castScript } from '../../controller/speech/cast.ts'
import { scriptToUtterances } from '../../controller/speech/normalise/utterances.ts'
import { sexOfName } from '../../controller/speech/sex-of-name.ts'
import type { Sex, VoicePart, Voices } from '../../controller/speech/speech.ts'
import { TWO_VOICES } from '../support/voices.ts'

const MAN_AND_WOMAN: Voices = { lead: { name: 'he', sex: 'male' }, second: { name: 'she', sex: 'female' } }
const WOMAN_AND_MAN: Voices = { lead: { name: 'she', sex: 'female' }, second: { name: 'he', sex: 'male' } }
const ONE_VOICE: Voices = { lead: { name: 'only', sex: 'female' }, second: { name: 'only', sex: 'female' } }

const cast = (turns: readonly string[], voices = TWO_VOICES): VoicePart[] =>
  castScript(
    turns.map((turn) => ({ turn })),
    voices,
  ).map(({ part }) => part)

/** Who has which part; a turn that had two would fail. */
function partsBy(turns: readonly string[], voices = TWO_VOICES): Record<string, VoicePart> {
  const parts: Record<string, VoicePart> = {}
  for (const [index, part] of cast(turns, voices).entries()) {
    const turn = turns[index] ?? ''
    expect(parts[turn] ?? part).toBe(part)
    parts[turn] = part
  }
  return parts
}

test('questions are asked by the second voice and answered by the lead, who narrates too', () => {
  const script = 'Mời bà con nghe.\nHỏi: Ai được cấp thẻ?\nĐáp: Trẻ em.\nThẻ gửi về nhà.\nHỏi: Ở đâu?\nĐáp: Tại xã.'
  expect(castScript(scriptToUtterances(script), TWO_VOICES).map(({ part }) => part)).toEqual([
    'lead',
    'second',
    'lead',
    'lead',
    'second',
    'lead',
  ])
})

test('where nobody talks with anybody there is only the lead', () => {
  expect(cast(['narrator', 'narrator'])).toEqual(['lead', 'lead'])
  expect(cast(['question', 'question'])).toEqual(['lead', 'lead'])
  expect(cast([])).toEqual([])
})

test('an engine with one speaker speaks all as the lead', () => {
  expect(cast(['narrator', 'question', 'answer', 'Bà Tư', 'Anh Ba'], ONE_VOICE)).toEqual(Array(5).fill('lead'))
})

describe('the characters of a skit', () => {
  test('are women and men as they are addressed, whichever voice is the lead', () => {
    const turns = ['narrator', 'Anh Ba', 'Chị Lan', 'Anh Ba', 'Chị Lan']
    expect(partsBy(turns, MAN_AND_WOMAN)).toEqual({ narrator: 'lead', 'Anh Ba': 'lead', 'Chị Lan': 'second' })
    expect(partsBy(turns, WOMAN_AND_MAN)).toEqual({ narrator: 'lead', 'Anh Ba': 'second', 'Chị Lan': 'lead' })
  })

  test('who talk with each other differ, even two women', () => {
    for (const voices of [TWO_VOICES, MAN_AND_WOMAN, WOMAN_AND_MAN]) {
      const parts = partsBy(['narrator', 'Bà Tư', 'Chị Lan', 'Bà Tư'], voices)
      expect(parts['Bà Tư']).not.toBe(parts['Chị Lan'])
    }
  })

  test('of three who all talk with each other, those two differ who do it most', () => {
    const talk = ['Bà Tư', 'Chị Lan', 'Chị Lan', 'Cô Hoa', 'Bà Tư', 'Chị Lan', 'Bà Tư', 'Chị Lan', 'Cô Hoa', 'Bà Tư']
    const parts = partsBy(talk, MAN_AND_WOMAN)
    expect(parts['Bà Tư']).not.toBe(parts['Chị Lan'])
  })

  test('are told apart from the narrator who introduces them, when nothing else decides', () => {
    expect(partsBy(['narrator', 'Tư', 'Lan', 'Tư', 'Lan'])).toEqual({ narrator: 'lead', Tư: 'second', Lan: 'lead' })
  })

  test('keep their voices when the script goes on', () => {
    const turns = ['narrator', 'Bà Tư', 'Anh Ba', 'Bà Tư', 'Chị Lan', 'Bà Tư']
    const before = partsBy(turns, MAN_AND_WOMAN)
    expect(partsBy([...turns, 'narrator', 'Bà Tư', 'Anh Ba'], MAN_AND_WOMAN)).toMatchObject(before)
  })
})

describe('in any script', () => {
  const ROLES = ['narrator', 'question', 'answer']
  const names = ['Bà Tư', 'Anh Ba', 'Chị Lan', 'Ông Sáu', 'Cán bộ', 'Em Hoa']
  const voices = fc.constantFrom(TWO_VOICES, MAN_AND_WOMAN, WOMAN_AND_MAN)
  const turnsOf = (...speakers: readonly string[]) => fc.array(fc.constantFrom(...speakers), { maxLength: 40 })

  test('everybody keeps one voice, and the roles have theirs wherever there are two', () => {
    fc.assert(
      fc.property(turnsOf(...ROLES, ...names), voices, (turns, of) => {
        const parts = partsBy(turns, of)
        const all = new Set(Object.values(parts))
        expect(all.has('lead') || turns.length === 0).toBe(true)
        if (!all.has('second')) return
        expect(parts).toMatchObject({
          ...(turns.includes('narrator') ? { narrator: 'lead' } : {}),
          ...(turns.includes('question') ? { question: 'second' } : {}),
          ...(turns.includes('answer') ? { answer: 'lead' } : {}),
        })
      }),
    )
  })

  test('all who talk with each other differ, if that can be', () => {
    const sides: readonly (readonly string[])[] = [names.slice(0, 3), names.slice(3)]
    const exchange = fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 2 }), fc.boolean())
    fc.assert(
      fc.property(fc.array(exchange, { minLength: 1, maxLength: 30 }), voices, (exchanges, of) => {
        // Each side answers the other, however the scenes are mixed.
        const turns = exchanges.flatMap(([a, b, isNarrated]) => [
          ...(isNarrated ? ['narrator'] : []),
          sides[0]?.[a] ?? '',
          sides[1]?.[b] ?? '',
        ])
        const parts = partsBy(turns, of)
        const talking = turns.filter((turn) => turn !== 'narrator')
        for (const [index, turn] of talking.entries()) {
          const next = talking[index + 1]
          if (next !== undefined && next !== turn) expect(parts[turn]).not.toBe(parts[next])
        }
      }),
    )
  })

  test('at least every other exchange is between two voices', () => {
    fc.assert(
      fc.property(turnsOf(...names), voices, (turns, of) => {
        const parts = partsBy(turns, of)
        const exchanges = turns.flatMap((turn, index) => {
          const next = turns[index + 1]
          return next === undefined || next === turn ? [] : [parts[turn] !== parts[next]]
        })
        expect(exchanges.filter(Boolean).length * 2).toBeGreaterThanOrEqual(exchanges.length)
      }),
    )
  })
})

test('a thousand characters are cast at once', () => {
  const turns = Array.from({ length: 6_000 }, (_, i) => `Người ${(i * i) % 2_999}`)
  const startedAt = performance.now()
  expect(cast(turns)).toHaveLength(6_000)
  expect(performance.now() - startedAt).toBeLessThan(2_000)
})

test.each<[string, Sex | null]>([
  ['Bà Tư', 'female'],
  ['CHỊ LAN', 'female'],
  ['Mẹ', 'female'],
  ['Cô giáo', 'female'],
  ['Bác gái', 'female'],
  ['Cán bộ nữ', 'female'],
  ['Nữ 1', 'female'],
  ['Ông Sáu', 'male'],
  ['Anh Nữ', 'male'],
  ['Chị Nam', 'female'],
  ['Chú Ba', 'male'],
  ['Ba', 'male'],
  ['Cháu trai', 'male'],
  ['Nam 2', 'male'],
  ['Ba Hương', null],
  ['Bác sĩ', null],
  ['Bác Hai', null],
  ['Trưởng thôn', null],
  ['Lan', null],
  ['Anhh', null],
  ['Công an', null],
])('%s is %s', (name, sex) => {
  expect(sexOfName(name)).toBe(sex)
})
