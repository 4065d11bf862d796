import type { ClusterCommand, JournalReason } from '#protocol/messages.ts'

/** What a command may do to the cluster. */
export interface Controls {
  /** False when nothing sounded. */
  stop(reason: JournalReason): boolean
  setVolume(percent: number): void
  readonly isPlaying: boolean
  readonly isQuiet: boolean
  refetch(): Promise<void>
  /** Names what does not work; null when all does. */
  selfTest(): Promise<string | null>
  /** Takes place once the reply is on its way. */
  reboot(): void
}

export type Answer = { readonly ok: true } | { readonly ok: false; readonly code: string; readonly detail: string }

/** Answers the commands it knows; undefined leaves a command to the next behaviour. */
export type Behaviour = (cluster: Controls, command: ClusterCommand) => Promise<Answer> | Answer | undefined

const DONE: Answer = { ok: true }
const refusal = (code: string, detail: string): Answer => ({ ok: false, code, detail })

const stop: Behaviour = (cluster, { kind }) => {
  if (kind !== 'stop') return undefined
  cluster.stop('stopped')
  return DONE
}

const setVolume: Behaviour = (cluster, { kind, volume }) => {
  if (kind !== 'set-volume') return undefined
  if (volume === undefined) return refusal('malformed', 'set-volume needs a volume')
  cluster.setVolume(volume)
  return DONE
}

const testTone: Behaviour = (cluster, { kind }) => {
  if (kind !== 'test-tone') return undefined
  if (cluster.isQuiet) return refusal('quiet-hours', 'only an emergency sounds now')
  return cluster.isPlaying ? refusal('busy', 'a broadcast sounds') : DONE
}

const selfTest: Behaviour = (cluster, { kind }) =>
  kind === 'self-test'
    ? cluster.selfTest().then((problem) => (problem ? refusal('self-test-failed', problem) : DONE))
    : undefined

const refetch: Behaviour = (cluster, { kind }) => (kind === 'refetch' ? cluster.refetch().then(() => DONE) : undefined)

const reboot: Behaviour = (cluster, { kind }) => {
  if (kind !== 'reboot') return undefined
  cluster.stop('stopped')
  cluster.reboot()
  return DONE
}

/** Asked in this order. */
export const behaviours: readonly Behaviour[] = [stop, setVolume, testTone, refetch, reboot, selfTest]
