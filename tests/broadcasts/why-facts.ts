import { BroadcastId, ProgrammeId } from '#protocol/ids.ts'
import { explainMoment } from '../../controller/broadcasts/why/explain-moment.ts'
import type { SessionFacts, WhyFacts } from '../../controller/broadcasts/why/facts.ts'
import { wordsOf } from '../../controller/broadcasts/why/words.ts'
import type { StoredProgramme } from '../../controller/programmes/programmes.store.ts'
import type { AiringItem } from '../../controller/programmes/session/airing-item.ts'
import { audioOf, broadcastOf, newIds } from '../db/rows.ts'

export const MINUTE = 60_000
export const DAY = 1_440 * MINUTE
export const AREA = '31813'
/** Tuesday 24 November 2026, a holiday, 05:30 in Việt Nam. */
export const START = Date.UTC(2026, 10, 23, 22, 30)
export const CLUSTER = newIds.cluster()

export const item: AiringItem = {
  kind: 'bulletin',
  bulletinId: newIds.bulletin(),
  versionId: newIds.version(),
  versionNumber: 1,
  title: 'Bản tin',
  language: 'vi',
  sha256: audioOf('a').sha256,
  bytes: 1,
  codec: 'mp3',
  ms: 10 * MINUTE,
}
export const programmeOf = (set: Partial<StoredProgramme> = {}): StoredProgramme => ({
  id: ProgrammeId.parse('prg_a'),
  areaCode: AREA,
  name: 'Sáng',
  startsOn: '2026-11-01',
  startTime: '05:30',
  repeat: { kind: 'rrule', rrule: 'FREQ=DAILY' },
  holidays: 'as-usual',
  exceptions: [],
  key: null,
  revision: 1,
  maxMinutes: 30,
  targets: { areas: [AREA], clusters: [], exclude: [] },
  rundown: [{ kind: 'inbox' }],
  status: 'active',
  createdBy: 'u',
  createdByName: 'Chị Lan',
  createdAt: 1,
  updatedAt: 1,
  ...set,
})
export const deliveryOf = (set: Partial<NonNullable<SessionFacts['delivery']>> = {}) => ({
  state: 'planned' as const,
  reason: null,
  startedAt: null,
  startErrorMs: null,
  playedMs: null,
  audible: null,
  ...set,
})
export const sessionOf = (
  set: Partial<SessionFacts> = {},
  broadcast: Partial<SessionFacts['broadcast']> = {},
): SessionFacts => {
  const programme = set.programme ?? programmeOf()
  return {
    programme,
    broadcast: broadcastOf(programme, {
      id: BroadcastId.parse('brd_a'),
      originalDate: '2026-11-24',
      startAt: START,
      endAt: START + 10 * MINUTE,
      items: [item],
      ...broadcast,
    }),
    delivery: deliveryOf(),
    endedAt: null,
    fallen: [],
    ...set,
  }
}
export const factsOf = (set: Partial<WhyFacts> = {}): WhyFacts => ({
  at: START,
  now: START - DAY,
  timeZone: 'Asia/Ho_Chi_Minh',
  quietHours: { from: '22:00', to: '05:00' },
  holidays: [],
  silences: [],
  leadMs: 60_000,
  areaCode: AREA,
  cluster: {
    id: CLUSTER,
    name: 'Cụm 1',
    abilities: { plays: ['mp3'], made: ['mp3'], canRelay: true },
    presence: 'online',
    lastSeenAt: START - DAY,
    enrolledAt: 1,
    plan: { wanted: 3, held: 3, sessions: new Set(['brd_a']) },
    armed: new Map(),
  },
  sessions: [],
  programmes: [programmeOf()],
  asked: new Map(),
  changes: [],
  encodings: new Map(),
  ...set,
})
export const cluster = factsOf().cluster
export const SET_BY = { name: 'Anh Ba', at: Date.UTC(2026, 10, 22, 1, 5) }

export const answer = (facts: WhyFacts): [kind: string, sentence: string] => {
  const finding = explainMoment(facts)
  return [finding.kind, wordsOf(finding, facts)]
}
