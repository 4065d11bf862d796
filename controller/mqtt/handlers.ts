import { ClusterId } from '#protocol/ids.ts'
import type { JournalRecorder } from '../clusters/journal-recorder.ts'
import { recordPresence } from '../clusters/presence.ts'
import type { StatusRecorder } from '../clusters/status-recorder.ts'
import type { Context } from '../context.ts'

type Needs = Pick<Context, 'db' | 'bus' | 'clock' | 'devices'>

/** Brings what clusters say to the verbs. */
export function handleClusterMessages(
  ctx: Needs,
  recorders: { readonly status: StatusRecorder; readonly journal: JournalRecorder },
): void {
  ctx.devices.on('presence', ({ clusterId }, presence) => recordPresence(ctx, ClusterId.parse(clusterId), presence))
  ctx.devices.on('status', ({ clusterId }, status) => recorders.status.record(ClusterId.parse(clusterId), status))
  ctx.devices.on('journal', ({ clusterId }, batch) => recorders.journal.record(ClusterId.parse(clusterId), batch))
}
