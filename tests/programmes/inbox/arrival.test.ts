import { expect, test } from 'vitest'
import { type Arriving, rearrival, waitingFrom } from '../../../controller/programmes/inbox/arrival.ts'

const NOW = 1_000_000
const ARRIVING: Arriving = { class: 'ordinary', now: NOW, deadlineMs: { ordinary: 300, priority: 100 } }

test('a new version changes no decision that is still open, and asks anew where it is over', () => {
  const known = { state: 'placed', class: 'ordinary', isOwn: 0, deadlineAt: 5 } as const
  const urgent: Arriving = { ...ARRIVING, class: 'priority' }
  expect(rearrival(known, ARRIVING)).toBeNull()
  expect(rearrival(known, urgent)).toEqual({ class: 'priority', isUrgent: 0 })
  expect(rearrival({ ...known, state: 'postponed' }, urgent)).toMatchObject({
    state: 'waiting',
    deadlineAt: NOW + 100,
  })
  for (const state of ['declined', 'aired', 'withdrawn', 'expired'] as const) {
    expect(rearrival({ ...known, state }, ARRIVING)).toEqual(waitingFrom(ARRIVING))
    expect(rearrival({ ...known, state, isOwn: 1 }, ARRIVING)).toBeNull()
  }
})
