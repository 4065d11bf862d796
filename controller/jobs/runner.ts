import type { z } from 'zod'
import type { Bus } from '../bus.ts'
import type { Clock } from '../clock.ts'
import type { Db } from '../db/open.ts'
import { type Tx, transact } from '../db/transact.ts'
import type { NewId } from '../ids.ts'
import type { Logger } from '../logger.ts'
import { SECOND } from '../units.ts'
import type { JobDefinition, JobKind, JobOutcome } from './job.ts'
import * as jobStore from './jobs.store.ts'
import { isGone, leaseOwner } from './lease-owner.ts'

const LEASE_MS = 30 * SECOND
const RENEW_MS = 10 * SECOND
const POLL_MS = SECOND

interface Needs {
  readonly db: Parameters<typeof transact>[0]['db']
  readonly bus: Bus
  readonly clock: Clock
  readonly log: Logger
  readonly newId: NewId
}

/** A lane takes its kinds of job one after another, so that heavy work never starves the light. */
export type Lanes = Readonly<Record<string, { readonly kinds: readonly JobKind[]; readonly width: number }>>

// A definition is only ever run with the payload that its own schema has parsed.
// biome-ignore lint/suspicious/noExplicitAny: payloads differ by kind
export type JobRegistry<Ctx> = Readonly<Record<JobKind, JobDefinition<any, Ctx>>>

/** Claims due jobs and runs them, until disposed. Several runners, in one or more processes, share one queue. */
export class JobRunner<Ctx extends Needs> implements AsyncDisposable {
  readonly #ctx: Ctx
  readonly #registry: JobRegistry<Ctx>
  readonly #lanes: Lanes
  readonly #owner: string
  readonly #stopping = new AbortController()
  readonly #wakers = new Set<() => void>()
  #loops: Promise<void>[] = []
  #running = 0

  constructor(ctx: Ctx, registry: JobRegistry<Ctx>, lanes: Lanes) {
    this.#ctx = ctx
    this.#registry = registry
    this.#lanes = lanes
    this.#owner = leaseOwner(ctx.newId('boot'))
  }

