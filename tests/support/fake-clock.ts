interface Sleeper {
  readonly wakeAt: number
  readonly order: number
  readonly wake: () => void
}

/** Resource kinds that Node reports while file work is under way. */
const FILE_WORK = new Set(['FSReqPromise', 'FSReqCallback', 'CloseReq'])
/** Cryptography and sockets are not reported; they are done within a few turns of the event loop. */
const QUIET_TURNS = 12
const SPINNING_TURNS = 100
/** Something may stream from a file for as long as it likes. */
const LONGEST_SETTLE_MS = 1_000

/** A clock that only moves when told to; it suits every `Clock` of the project. */
export class FakeClock {
  #now: number
  /** How far the hands were moved in all. */
  #moved = 0
  #order = 0
  #advancing: Promise<void> = Promise.resolve()
  #sleepers: Sleeper[] = []

  constructor(now: number) {
    this.#now = now
  }

  now = (): number => this.#now

  uptime = (): number => this.#now - this.#moved

  sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason)
        return
      }
      const leave = (): void => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper)
        signal?.removeEventListener('abort', abort)
      }
      const abort = (): void => {
        leave()
        reject(signal?.reason)
      }
      const wake = (): void => {
        leave()
        resolve()
      }
      const sleeper: Sleeper = { wakeAt: this.#now + Math.ceil(Math.max(0, ms)), order: this.#order++, wake }
      this.#sleepers.push(sleeper)
      signal?.addEventListener('abort', abort, { once: true })
    })

  /** Lets time pass: sleepers wake in order, and what each one sets off comes to rest before the next. */
  advance(ms: number): Promise<void> {
    const done = this.#advancing.then(() => this.#advance(ms))
    this.#advancing = done.catch(() => {})
    return done
  }

  async #advance(ms: number): Promise<void> {
    const target = this.#now + ms
    await this.settle()
    for (let next = this.#next(target); next; next = this.#next(target)) {
      this.#now = Math.max(this.#now, next.wakeAt)
      next.wake()
      await this.settle()
    }
    this.#now = target
    await this.settle()
  }

  /** Moves the hands without letting time pass, as a correction does: nobody wakes early. */
  set(now: number): Promise<void> {
    const done = this.#advancing.then(() => this.#set(now))
    this.#advancing = done
    return done
  }

  #set(now: number): void {
    const by = now - this.#now
    this.#now = now
    this.#moved += by
    this.#sleepers = this.#sleepers.map((sleeper) => Object.assign(sleeper, { wakeAt: sleeper.wakeAt + by }))
  }

  /** Lets promises, files and local sockets come to rest. */
  async settle(): Promise<void> {
    let quiet = 0
    const startedAt = performance.now()
    for (let turn = 0; quiet < QUIET_TURNS && performance.now() - startedAt < LONGEST_SETTLE_MS; turn++) {
      await new Promise((resolve) => (turn < SPINNING_TURNS ? setImmediate(resolve) : setTimeout(resolve, 1)))
      quiet = process.getActiveResourcesInfo().some((kind) => FILE_WORK.has(kind)) ? 0 : quiet + 1
    }
  }

  #next(until: number): Sleeper | undefined {
    let first: Sleeper | undefined
    for (const sleeper of this.#sleepers) {
      if (sleeper.wakeAt > until) continue
      if (!first || sleeper.wakeAt < first.wakeAt || (sleeper.wakeAt === first.wakeAt && sleeper.order < first.order))
        first = sleeper
    }
    return first
  }
}
