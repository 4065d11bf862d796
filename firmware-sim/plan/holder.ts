import { join } from 'node:path'
import type { ClusterPlan, JournalReason } from '#protocol/messages.ts'
import { openMessage, type TrustedKeys } from '#protocol/signing.ts'
import { topics } from '#protocol/topics.ts'
import type { Clock } from '../clock.ts'
import type { Journal } from '../journal/journal.ts'
import { type ClockHealth, isClockGood } from '../parts.ts'
import { type Disk, isDiskFull } from '../storage/disk.ts'
import { readIfThere, writeDurably } from '../storage/durable-file.ts'
import { judgePlan } from './judge.ts'

interface HolderParts {
  readonly clusterId: string
  readonly dir: string
  readonly clock: Clock
  readonly clockHealth: () => ClockHealth
  readonly disk: Disk
  readonly trusted: TrustedKeys
  readonly journal: Journal
  readonly onAccepted: (plan: ClusterPlan, before: ClusterPlan | null) => Promise<void>
}

/** Holds the one plan that the cluster obeys: signed, for this cluster, never older than before, on the disk first. */
export class PlanHolder {
  readonly #parts: HolderParts
  #plan: ClusterPlan | null = null
  /** What was refused last, so that a retained forgery fills the journal once and not at each reconnect. */
  #refused = ''
  #last: Promise<void> = Promise.resolve()

  constructor(parts: HolderParts) {
    this.#parts = parts
  }

  get plan(): ClusterPlan | null {
    return this.#plan
  }

  /** The plan from before the power went; its signature is checked again. */
  async load(): Promise<void> {
    const stored = await readIfThere(this.#file)
    if (!stored) return
    const opened = await openMessage('plan', stored.toString(), this.#parts.trusted)
    if (opened.ok && opened.content.clusterId === this.#parts.clusterId) this.#plan = opened.content
  }

  /** Plans are judged one after another, in the order in which they came. */
  receive(jws: string): Promise<void> {
    this.#last = this.#last.catch(() => {}).then(() => this.#judge(jws))
    return this.#last
  }

  async #judge(jws: string): Promise<void> {
    const { clusterId, clock, clockHealth, journal } = this.#parts
    // Larger than the contract allows: not worth a signature check.
    if (jws.length > topics.plan.maxBytes) return this.#refuse(jws, 'malformed')
    const opened = await openMessage('plan', jws, this.#parts.trusted)
    if (!opened.ok) return this.#refuse(jws, opened.reason)
    const plan = opened.content
    const before = this.#plan
    const verdict = judgePlan({
      plan,
      clusterId,
      heldVersion: before?.version ?? 0,
      now: clock.now(),
      isClockGood: isClockGood(clockHealth()),
    })
    if (verdict.kind === 'same') return
    if (verdict.kind === 'refuse') return this.#refuse(jws, verdict.reason, plan.version)
    try {
      await writeDurably(this.#parts.disk, this.#file, jws)
    } catch (error) {
      if (!isDiskFull(error)) throw error
      return this.#refuse(jws, 'disk-full', plan.version)
    }
    this.#plan = plan
    await journal.add({ kind: 'plan-accepted', planVersion: plan.version })
    await this.#parts.onAccepted(plan, before)
  }

  async #refuse(jws: string, reason: JournalReason, planVersion?: number): Promise<void> {
    const key = `${reason} ${jws}`
    if (key === this.#refused) return
    this.#refused = key
    await this.#parts.journal.add({
      kind: 'plan-refused',
      reason,
      ...(planVersion === undefined ? {} : { planVersion }),
    })
  }

  get #file(): string {
    return join(this.#parts.dir, 'plan.jws')
  }
}