  async start(): Promise<void> {
    const owners = await jobStore.leaseOwners(this.#ctx.db)
    await jobStore.releaseLeases(
      this.#ctx.db,
      owners.filter((owner) => isGone(owner)),
    )
    for (const lane of Object.values(this.#lanes)) {
      for (let i = 0; i < lane.width; i++) this.#loops.push(this.#loop(lane.kinds))
    }
  }

  /** Looks for work now rather than at the next poll. */
  wake(): void {
    for (const waker of this.#wakers) waker()
  }

  get running(): number {
    return this.#running
  }

  /** Running jobs are aborted; their leases are given back, so that the next start takes them up at once. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort()
    this.wake()
    await Promise.all(this.#loops)
    await jobStore.returnLeases(this.#ctx.db, this.#owner)
  }

  async #loop(kinds: readonly JobKind[]): Promise<void> {
    const { clock, log } = this.#ctx
    while (!this.#stopping.signal.aborted) {
      try {
        const now = clock.now()
        const job = await jobStore.claimNext(this.#ctx.db, {
          kinds,
          at: now,
          leaseUntil: now + LEASE_MS,
          owner: this.#owner,
        })
        if (!job) await this.#idle()
        else await this.#run(job).then(nextTurn)
      } catch (err) {
        log.error({ err }, 'job loop stumbled')
        await this.#idle()
      }
    }
  }

  async #idle(): Promise<void> {
    if (this.#stopping.signal.aborted) return
    const waking = new AbortController()
    const wake = () => waking.abort()
    this.#wakers.add(wake)
    try {
      await this.#ctx.clock.sleep(POLL_MS, waking.signal)
    } catch {
      // Woken early.
    } finally {
      this.#wakers.delete(wake)
    }
  }

  async #run(claimed: jobStore.ClaimedJob): Promise<void> {
    const definition = this.#registry[claimed.kind]
    const payload = parsePayload(definition.payload, claimed.payloadJson)
    if (payload === undefined) return this.#bury(claimed)
    const isLastAttempt = claimed.attempts >= definition.attempts
    const ending = new AbortController()
    const signal = AbortSignal.any([ending.signal, this.#stopping.signal])
    // The process died in each of its tries: trying once more would only kill it again.
    if (claimed.attempts > definition.attempts) {
      return this.#settle(claimed, definition, payload, { kind: 'failed', reason: 'ended without an answer too often' })
    }
    const guards = this.#guard(claimed.id, definition.timeoutMs, ending)
    this.#running += 1
    try {
      const job = { id: claimed.id, payload, attempt: claimed.attempts, isLastAttempt }
      const outcome = await definition.run(job, this.#ctx, signal)
      await this.#settle(claimed, definition, payload, outcome)
    } catch (err) {
      if (this.#stopping.signal.aborted) return
      this.#ctx.log.warn({ err, job: claimed.id, kind: claimed.kind, attempt: claimed.attempts }, 'job attempt failed')
      const reason = err instanceof Error ? err.message : String(err)
      await this.#settle(claimed, definition, payload, { kind: 'retry', reason })
    } finally {
      this.#running -= 1
      ending.abort()
      await guards
    }
  }

  /** Another version of the program wrote a payload that this one does not understand: trying again cannot help. */
  async #bury({ id, kind }: jobStore.ClaimedJob): Promise<void> {
    this.#ctx.log.error({ job: id, kind }, 'job payload not understood')
    const end = { state: 'failed', at: this.#ctx.clock.now(), error: 'payload not understood' } as const
    await jobStore.finish(this.#ctx.db, { id, owner: this.#owner }, end)
  }

  /** Renews the lease while the job runs; aborts it when its time is up or the lease was lost. */
  async #guard(id: string, timeoutMs: number, ending: AbortController): Promise<void> {
    const deadline = this.#ctx.clock.now() + timeoutMs
    try {
      while (!ending.signal.aborted) {
        await this.#ctx.clock.sleep(RENEW_MS, ending.signal)
        const now = this.#ctx.clock.now()
        if (now > deadline) return ending.abort(new Error(`took longer than ${timeoutMs} ms`))
        if ((await this.#renew(id, now)) === false) return ending.abort(new Error('lease lost'))
      }
    } catch {
      // The job has ended.
    }
  }

  /** Null when the database did not answer: the lease still runs, and the next round asks again. */
  async #renew(id: string, now: number): Promise<boolean | null> {
    try {
      return await jobStore.renew(this.#ctx.db, { id, owner: this.#owner }, now + LEASE_MS)
    } catch (err) {
      this.#ctx.log.warn({ err, job: id }, 'lease not renewed')
      return null
    }
  }

  async #settle(
    claimed: jobStore.ClaimedJob,
    definition: JobDefinition<unknown, Ctx>,
    payload: unknown,
    outcome: JobOutcome,
  ): Promise<void> {
    const held = { id: claimed.id, owner: this.#owner }
    const at = this.#ctx.clock.now()
    const givenUp = outcome.kind === 'failed' || (outcome.kind === 'retry' && claimed.attempts >= definition.attempts)
    await transact(this.#ctx, async (tx) => {
      const kept = await endOf(tx.db, held, at, outcome, givenUp, definition.backoff(claimed.attempts))
      // Someone has enqueued it anew, or taken it over: what this run found out is stale.
      if (!kept) return
      await outcome.commit?.(tx)
      if (givenUp) await this.#giveUp(tx, definition, payload, outcome.reason)
    })
  }

  async #giveUp(tx: Tx, definition: JobDefinition<unknown, Ctx>, payload: unknown, reason: string): Promise<void> {
    this.#ctx.log.error({ kind: definition.kind, payload, reason }, 'job given up')
    await definition.onGivenUp?.(tx, payload, reason, this.#ctx)
  }
}

/** SQLite answers at once: without a pause, many short jobs would keep requests and messages waiting until the last. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

function parsePayload<P>(schema: z.ZodType<P>, json: string): P | undefined {
  try {
    return schema.parse(JSON.parse(json))
  } catch {
    return undefined
  }
}

function endOf(
  db: Db,
  held: { id: string; owner: string },
  at: number,
  outcome: JobOutcome,
  givenUp: boolean,
  backoffMs: number,
): Promise<boolean> {
  if (outcome.kind === 'done') return jobStore.finish(db, held, { state: 'done', at, error: null })
  if (givenUp) return jobStore.finish(db, held, { state: 'failed', at, error: outcome.reason })
  return jobStore.postpone(db, held, { runAt: at + backoffMs, error: outcome.reason })
}
