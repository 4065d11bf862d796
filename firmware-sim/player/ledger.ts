import { join } from 'node:path'
import { z } from 'zod'
import { EpochMs } from '#protocol/ids.ts'
import type { Disk } from '../storage/disk.ts'
import { type LineLog, openLineLog } from '../storage/line-log.ts'

const Mark = z.object({
  id: z.string(),
  startAt: EpochMs,
  /** `claimed`: may sound from now on, so it never starts again. `closed`: its end is in the journal. */
  state: z.enum(['armed', 'claimed', 'closed']),
  /** Names the audio that was armed. */
  items: z.string().optional(),
})
type Mark = z.infer<typeof Mark>

/** Plans reach 7 days ahead and start policies an hour; older marks can never matter again. */
const KEPT_MS = 9 * 86_400_000
const PRUNE_AFTER = 4_000

/**
 * What this cluster has begun, apart from the journal: the journal forgets what is acknowledged, this must not. It is
 * the promise that nothing is played twice.
 */
export class PlayLedger {
  readonly #log: LineLog
  readonly #marks: Map<string, Mark>

  private constructor(log: LineLog, marks: Map<string, Mark>) {
    this.#log = log
    this.#marks = marks
  }

  static async open(disk: Disk, dir: string): Promise<PlayLedger> {
    const { log, records } = await openLineLog(disk, join(dir, 'played.log'))
    const marks = new Map<string, Mark>()
    for (const record of records) {
      const mark = Mark.safeParse(record)
      if (mark.success) marks.set(mark.data.id, mark.data)
    }
    if (records.length > PRUNE_AFTER) {
      // Counted back from the newest mark, not from now: a wrong clock must not make it forget.
      const newest = Math.max(...[...marks.values()].map((mark) => mark.startAt))
      for (const mark of marks.values()) if (mark.startAt < newest - KEPT_MS) marks.delete(mark.id)
      await log.rewrite([...marks.values()]).catch(() => {})
    }
    return new PlayLedger(log, marks)
  }

  stateOf(id: string): Mark['state'] | undefined {
    return this.#marks.get(id)?.state
  }

  hasBegun(id: string): boolean {
    const state = this.stateOf(id)
    return state === 'claimed' || state === 'closed'
  }

  /** Claimed, but without an end: the power went while it may have sounded. */
  get unclosed(): readonly Mark[] {
    return [...this.#marks.values()].filter((mark) => mark.state === 'claimed')
  }

  needsArming(id: string, items: string): boolean {
    const mark = this.#marks.get(id)
    return !mark || (mark.state === 'armed' && mark.items !== items)
  }

  /** Takes effect at once in memory; resolves when durable. What has begun is not merely armed again. */
  async mark(
    occurrence: { readonly id: string; readonly startAt: number },
    state: Mark['state'],
    items?: string,
  ): Promise<void> {
    const { id, startAt } = occurrence
    if (state === 'armed' && this.hasBegun(id)) return
    const mark: Mark = items === undefined ? { id, startAt, state } : { id, startAt, state, items }
    this.#marks.set(id, mark)
    await this.#log.append([mark])
  }
}
