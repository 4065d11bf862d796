import { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { NewId } from '../ids.ts'
import type { Logger } from '../logger.ts'
import type { DynsecCommand } from './dynsec-plan.ts'
import { openSession, type Session, type SessionSettings } from './session.ts'

/** A connection to the plugin's control topic: one batch of commands at a time, each with its answers. */
export interface DynsecControl extends AsyncDisposable {
  /** The answers in the order of the commands. Rejects when the broker does not answer in time. */
  run(commands: readonly DynsecCommand[]): Promise<DynsecAnswer[]>
}

const Answer = z.object({
  command: z.string(),
  error: z.string().optional(),
  correlationData: z.string().optional(),
  data: z.unknown().optional(),
})
export type DynsecAnswer = z.infer<typeof Answer>
const Answers = z.object({ responses: z.array(Answer) })

const REQUEST_TOPIC = '$CONTROL/dynamic-security/v1'
const RESPONSE_TOPIC = `${REQUEST_TOPIC}/response`
const ANSWER_TIMEOUT_MS = 30_000

export function createDynsecControl(
  settings: Omit<SessionSettings, 'clientId'>,
  ctx: { clock: Clock; log: Logger; newId: NewId },
): DynsecControl {
  const { clock, log } = ctx
  const stop = new AbortController()
  const awaited = new Map<string, (answers: DynsecAnswer[]) => void>()
  let session: Session | null = null
  let last: Promise<unknown> = Promise.resolve()

  const receive = (_topic: string, payload: Uint8Array) => {
    const parsed = Answers.safeParse(parseJson(payload))
    const answers = parsed.success ? parsed.data.responses : []
    const resolve = awaited.get(answers[0]?.correlationData ?? '')
    if (resolve) resolve(answers)
    else log.warn({ issue: parsed.error?.issues[0]?.message }, 'answer of the broker not understood or not awaited')
  }

  const connect = async (): Promise<Session> => {
    if (session) return session
    const clientId = ctx.newId('loa-admin')
    const onError = (err: Error) => log.warn({ err }, 'control connection to the broker failed')
    const opened = await openSession({ ...settings, clientId }, receive, onError, stop.signal)
    await opened.subscribe([{ filter: RESPONSE_TOPIC, qos: 1 }])
    session = opened
    void opened.closed.then(() => {
      if (session === opened) session = null
    })
    return opened
  }

  const exchange = async (commands: readonly DynsecCommand[]): Promise<DynsecAnswer[]> => {
    const current = await connect()
    const correlationData = ctx.newId('ctl')
    const payload = JSON.stringify({ commands: commands.map((command) => ({ ...command, correlationData })) })
    const timer = new AbortController()
    const answered = new Promise<DynsecAnswer[]>((resolve) => awaited.set(correlationData, resolve))
    const failed = async (): Promise<never> => {
      await Promise.race([current.closed, clock.sleep(ANSWER_TIMEOUT_MS, timer.signal)])
      throw new Error(`broker did not answer ${commands[0]?.command} within ${ANSWER_TIMEOUT_MS} ms`)
    }
    current.send({ topic: REQUEST_TOPIC, payload, qos: 1, retain: false }, () => {})
    try {
      return await Promise.race([answered, failed()])
    } catch (error) {
      current.destroy()
      throw error
    } finally {
      timer.abort()
      awaited.delete(correlationData)
    }
  }

  return {
    run: (commands) => {
      if (commands.length === 0) return Promise.resolve([])
      const result = last.then(() => exchange(commands))
      last = result.catch(() => {})
      return result
    },
    [Symbol.asyncDispose]: async () => {
      stop.abort()
      await last
      session?.destroy()
      await session?.closed
    },
  }
}

function parseJson(payload: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(payload).toString('utf8'))
  } catch {
    return undefined
  }
}
