import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { previewOf } from '../../controller/speech/preview.ts'
import {
  nextPreview,
  type PreviewEvent,
  type PreviewState,
  patienceMs,
  startPreview,
} from '../../dashboard/src/features/speech/preview-state.ts'
import { NOTHING_READ, readingOf } from '../../dashboard/src/features/speech/reading.ts'
import { followRange, toFieldOffset } from '../../dashboard/src/lib/follow-range.ts'
import { inSlices } from '../../dashboard/src/lib/in-slices.ts'
import { TWO_VOICES } from '../support/voices.ts'

const readingFor = (script: string) => readingOf(previewOf(script, {}, TWO_VOICES), NOTHING_READ)
const typed = (script: string, areaCode: string | null = null): PreviewEvent => ({
  kind: 'wanted',
  input: { script, areaCode },
})
const answered = (turn: number, script: string): PreviewEvent => ({
  kind: 'answered',
  turn,
  reading: readingFor(script),
})
const given = (state: PreviewState, ...events: PreviewEvent[]): PreviewState => events.reduce(nextPreview, state)
const blank = startPreview({ script: '', areaCode: null })

describe('the reading keeps up with the script', () => {
  test('what stands there when the page opens is asked for at once', () => {
    expect(startPreview({ script: 'VP xã.', areaCode: null }).phase).toBe('asking')
    expect(blank.phase).toBe('resting')
  })

  test('typing waits for a pause, and each key begins the wait anew', () => {
    const first = given(blank, typed('V'))
    expect(first.phase).toBe('waiting')
    const second = given(first, typed('VP'))
    expect(given(second, { kind: 'settled', turn: first.turn }).phase).toBe('waiting')
    expect(given(second, { kind: 'settled', turn: second.turn })).toMatchObject({
      phase: 'asking',
      wanted: { script: 'VP' },
    })
  })

  test('choosing an area asks at once', () => {
    const asking = given(blank, typed('VP'), typed('VP', '00004'))
    expect(asking).toMatchObject({ phase: 'asking', wanted: { script: 'VP', areaCode: '00004' } })
  })

  test('the last reading stays while the next is on its way', () => {
    const shown = given(startPreview({ script: 'Một.', areaCode: null }), answered(0, 'Một.'))
    const asking = given(shown, typed('Một. Hai.'), { kind: 'settled', turn: 1 })
    expect(asking.phase).toBe('asking')
    expect(asking.shown).toBe(shown.shown)
    expect(given(asking, answered(1, 'Một. Hai.')).shown?.script).toBe('Một. Hai.')
  })

  test('an answer to what is no longer wanted is dropped, and so is its failure', () => {
    const state = given(startPreview({ script: 'Một.', areaCode: null }), typed('Hai.'))
    expect(given(state, answered(0, 'Một.'))).toBe(state)
    expect(given(state, { kind: 'failed', turn: 0, error: new Error('late') })).toBe(state)
  })

  test('a failure keeps the last reading, and asking again forgets it', () => {
    const shown = given(startPreview({ script: 'Một.', areaCode: null }), answered(0, 'Một.'))
    const failed = given(shown, { kind: 'again' }, { kind: 'failed', turn: 1, error: 'no' })
    expect(failed).toMatchObject({ phase: 'resting', failure: 'no' })
    expect(failed.shown).toBe(shown.shown)
    expect(given(failed, { kind: 'again' })).toMatchObject({ phase: 'asking', failure: null })
  })

  test('an emptied script has no reading and asks nothing', () => {
    const shown = given(startPreview({ script: 'Một.', areaCode: null }), answered(0, 'Một.'))
    expect(given(shown, typed('  '))).toMatchObject({ phase: 'resting', shown: null })
    expect(given(blank, { kind: 'again' })).toBe(blank)
  })

  test('in whatever order things happen, only what is wanted is ever shown', () => {
    const script = fc.constantFrom('', 'Một.', 'Hai.', 'Ba.')
    const event = fc.oneof(
      script.map((text) => ({ kind: 'typed', text }) as const),
      fc.nat(12).map((turn) => ({ kind: 'settled', turn }) as const),
      fc.nat(12).map((turn) => ({ kind: 'answered', turn }) as const),
      fc.nat(12).map((turn) => ({ kind: 'failed', turn, error: 'no' }) as const),
      fc.constant({ kind: 'again' } as const),
    )
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        let state = blank
        const asked = new Map<number, string>()
        for (const each of events) {
          const before = state
          if (each.kind === 'typed') state = nextPreview(state, typed(each.text))
          else if (each.kind === 'answered') state = nextPreview(state, answered(each.turn, asked.get(each.turn) ?? ''))
          else state = nextPreview(state, each)
          asked.set(state.turn, state.wanted.script)
          expect(state.turn).toBeGreaterThanOrEqual(before.turn)
          if (state.shown && state.shown !== before.shown) expect(state.shown.script).toBe(state.wanted.script)
          if (state.phase !== 'resting') expect(state.wanted.script).not.toBe('')
        }
      }),
    )
  })
})

test('a longer script is asked about less often, but never seldom', () => {
  expect(patienceMs(0)).toBeLessThan(patienceMs(20_000))
  expect(patienceMs(100_000)).toBe(1_500)
})

describe('a place of a script that was typed on', () => {
  const place = (script: string, word: string) => {
    const start = script.indexOf(word)
    return { start, end: start + word.length }
  }

  test('moves with what is typed before it, and not with what is typed after', () => {
    const before = 'Nay VP xã họp.'
    expect(followRange(before, 'Hôm nay VP xã họp.', place(before, 'xã'))).toEqual(place('Hôm nay VP xã họp.', 'xã'))
    expect(followRange(before, 'Nay VP xã họp sớm.', place(before, 'VP'))).toEqual(place(before, 'VP'))
  })

  test('is gone when it was touched', () => {
    expect(followRange('Nay VP họp.', 'Nay VPA họp.', { start: 4, end: 6 })).toEqual({ start: 4, end: 6 })
    expect(followRange('Nay VP họp.', 'Nay V họp.', { start: 4, end: 6 })).toBeNull()
  })

  test('still holds the same words, wherever the edit was', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' '), maxLength: 12 })
    fc.assert(
      fc.property(text, text, text, text, text, (head, word, tail, cut, put) => {
        const before = head + word + tail
        const range = { start: head.length, end: head.length + word.length }
        for (const after of [head.replace(cut, put) + word + tail, head + word + tail.replace(cut, put)]) {
          const found = followRange(before, after, range)
          if (found) expect(after.slice(found.start, found.end)).toBe(word)
        }
      }),
    )
  })
})

test('a text field counts one character where the text has two for a line end', () => {
  expect(toFieldOffset('một\r\nhai\r\nba', 10)).toBe(8)
  expect(toFieldOffset('một\nhai', 4)).toBe(4)
})

describe('long work in slices', () => {
  function* count(until: number): Generator<void, number> {
    for (let n = 0; n < until; n++) yield
    return until
  }

  test('comes to its end', async () => {
    expect(await inSlices(count(5), new AbortController().signal)).toBe(5)
  })

  test('gives way before it is done, and stops when nobody wants it any more', async () => {
    const stop = new AbortController()
    const work = inSlices(count(Number.POSITIVE_INFINITY), stop.signal)
    setTimeout(() => stop.abort(new Error('unwanted')))
    await expect(work).rejects.toThrow('unwanted')
  })
})
