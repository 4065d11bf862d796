import { crc32 } from 'node:zlib'
import type { ClusterPlan, PlanOccurrence } from '#protocol/messages.ts'
import { isRelay } from '#protocol/rules/relay.ts'
import type { Journal } from '../journal/journal.ts'
import { isDiskFull } from '../storage/disk.ts'
import type { PlayLedger } from './ledger.ts'

interface ArmingParts {
  readonly journal: Journal
  readonly ledger: PlayLedger
  readonly isReady: (occurrence: PlanOccurrence) => boolean
  readonly now: () => number
}

/** Journals once that an occurrence can be played without the network; again when its audio was changed. */
export class Arming {
  readonly #parts: ArmingParts
  #last: Promise<void> = Promise.resolve()

  constructor(parts: ArmingParts) {
    this.#parts = parts
  }

  check(plan: ClusterPlan): Promise<void> {
    const done = this.#last.then(() => this.#check(plan))
    this.#last = done.catch(() => {})
    return done
  }

  async #check(plan: ClusterPlan): Promise<void> {
    const { journal, ledger, isReady, now } = this.#parts
    for (const occurrence of plan.occurrences) {
      if (occurrence.startAt + occurrence.maxLateMs < now() || !isReady(occurrence)) continue
      const items = audioKey(occurrence)
      if (!ledger.needsArming(occurrence.id, items)) continue
      await journal.add({ kind: 'armed', occurrenceId: occurrence.id, planVersion: plan.version })
      await ledger.mark(occurrence, 'armed', items).catch((error) => {
        if (!isDiskFull(error)) throw error
      })
    }
  }
}

const audioKey = ({ items }: PlanOccurrence): string =>
  crc32(items.map((item) => (isRelay(item) ? item.url : item.sha256)).join()).toString(16)
