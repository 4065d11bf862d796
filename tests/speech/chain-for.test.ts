import fc from 'fast-check'
import { expect, test } from 'vitest'
import { absentBefore, chainFor } from '../../controller/speech/chain-for.ts'
import { engineName, engineNames } from '../../controller/speech/engine-name.ts'
import type { Speech, SpeechChain } from '../../controller/speech/speech.ts'
import { toneSpeech } from '../support/tone-speech.ts'

const engine = (name: string): Speech => ({ ...toneSpeech, engine: `${name}/1@155wpm` })
const [google, sherpa, native, wasm] = [
  engine('google'),
  engine('sherpa'),
  engine('espeak-ng'),
  engine('espeak-ng-wasm'),
]
const HERE: SpeechChain = [google, sherpa, native]
const namesOf = (chain: SpeechChain): string[] => chain.map((speech) => engineName(speech.engine))

test.each<[string[], string[]]>([
  [[], ['google', 'sherpa', 'espeak-ng']],
  [['sherpa'], ['sherpa']],
  [
    ['espeak-ng', 'google'],
    ['espeak-ng', 'google'],
  ],
  [['azure', 'sherpa'], ['sherpa']],
  [['azure'], ['google', 'sherpa', 'espeak-ng']],
])('a station that names %j is spoken for by %j', (names, expected) => {
  expect(namesOf(chainFor(HERE, names))).toEqual(expected)
})

test('eSpeak NG is one choice, whichever program speaks it', () => {
  expect(chainFor([google, wasm], ['espeak-ng'])).toEqual([wasm])
  expect(chainFor([wasm, google, native], ['espeak-ng'])).toEqual([wasm, native])
  expect(engineNames([wasm, google, native])).toEqual(['espeak-ng', 'google'])
})

test.each<[string[], Speech, string[]]>([
  [['azure', 'sherpa'], sherpa, ['azure']],
  [['sherpa', 'azure'], sherpa, []],
  [['azure', 'sherpa', 'polly', 'google'], google, ['azure', 'polly']],
  [['azure', 'polly'], google, ['azure', 'polly']],
  [[], google, []],
])('of %j, when $engine has spoken, %j should have spoken before and are not here', (names, speaker, absent) => {
  expect(absentBefore(HERE, names, speaker.engine)).toEqual(absent.map((name) => ({ engine: name, reason: 'missing' })))
})

test('whatever is here and whatever is named, somebody speaks, nobody twice, and nobody unasked while one who was asked is here', () => {
  const KINDS = ['google', 'sherpa', 'espeak-ng', 'espeak-ng-wasm', 'azure', 'polly']
  const installed = fc.uniqueArray(fc.constantFrom(...KINDS), { minLength: 1 })
  const named = fc.uniqueArray(fc.constantFrom(...KINDS.map(engineName)))
  fc.assert(
    fc.property(installed, named, (kinds, names) => {
      const [first = google, ...others] = kinds.map(engine)
      const chain: SpeechChain = [first, ...others]
      const chosen = chainFor(chain, names)
      expect(chosen.length).toBeGreaterThan(0)
      expect(new Set(chosen).size).toBe(chosen.length)
      const wanted = names.filter((name) => namesOf(chain).includes(name))
      if (wanted.length === 0) expect(chosen).toEqual(chain)
      else expect([...new Set(namesOf(chosen))]).toEqual(wanted)
    }),
  )
})
