import { describe, expect, test } from 'vitest'
import type { CancelledBy } from '#protocol/http/broadcasts.ts'
import { BroadcastId, ProgrammeId } from '#protocol/ids.ts'
import type { SessionFacts, WhyFacts } from '../../controller/broadcasts/why/facts.ts'
import type { StoredProgramme } from '../../controller/programmes/programmes.store.ts'
import type { Bar } from '../../controller/programmes/session/validity.ts'
import {
  AREA,
  answer,
  CLUSTER,
  cluster,
  DAY,
  deliveryOf,
  factsOf,
  item,
  MINUTE,
  programmeOf,
  SET_BY,
  START,
  sessionOf,
} from './why-facts.ts'

const change = (kind: 'exception' | 'end' | 'series', date: string | null = null) => ({
  id: 'chg_1',
  programmeId: programmeOf().id,
  kind,
  date,
  by: 'u',
  byName: SET_BY.name,
  at: SET_BY.at,
})
const other = (set: Partial<SessionFacts>, broadcast: Partial<SessionFacts['broadcast']>): SessionFacts =>
  sessionOf(
    { ...set, programme: programmeOf({ id: ProgrammeId.parse('prg_b'), name: 'Ưu tiên' }) },
    { id: BroadcastId.parse('brd_b'), level: 'priority-commune', ...broadcast },
  )
const without = (set: Partial<StoredProgramme>, facts: Partial<WhyFacts> = {}) =>
  factsOf({ programmes: [programmeOf(set)], ...facts })
const barred = (bar: Bar) => new Map([['prg_a@2026-11-24', { bar, endAt: START }]])
const past = { now: START + DAY }
const during = { now: START + 2 * MINUTE }
const ended = (set: Partial<NonNullable<SessionFacts['delivery']>>, broadcast = {}) =>
  factsOf({ ...past, sessions: [sessionOf({ delivery: deliveryOf(set) }, broadcast)] })
const calledOff = (cancelledBy: CancelledBy, set: Partial<SessionFacts> = {}, facts: Partial<WhyFacts> = {}) =>
  factsOf({
    sessions: [
      sessionOf(
        { delivery: deliveryOf({ state: 'missed', reason: 'cancelled-here' }), ...set },
        { status: 'cancelled', cancelledBy, cancelledByName: SET_BY.name, cancelledAt: SET_BY.at },
      ),
    ],
    ...facts,
  })

