import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import * as accountStore from '../accounts/accounts.store.ts'
import { type Actor, scopeOf } from '../accounts/actor.ts'
import * as areaStore from '../areas/areas.store.ts'
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
 * are the buffer: a slow reader only reads them later, and costs no memory. It lasts as long as the session that opened
 * it: one that another process ends, or that expires, is noticed at the next beat. Nobody hears of areas that are not
 * theirs, nor is woken for them.
 */
export const streamRoutes = (ctx: Needs) =>
  new Hono<AppEnv>().get('/', async (c) => {
    const concerns = await earFor(ctx, c.get('actor'))
    return streamSSE(c, async (stream) => {
      const waker = createWaker()
      const sessionId = c.get('sessionId')
      const { closing } = ctx.listener
      let isOver = closing.aborted
      const end = (): void => {
        isOver = true
        waker.wake()
      }
      const offs = [
        ctx.bus.on('event.appended', ({ areaCode }) => {
          if (concerns(areaCode)) waker.wake()
        }),
        ctx.bus.on('session.ended', (ended) => {
          if (ended.sessionId === sessionId) end()
        }),
      ]
      closing.addEventListener('abort', end)
      stream.onAbort(end)
      try {
        let seq = await startAfter(ctx, c.req.header('last-event-id'), () =>
          stream.writeSSE({ event: 'reset', data: '{}' }),
        )
        await stream.writeSSE({ event: 'hello', data: '{}', id: String(seq) })
        let beatAt = ctx.clock.now()
        while (!isOver) {
          // By the clock, not by how quiet it is: a log that never rests must not put off the look at the session.
          const untilBeat = HEARTBEAT_MS - Math.abs(ctx.clock.now() - beatAt)
          if (untilBeat <= 0) {
            beatAt = ctx.clock.now()
            if (!(await accountStore.isSessionOpen(ctx.db, sessionId, beatAt))) return
            // With its place, however long nothing concerns it.
            await stream.write(`: heartbeat\nid: ${seq}\n\n`)
            continue
          }
          const events = await eventStore.eventsAfter(ctx.db, seq, PAGE)
          for (const event of events) if (!isOver && concerns(event.areaCode)) await stream.writeSSE(frameOf(event))
          seq = events.at(-1)?.seq ?? seq
          if (events.length < PAGE) await waker.wait(ctx.clock, untilBeat)
        }
      } finally {
        for (const off of offs) off()
        closing.removeEventListener('abort', end)
      }
    })
  })

/** Whether an event of this area concerns an account; null: everybody. */
async function earFor(ctx: Needs, actor: Actor): Promise<(areaCode: string | null) => boolean> {
  const scope = scopeOf(actor)
  if (scope === null) return () => true
  const heard = await areaStore.areasConcerning(ctx.db, scope)
  return (areaCode) => areaCode === null || heard.has(areaCode)
}

const frameOf = ({ areaCode: _whose, ...event }: eventStore.LoggedEvent) => ({
  event: 'change',
  id: String(event.seq),
  data: JSON.stringify(event),
})

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
  /** Until woken, or until the time is up. A wake that came before the wait counts. */
  wait(clock: Needs['clock'], ms: number): Promise<void>
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
      isWoken = false
    },
  }
}
