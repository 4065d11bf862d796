import type { ClusterIdentity } from '#protocol/messages.ts'
import { clusterTopics, topics } from '#protocol/topics.ts'
import type { CommandDesk } from './commands/desk.ts'
import { receiveAck } from './journal/ack.ts'
import type { Journal } from './journal/journal.ts'
import type { JournalSender } from './journal/sender.ts'
import type { PlanHolder } from './plan/holder.ts'
import type { Reporter } from './reporter.ts'
import type { Transport } from './transport.ts'

interface Ends {
  readonly identity: ClusterIdentity
  readonly plans: PlanHolder
  readonly desk: CommandDesk
  readonly journal: Journal
  readonly sender: JournalSender
  readonly reporter: Reporter
}

export interface Line {
  /** Resolves when the broker was reached for the first time. */
  readonly reached: Promise<void>
  /** Says that the cluster goes, if anybody can hear it. */
  sayGoodbye(): Promise<void>
}

/** Joins the transport to those who listen, until the power goes. */
export function openLine(transport: Transport, ends: Ends, power: AbortSignal): Line {
  const { identity, plans, desk, journal, sender, reporter } = ends
  const subscriptions = clusterTopics(identity.clusterId, identity.areaCodes).subscribe

  transport.onMessage((topic, payload) => {
    if (power.aborted) return
    // What came over the wire must never throw into the client; whoever sent it sends it again.
    if (topics.plan.match(topic)) plans.receive(payload).catch(() => {})
    else if (topics.command.match(topic)) desk.receive(payload).catch(() => {})
    else if (topics.journalAck.match(topic)) receiveAck(journal, payload).catch(() => {})
  })
  let hangUp: (() => void) | null = null
  let lost: Promise<void> | null = null
  transport.onClose(() => {
    sender.disconnected()
    hangUp?.()
    lost = null
  })
  const reached = new Promise<void>((resolve) => {
    transport.onConnect(() => {
      if (power.aborted) return
      lost = new Promise((hung) => {
        hangUp = hung
      })
      // Subscribing again makes the broker repeat the retained plan, which may be newer than ours.
      transport.subscribe(subscriptions).catch(() => {})
      transport.publish(reporter.presence('online')).catch(() => {})
      sender.connected()
      reporter.wake()
      resolve()
    })
  })
  transport.connect(reporter.presence('offline'))
  return {
    reached,
    async sayGoodbye() {
      // A message to a broker that has just gone would be waited for until it is back.
      if (lost) await Promise.race([transport.publish(reporter.presence('offline')).catch(() => {}), lost])
    },
  }
}
