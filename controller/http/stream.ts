import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { StreamEvent } from '#protocol/stream.ts'
import type { Context } from '../context.ts'
import * as eventStore from '../db/events.store.ts'
import { SECOND } from '../units.ts'
import type { AppEnv } from './env.ts'

const HEARTBEAT_MS = 15 * SECOND
/** Events fetched at once; a reader that is further behind than `MAX_BACKLOG` starts over. */
const PAGE = 500
const MAX_BACKLOG = 5_000

type Needs = Pick<Context, 'db' | 'bus' | 'clock' | 'listener'>

/**
 * The event log as SSE: a reader says by `Last-Event-ID` what it has seen, gets the rest, then goes on live. The rows
 * are the buffer: a slow reader only reads them later, and costs no memory.
 */
export const streamRoutes = (ctx: Needs) =>
  new Hono<AppEnv>().get('/', (c) =>
    streamSSE(c, async (stream) => {
      const waker = createWaker()
      const { closing } = ctx.listener
      const off = ctx.bus.on('event.appended', waker.wake)
      closing.addEventListener('abort', waker.wake)
      stream.onAbort(() => {
        off()
        waker.wake()
      })
      try {
        let seq = await startAfter(ctx, c.req.header('last-event-id'), () =>
          stream.writeSSE({ event: 'reset', data: '{}' }),
        )
        await stream.writeSSE({ event: 'hello', data: '{}', id: String(seq) })
        while (!stream.aborted && !closing.aborted) {
          const events = await eventStore.eventsAfter(ctx.db, seq, PAGE)
          for (const event of events) await stream.writeSSE(frameOf(event))
          seq = events.at(-1)?.seq ?? seq
          if (events.length === 0 && !(await waker.wait(ctx.clock, HEARTBEAT_MS))) await stream.write(': heartbeat\n\n')
        }
      } finally {
        off()
        closing.removeEventListener('abort', waker.wake)
      }
    }),
  )

const frameOf = (event: StreamEvent) => ({ event: 'change', id: String(event.seq), data: JSON.stringify(event) })

/** Where to go on; calls `reset` when what came in between is lost. */
async function startAfter(ctx: Needs, header: string | undefined, reset: () => Promise<void>): Promise<number> {
  const { first, last } = await eventStore.eventBounds(ctx.db)
  const seen = header === undefined ? Number.NaN : Number(header)
  if (!Number.isSafeInteger(seen)) return last
  const isLost = seen > last || seen < first - 1 || last - seen > MAX_BACKLOG
  if (!isLost) return seen
  await reset()
  return last
}

interface Waker {
  readonly wake: () => void
  /** True when woken, false when the time was up. A wake that came before the wait counts. */
  wait(clock: Needs['clock'], ms: number): Promise<boolean>
}

function createWaker(): Waker {
  let isWoken = false
  let waiting: AbortController | null = null
  return {
    wake: () => {
      isWoken = true
      waiting?.abort()
    },
    wait: async (clock, ms) => {
      if (!isWoken) {
        waiting = new AbortController()
        await clock.sleep(ms, waiting.signal).catch(() => {})
        waiting = null
      }
      const woken = isWoken
      isWoken = false
      return woken
    },
  }
}
