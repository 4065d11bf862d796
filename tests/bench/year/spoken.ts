import type { BroadcastId, BulletinId, ClusterId, ProgrammeId } from '#protocol/ids.ts'

/** What people have said must not be heard, and since when everybody could know. */
export interface Spoken {
  readonly calledOff: Map<BroadcastId, number>
  /** `programme@date`. */
  readonly skipped: Map<string, number>
  readonly ended: Map<ProgrammeId, number>
  readonly withdrawn: Map<BulletinId, number>
  readonly silences: SpokenSilence[]
  readonly quietHours: { readonly areaCode: string; readonly from: string; readonly to: string; readonly at: number }[]
}

export interface SpokenSilence {
  readonly areaCode: string
  readonly from: number
  readonly until: number
  readonly clusters: 'all' | readonly ClusterId[]
  readonly at: number
}

export const nothingSpoken = (): Spoken => ({
  calledOff: new Map(),
  skipped: new Map(),
  ended: new Map(),
  withdrawn: new Map(),
  silences: [],
  quietHours: [],
})
