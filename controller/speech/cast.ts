import { sexOfName } from './sex-of-name.ts'
import type { Sex, VoicePart, Voices } from './speech.ts'

/** Whoever is not here is a character of a skit. */
const ROLES: ReadonlyMap<string, VoicePart> = new Map([
  ['narrator', 'lead'],
  ['question', 'second'],
  ['answer', 'lead'],
])

/**
 * Gives each utterance of a script to one of an engine's voices, by whose turn it is. Questions are asked by the second
 * voice and answered by the lead; a character keeps one voice for the whole script, another than whoever they talk with
 * most. Where nobody talks with anybody there is only the lead.
 */
export function castScript<T extends { readonly turn: string }>(
  utterances: readonly T[],
  voices: Voices,
): (T & { readonly part: VoicePart })[] {
  const turns = utterances.map(({ turn }) => turn)
  const characters = castCharacters(
    turns.filter((turn) => !ROLES.has(turn)),
    voices,
  )
  const partOf = (turn: string): VoicePart => ROLES.get(turn) ?? characters.get(turn) ?? 'lead'
  const isConversation = voices.lead.name !== voices.second.name && turns.some((turn) => partOf(turn) === 'lead')
  return utterances.map((utterance) => ({ ...utterance, part: isConversation ? partOf(utterance.turn) : 'lead' }))
}

/** The characters' parts; `speaking` names who speaks each of their utterances. */
function castCharacters(speaking: readonly string[], voices: Voices): ReadonlyMap<string, VoicePart> {
  const names = [...new Set(speaking)]
  const sides = sidesOf(names, speaking)
  const isFirstSecond = votesOf(speaking, (name) => sides.get(name) === 'first', voices) >= 0
  return new Map(names.map((name) => [name, (sides.get(name) === 'first') === isFirstSecond ? 'second' : 'lead']))
}

type Side = 'first' | 'other'

/**
 * Parts the characters in two, with the first to speak on the `first` side. Again and again the one who talks most with
 * those who have a side gets the side of fewer of these exchanges: if all who talk can be told apart, they are.
 */
function sidesOf(names: readonly string[], speaking: readonly string[]): ReadonlyMap<string, Side> {
  const sides = new Map<string, Side>()
  const exchanges = exchangesOf(speaking)
  const waiting = new Map(names.map((name): [string, Tally] => [name, { name, talk: 0, withFirst: 0 }]))
  while (waiting.size > 0) {
    const { name, talk, withFirst } = mostTalking(waiting)
    const side = withFirst * 2 > talk ? 'other' : 'first'
    sides.set(name, side)
    waiting.delete(name)
    for (const [partner, times] of exchanges.get(name) ?? []) {
      const tally = waiting.get(partner)
      if (!tally) continue
      tally.talk += times
      if (side === 'first') tally.withFirst += times
    }
  }
  return sides
}

interface Tally {
  readonly name: string
  /** Exchanges with those who have a side, and those of them on the first. */
  talk: number
  withFirst: number
}

/** Of equals the one who speaks first. */
function mostTalking(waiting: ReadonlyMap<string, Tally>): Tally {
  let most: Tally = { name: '', talk: -1, withFirst: 0 }
  for (const tally of waiting.values()) if (tally.talk > most.talk) most = tally
  return most
}

/** How often each speaks right before or after each other one, whatever a narrator says in between. */
function exchangesOf(speaking: readonly string[]): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const exchanges = new Map<string, Map<string, number>>()
  const count = (from: string, to: string): void => {
    const partners = exchanges.get(from) ?? new Map<string, number>()
    exchanges.set(from, partners.set(to, (partners.get(to) ?? 0) + 1))
  }
  for (const [index, name] of speaking.entries()) {
    const before = speaking[index - 1]
    if (before === undefined || before === name) continue
    count(before, name)
    count(name, before)
  }
  return exchanges
}

/** How many more utterances are spoken by a voice of their speaker's sex when the first side is the second voice. */
function votesOf(speaking: readonly string[], isFirst: (name: string) => boolean, { lead, second }: Voices): number {
  if (!lead.sex || !second.sex || lead.sex === second.sex) return 0
  const vote = (sex: Sex | null, first: boolean): number => (sex === null ? 0 : (sex === second.sex) === first ? 1 : -1)
  return speaking.reduce((votes, name) => votes + vote(sexOfName(name), isFirst(name)), 0)
}