describe('one sentence says why', () => {
  test.each<[kind: string, facts: WhyFacts, ...said: string[]]>([
    [
      'played',
      ended({ state: 'played', startedAt: START + 20, startErrorMs: 20, playedMs: 600_000 }),
      'đã phát trọn buổi “Sáng” lúc 05:30 ngày 24/11/2026',
    ],
    [
      'played',
      ended({ state: 'played', startedAt: START + 20, playedMs: 600_000 }, { status: 'cancelled' }),
      'dù buổi này đã được hủy',
    ],
    [
      'played',
      ended({ state: 'played', startedAt: START - 3_600_000, startErrorMs: -3_600_000, playedMs: 600_000 }),
      'theo kế hoạch cũ vào lúc 04:30',
    ],
    [
      'late',
      ended({ state: 'late', startedAt: START + 125_000, startErrorMs: 125_000, playedMs: 600_000 }),
      'trọn',
      'muộn 2 phút 5 giây',
    ],
    [
      'partial',
      ended({ state: 'partial', startedAt: START, playedMs: 90_000 }),
      'không trọn: phát được 1 phút 30 giây trong 10 phút',
    ],
    [
      'interrupted',
      ended({ state: 'interrupted', reason: 'power-lost', startedAt: START }),
      'mất điện',
      'không rõ đã phát được bao lâu',
    ],
    [
      'interrupted',
      factsOf({
        ...past,
        sessions: [
          sessionOf({
            delivery: deliveryOf({ state: 'interrupted', reason: 'higher-level', startedAt: START, playedMs: 60_000 }),
          }),
          other(
            { delivery: deliveryOf({ state: 'played', startedAt: START + 60_000, playedMs: 600_000 }) },
            { startAt: START + 60_000 },
          ),
        ],
      }),
      'nhường nội dung có mức ưu tiên cao hơn (buổi “Ưu tiên”)',
    ],
    ['missed', ended({ state: 'missed', reason: 'audio-missing' }), 'chưa tải đủ âm thanh'],
    ['missed', ended({ state: 'missed', reason: null }), 'không nói rõ lý do'],
    ['refused', ended({ state: 'refused', reason: 'quiet-hours' }), 'từ chối', 'giờ yên tĩnh'],
    ['unknown', ended({ state: 'unknown', reason: 'no-journal' }), 'không được tính là đã phát'],
    [
      'playing',
      factsOf({ ...during, sessions: [sessionOf({ delivery: deliveryOf({ state: 'playing', startedAt: START }) })] }),
      'đang phát',
    ],
    [
      'unreported',
      factsOf({ ...past, sessions: [sessionOf({ delivery: deliveryOf({ state: 'playing', startedAt: START }) })] }),
      'chưa báo về',
    ],
    [
      'unreported',
      factsOf({ ...during, sessions: [sessionOf({ delivery: deliveryOf({ state: 'armed' }) })] }),
      'chưa báo về',
    ],
    [
      'paused',
      factsOf({
        ...during,
        sessions: [
          sessionOf({ delivery: deliveryOf({ state: 'playing', startedAt: START }) }),
          other({ delivery: deliveryOf({ state: 'playing', startedAt: START + 60_000 }) }, { startAt: START + 60_000 }),
        ],
        at: START,
      }),
      'tạm dừng',
      'nhường buổi “Ưu tiên”',
    ],
    [
      'waiting',
      factsOf({
        ...during,
        sessions: [
          sessionOf(),
          other({ delivery: deliveryOf({ state: 'playing', startedAt: START + 60_000 }) }, { startAt: START + 60_000 }),
        ],
      }),
      'chờ buổi “Ưu tiên”',
    ],
    ['will-play', factsOf({ sessions: [sessionOf()] }), 'sẽ phát'],
    [
      'will-play',
      factsOf({ sessions: [sessionOf()], cluster: { ...cluster, armed: new Map([['brd_a', 'clock-bad']]) } }),
      'đồng hồ đang sai',
    ],
    [
      'will-play',
      factsOf({
        sessions: [sessionOf({ delivery: deliveryOf({ state: 'armed' }) })],
        cluster: { ...cluster, presence: 'offline', plan: { ...cluster.plan, held: 2 } },
      }),
      'đang mất kết nối nhưng đã giữ kế hoạch',
    ],
    [
      'will-wait',
      factsOf({
        sessions: [
          sessionOf(),
          other({}, { startAt: START - 60_000, endAt: START + 60_000, items: [{ ...item, ms: 120_000 }] }),
        ],
        at: START + 2 * MINUTE,
      }),
      'muộn khoảng 1 phút',
      '“Ưu tiên”',
    ],
    [
      'will-pause',
      factsOf({
        sessions: [
          sessionOf(),
          other({}, { startAt: START + 60_000, endAt: START + 120_000, items: [{ ...item, ms: 60_000 }] }),
        ],
      }),
      'tạm dừng để nhường buổi “Ưu tiên” rồi phát tiếp',
    ],
    [
      'will-be-cut',
      factsOf({ sessions: [sessionOf(), other({}, { startAt: START + 60_000 })] }),
      'bị ngắt',
      '“Ưu tiên”',
    ],
    [
      'will-not-sound',
      factsOf({ sessions: [sessionOf(), other({}, { startAt: START - 60_000, endAt: START - 50_000 })] }),
      'sẽ không phát',
      '“Ưu tiên”',
    ],
    ['no-sound-yet', factsOf({ sessions: [sessionOf({}, { items: [], endAt: START })] }), 'chưa có âm thanh'],
    [
      'no-room',
      factsOf({
        sessions: [
          sessionOf({}, { items: [], endAt: START, dropped: [{ bulletinId: null, title: 'Thời sự', ms: 3_600_000 }] }),
        ],
      }),
      'không nội dung nào vừa thời lượng',
    ],
    [
      'quiet-hours',
      factsOf({
        sessions: [sessionOf({ delivery: deliveryOf({ state: 'missed', reason: 'cancelled-here' }) })],
        quietHours: { from: '22:00', to: '06:30' },
      }),
      '22:00–06:30',
    ],
    [
      'plan-full',
      factsOf({ sessions: [sessionOf()], cluster: { ...cluster, plan: { ...cluster.plan, sessions: new Set() } } }),
      'lịch quá dày',
    ],
    [
      'plan-not-held',
      factsOf({ sessions: [sessionOf()], cluster: { ...cluster, plan: { ...cluster.plan, held: 2 } } }),
      'chưa nhận bản kế hoạch mới nhất',
    ],
    [
      'offline',
      factsOf({
        sessions: [sessionOf()],
        cluster: { ...cluster, presence: 'offline', plan: { ...cluster.plan, held: 2 } },
      }),
      'mất kết nối',
      '05:30 ngày 23/11/2026',
    ],
    [
      'offline',
      factsOf({
        sessions: [sessionOf()],
        cluster: { ...cluster, presence: 'never', lastSeenAt: null, plan: { ...cluster.plan, held: 0 } },
      }),
      'chưa kết nối lần nào',
    ],
    ['called-off', calledOff('person'), 'đã được hủy (Anh Ba, lúc 08:05 ngày 22/11/2026)'],
    [
      'withdrawn',
      calledOff('withdrawal', { fallen: [{ title: 'Luật Đất đai', withdrawnBy: SET_BY }] }),
      '“Luật Đất đai” đã bị thu hồi (Anh Ba',
    ],
    [
      'expired',
      calledOff('expiry', { fallen: [{ title: 'Nghỉ Tết', withdrawnBy: null }] }),
      '“Nghỉ Tết” đã hết hiệu lực',
    ],
    ['nothing-accepted', calledOff('emptiness'), 'không có bản tin nào được tiếp nhận'],
    ['limits', calledOff('limits'), 'vượt giới hạn phát của đài'],
    ['quiet-hours', calledOff('quiet-hours'), '22:00–05:00'],
    [
      'silence',
      calledOff(
        'silence',
        {},
        { silences: [{ from: START - 1, until: START + 1, clusters: 'all', reason: 'Quốc tang', setBy: SET_BY }] },
      ),
      '“Quốc tang” (Anh Ba',
    ],
    [
      'skipped',
      calledOff('planner', { programme: programmeOf({ exceptions: [{ date: '2026-11-24', kind: 'skip' }] }) }),
      'bỏ qua',
    ],
    [
      'programme-ended',
      calledOff('planner', { programme: programmeOf({ status: 'ended' }) }, { changes: [change('end')] }),
      'kết thúc (Anh Ba',
    ],
    ['replanned', calledOff('planner'), 'lịch phát thay đổi'],
    [
      'excluded',
      factsOf({
        sessions: [
          sessionOf({
            delivery: null,
            programme: programmeOf({ targets: { areas: [AREA], clusters: [], exclude: [CLUSTER] } }),
          }),
        ],
      }),
      'loại trừ (Chị Lan',
    ],
    [
      'not-targeted',
      factsOf({
        sessions: [
          sessionOf({ delivery: null, programme: programmeOf({ targets: { areas: [], clusters: [], exclude: [] } }) }),
        ],
        changes: [change('series')],
      }),
      'nơi nghe đã chọn (Anh Ba',
    ],
    [
      'not-enrolled',
      factsOf({
        ...past,
        sessions: [sessionOf({ delivery: null })],
        cluster: { ...cluster, enrolledAt: START + 60_000 },
      }),
      'đăng ký sau đó, lúc 05:31',
    ],
    [
      'silence',
      factsOf({
        sessions: [sessionOf({ delivery: deliveryOf({ state: 'missed', reason: 'cancelled-here' }) })],
        silences: [{ from: START, until: START + DAY, clusters: [CLUSTER], reason: 'Tang lễ', setBy: SET_BY }],
      }),
      '“Tang lễ” (Anh Ba',
    ],
    [
      'over',
      factsOf({
        at: START + 20 * MINUTE,
        ...past,
        sessions: [sessionOf({ delivery: deliveryOf({ state: 'played', startedAt: START, playedMs: 600_000 }) })],
      }),
      'kết thúc lúc 05:40',
    ],
    // People ask by the minute.
    ['will-play', factsOf({ sessions: [sessionOf({}, { startAt: START + 15_000 })] }), 'sẽ phát'],
    ['skipped', without({ startTime: '05:30:15', exceptions: [{ date: '2026-11-24', kind: 'skip' }] }), 'bỏ qua'],
    ['not-planned', without({ startTime: '05:30:15' }), 'chờ được lập kế hoạch'],
    ['beyond-plan', factsOf({ now: START - 10 * DAY }), 'lập kế hoạch từ ngày 17/11/2026'],
    ['within-lead', without({ updatedAt: START - 30_000 }, past), 'sửa lúc 05:29', '1 phút'],
    ['not-planned', factsOf(past), 'không được lập kế hoạch'],
    ['not-planned', factsOf(), 'đang chờ được lập kế hoạch'],
    ['nothing-accepted', factsOf({ asked: barred('emptiness') }), 'không có bản tin nào'],
    ['limits', factsOf({ asked: barred('limits') }), 'vượt giới hạn phát của đài'],
    ['quiet-hours', without({ startTime: '04:30' }, { at: START - 60 * MINUTE }), 'giờ yên tĩnh'],
    [
      'skipped',
      without(
        { exceptions: [{ date: '2026-11-24', kind: 'skip', reason: 'Sửa loa' }] },
        { changes: [change('exception', '2026-11-24')] },
      ),
      '(Anh Ba, lúc 08:05 ngày 22/11/2026), lý do: Sửa loa',
    ],
    [
      'moved-away',
      without({ exceptions: [{ date: '2026-11-24', kind: 'move', to: { time: '17:00' } }] }),
      'dời sang 17:00 ngày 24/11/2026',
    ],
    [
      'moved-away',
      without({ exceptions: [{ date: '2026-11-24', kind: 'move', to: { date: '2026-11-26' } }] }),
      '05:30 ngày 26/11/2026',
    ],
    // What comes here from another day does not hide that its own day was skipped.
    [
      'skipped',
      without({
        exceptions: [
          { date: '2026-11-24', kind: 'skip' },
          { date: '2026-11-25', kind: 'move', to: { date: '2026-11-24', time: '09:00' } },
        ],
      }),
      'bỏ qua',
    ],
    ['before-start', without({ startsOn: '2026-12-01' }), 'từ ngày 01/12/2026'],
    ['after-end', without({ until: '2026-11-10' }), 'hết ngày 10/11/2026'],
    ['not-in-rule', without({ repeat: { kind: 'rrule', rrule: 'FREQ=WEEKLY;BYDAY=MO' } }), 'không phải là ngày phát'],
    ['out-of-season', without({ season: { from: '05-01', to: '08-31' } }), 'từ 01/05 đến 31/08'],
    ['holiday', without({ holidays: 'skip' }), 'Ngày Văn hóa Việt Nam'],
    ['not-a-holiday', without({ holidays: 'only' }, { at: START + DAY }), 'chỉ phát vào ngày nghỉ lễ'],
    [
      'silence',
      factsOf({
        silences: [{ from: START, until: START + DAY, clusters: 'all', reason: 'Tết Nguyên đán', setBy: SET_BY }],
      }),
      '“Tết Nguyên đán”',
    ],
    ['programme-ended', without({ status: 'ended' }), 'đã được kết thúc'],
    [
      'no-programme',
      factsOf({ at: START + 180 * MINUTE }),
      'Không có chương trình nào',
      'kế tiếp là “Sáng” lúc 05:30 ngày 25/11/2026',
    ],
    ['no-programme', factsOf({ at: START - 180 * MINUTE, programmes: [] }), 'trong giờ yên tĩnh'],
  ])('%s', (kind, facts, ...said) => {
    const [found, sentence] = answer(facts)
    expect({ kind: found, sentence }).toMatchObject({ kind })
    for (const part of said) expect(sentence).toContain(part)
  })
})
