import type { Permission } from '#protocol/http/accounts.ts'
import { bulletinInput, COMMUNE, programmeInput, tomorrow } from './support.ts'

/** What the routes are asked about, filled in before the first of them is. */
export const ids = {
  bulletin: '',
  version: '',
  programme: '',
  broadcast: '',
  cluster: '',
  asset: 'upl_0',
  exemption: '',
}

export interface Route {
  readonly route: string
  /** Null: for everybody who is signed in. */
  readonly needs: Permission | null
  readonly query?: (area: string) => string
  readonly body?: () => unknown
}

export const ROUTES: readonly Route[] = [
  { route: 'GET /api/me', needs: null },
  { route: 'GET /api/areas', needs: null },
  { route: 'GET /api/areas/{code}', needs: null },
  { route: 'GET /api/stations', needs: null },
  { route: 'GET /api/stations/{code}', needs: null },
  {
    route: 'GET /api/stations/{code}/days',
    needs: 'programmes.read',
    query: () => `?from=${tomorrow()}&to=${tomorrow(3)}`,
  },
  { route: 'PUT /api/stations/{code}', needs: 'stations.write', body: () => station },
  { route: 'GET /api/stations/{code}/calendar.ics', needs: 'programmes.read' },
  { route: 'GET /api/stations/{code}/calendar-link', needs: 'programmes.read' },
  { route: 'POST /api/stations/{code}/calendar-link', needs: 'programmes.write' },
  { route: 'POST /api/stations/{code}/calendar-link/remove', needs: 'programmes.write' },
  { route: 'GET /api/stations/{code}/programmes.yaml', needs: 'programmes.read' },
  { route: 'POST /api/invitations', needs: 'accounts.write', body: () => ({ role: 'viewer', areaCodes: [COMMUNE] }) },
  { route: 'GET /api/bulletins', needs: 'bulletins.read' },
  { route: 'POST /api/bulletins', needs: 'bulletins.write', body: bulletinInput },
  { route: 'GET /api/bulletins/{id}', needs: 'bulletins.read' },
  { route: 'GET /api/bulletins/{id}/audio', needs: 'bulletins.read' },
  { route: 'GET /api/bulletins/{id}/progress', needs: 'bulletins.read' },
  { route: 'PUT /api/bulletins/{id}', needs: 'bulletins.write', body: bulletinInput },
  { route: 'POST /api/bulletins/{id}/submit', needs: 'bulletins.write' },
  { route: 'POST /api/bulletins/{id}/approve', needs: 'bulletins.approve' },
  { route: 'POST /api/bulletins/{id}/return', needs: 'bulletins.approve', body: () => ({ reason: 'Xem lại.' }) },
  { route: 'POST /api/bulletins/{id}/withdraw', needs: 'bulletins.withdraw', body: () => ({ reason: 'Luật đã sửa.' }) },
  { route: 'POST /api/bulletins/{id}/delete', needs: 'bulletins.write' },
  { route: 'GET /api/bulletins/{id}/uses', needs: 'bulletins.read' },
  { route: 'GET /api/bulletins/{id}/versions/{versionId}', needs: 'bulletins.read' },
  { route: 'POST /api/bulletins/{id}/produce', needs: 'bulletins.write' },
  { route: 'POST /api/bulletins/{id}/recordings/{language}/remove', needs: 'bulletins.write' },
  { route: 'POST /api/bulletins/{id}/recordings/{language}/replacement/remove', needs: 'bulletins.write' },
  { route: 'POST /api/bulletins/{id}/recordings/{language}/check', needs: 'bulletins.write' },
  { route: 'POST /api/assets/{id}/check', needs: 'stations.write' },
  { route: 'POST /api/assets/{id}/remove', needs: 'stations.write' },
  { route: 'GET /api/assets', needs: null, query: (areaCode) => `?areaCode=${areaCode}` },
  { route: 'GET /api/relays', needs: 'programmes.read' },
  { route: 'GET /api/programmes', needs: 'programmes.read' },
  { route: 'POST /api/programmes', needs: 'programmes.write', body: () => programmeInput(ids.bulletin, aloneAt()) },
  { route: 'GET /api/programmes/{id}', needs: 'programmes.read' },
  { route: 'PUT /api/programmes/{id}', needs: 'programmes.write', body: () => seriesInput() },
  {
    route: 'PUT /api/programmes/{id}/exceptions/{date}',
    needs: 'programmes.write',
    body: () => ({ exception: { date: tomorrow(), kind: 'skip' } }),
  },
  { route: 'POST /api/programmes/{id}/exceptions/{date}/remove', needs: 'programmes.write' },
  { route: 'POST /api/programmes/{id}/end', needs: 'programmes.write' },
  { route: 'GET /api/inbox', needs: 'bulletins.read' },
  { route: 'GET /api/inbox/counts', needs: 'bulletins.read' },
  { route: 'GET /api/inbox/{areaCode}/{bulletinId}/sessions', needs: 'bulletins.read' },
  {
    route: 'POST /api/inbox/{areaCode}/{bulletinId}/place',
    needs: 'inbox.decide',
    body: () => ({ sessions: [sessionInput()] }),
  },
  { route: 'POST /api/inbox/{areaCode}/{bulletinId}/unplace', needs: 'inbox.decide', body: () => sessionInput() },
  {
    route: 'POST /api/inbox/{areaCode}/{bulletinId}/move',
    needs: 'inbox.decide',
    body: () => ({ ...sessionInput(), position: 0 }),
  },
  {
    route: 'POST /api/inbox/{areaCode}/{bulletinId}/postpone',
    needs: 'inbox.decide',
    body: () => ({ until: tomorrow(), reason: 'Đợi tuần sau.' }),
  },
  {
    route: 'POST /api/inbox/{areaCode}/{bulletinId}/decline',
    needs: 'inbox.decide',
    body: () => ({ reason: 'Không liên quan.' }),
  },
  { route: 'GET /api/broadcasts', needs: 'programmes.read' },
  { route: 'GET /api/broadcasts/{id}', needs: 'programmes.read' },
  { route: 'POST /api/broadcasts/{id}/cancel', needs: 'programmes.write' },
  {
    route: 'GET /api/reports/played',
    needs: 'programmes.read',
    query: (areaCode) => `?from=2026-11-01&to=2026-11-30&by=day&areaCode=${areaCode}`,
  },
  { route: 'GET /api/rules/{scope}', needs: 'programmes.read' },
  {
    route: 'PUT /api/rules/{scope}',
    needs: 'rules.write',
    body: () => ({ quietHours: null, limits: {}, holidays: [], revision: 0 }),
  },
  {
    route: 'PUT /api/rules/{scope}/silences',
    needs: 'silences.write',
    body: () => ({ silences: [], revision: 0 }),
  },
  { route: 'GET /api/exemptions', needs: 'programmes.read', query: (areaCode) => `?areaCode=${areaCode}` },
  { route: 'POST /api/exemptions', needs: 'programmes.write', body: () => exemption() },
  { route: 'POST /api/exemptions/{id}/grant', needs: 'rules.write' },
  { route: 'POST /api/exemptions/{id}/refuse', needs: 'rules.write' },
  { route: 'POST /api/exemptions/{id}/revoke', needs: 'rules.write' },
  { route: 'GET /api/clusters', needs: 'clusters.read' },
  { route: 'POST /api/clusters', needs: 'clusters.enrol', body: () => ({ name: 'Cụm hai', areaCode: COMMUNE }) },
  { route: 'GET /api/clusters/{id}', needs: 'clusters.read' },
  { route: 'GET /api/clusters/{id}/calendar.ics', needs: 'programmes.read' },
  { route: 'GET /api/clusters/{id}/journal', needs: 'clusters.read' },
  { route: 'GET /api/clusters/{id}/why', needs: 'clusters.read', query: () => '?at=2026-11-24T05:30:00Z' },
  { route: 'POST /api/speech/preview', needs: 'bulletins.read', body: () => ({ script: 'Xin chào.' }) },
  { route: 'POST /api/speech/estimate', needs: 'bulletins.read', body: () => ({ script: 'Xin chào.' }) },
  { route: 'GET /api/speech/engines', needs: 'stations.write' },
  { route: 'GET /api/speech/dictionaries/{areaCode}', needs: 'bulletins.read' },
  {
    route: 'PUT /api/speech/dictionaries/{areaCode}',
    needs: 'bulletins.write',
    body: () => ({ written: 'TTĐT', spoken: 'thông tin điện tử' }),
  },
  {
    route: 'POST /api/speech/dictionaries/{areaCode}/remove',
    needs: 'bulletins.write',
    body: () => ({ written: 'TTĐT' }),
  },
]
export const exemption = () => ({
  areaCode: COMMUNE,
  from: tomorrow(),
  until: tomorrow(),
  kinds: ['days'],
  reason: 'Ngày hội của xã.',
})
/** A start of its own for each programme: two at once are refused, whoever makes them. */
const aloneAt = () => ({ startTime: `${String(++hour).padStart(2, '0')}:00`, maxMinutes: 30 })
let hour = 5
const sessionInput = () => ({ programmeId: ids.programme, originalDate: tomorrow() })
/** What a change of the programme sends. */
const seriesInput = () => {
  const { areaCode: _, ...series } = programmeInput(ids.bulletin)
  return { ...series, revision: 1 }
}
export const station = {
  name: 'Đài truyền thanh',
  timeZone: 'Asia/Ho_Chi_Minh',
  quietHours: { from: '22:00', to: '05:00' },
  volume: { day: 80, night: 50 },
  voice: 'vi-north',
}
