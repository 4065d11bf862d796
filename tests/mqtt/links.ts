import type { TopicName } from '#protocol/topics.ts'
import { systemClock } from '../../controller/clock.ts'
import { randomId } from '../../controller/ids.ts'
import type { Broker } from '../../controller/mqtt/broker.ts'
import { createMqttLink, type MqttLink } from '../../controller/mqtt/link.ts'
import type { ParamsOf, PayloadOf } from '../../controller/mqtt/wire.ts'
import { log } from './brokers.ts'

export function createLink(
  broker: Pick<Broker, 'url' | 'account'>,
  settings: { maxQueued?: number; startTimeoutMs?: number } = {},
): MqttLink {
  return createMqttLink(
    { url: broker.url, ...broker.account, clientId: randomId('loa-controller'), maxQueued: 1_000, ...settings },
    { clock: systemClock, log },
  )
}

export interface Heard<N extends TopicName> {
  readonly all: { readonly params: ParamsOf<N>; readonly message: PayloadOf<N> }[]
  /** Resolves with the first message, past or future, that fits. */
  until(fits: (message: PayloadOf<N>) => boolean): Promise<void>
}

/** Keeps all that the link hands over on one topic. */
export function listen<N extends TopicName>(link: MqttLink, name: N): Heard<N> {
  const all: Heard<N>['all'] = []
  const waiting = new Set<() => void>()
  link.on(name, (params, message) => {
    all.push({ params, message })
    for (const look of waiting) look()
  })
  return {
    all,
    until: (fits) =>
      new Promise((resolve) => {
        const look = () => {
          if (!all.some(({ message }) => fits(message))) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
  }
}
