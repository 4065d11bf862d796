import { expect, test } from 'vitest'
import { type AirCase, clockCases, ladderCases } from '../support/air-vectors.ts'
import { expectAsForetold } from './support/prediction.ts'
import { MINUTE } from './support/site.ts'

/** Of each case that holds for many levels one, each time others; the model is held to all of them. */
const chosen = [...new Set(ladderCases.map(({ name }) => name))].flatMap((name, i) => {
  const same = ladderCases.filter((one) => one.name === name)
  return same[(7 * i) % same.length] ?? []
})
/** A cluster knows its silences from its settings. */
const onWire = [...chosen, ...clockCases].map(({ silences, settings, ...one }) => ({
  ...one,
  settings: { ...settings, silences: [...silences] },
}))

const isMorning = ({ occurrences }: Pick<AirCase, 'occurrences'>): boolean =>
  occurrences.every(({ startAt }) => new Date(startAt).getUTCHours() === 1)
const isPlain = (one: (typeof onWire)[number]): boolean =>
  JSON.stringify([one.settings, one.circumstances]) === JSON.stringify([onWire[0]?.settings, {}]) && isMorning(one)

/** Longer than any of the cases that are played one after another. */
const APART_MS = 3 * MINUTE

test('a simulated cluster plays all cases with the usual settings, one after another', async () => {
  const plain = onWire.filter(isPlain)
  const occurrences = plain.flatMap((one, i) =>
    one.occurrences.map(({ id, startAt, ...rest }) => ({
      ...rest,
      id: `brd_${i}${id}`,
      startAt: startAt + i * APART_MS,
    })),
  )
  expect(plain.length).toBeGreaterThan(40)
  for (const { settings, circumstances } of plain.slice(0, 1))
    await expectAsForetold({ occurrences, settings, circumstances })
})

test.each(onWire.filter((one) => !isPlain(one)))('$name', async (one) => {
  const occurrences = one.occurrences.map((occurrence) => ({ ...occurrence, id: `brd_${occurrence.id}` }))
  const audioFrom = new Map([...(one.circumstances.audioFrom ?? [])].map(([id, at]) => [`brd_${id}`, at]))
  await expectAsForetold({ ...one, occurrences, circumstances: { ...one.circumstances, audioFrom } })
})
