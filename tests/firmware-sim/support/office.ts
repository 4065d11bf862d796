import mqtt from 'mqtt'
import {
  type ClusterCommand,
  type ClusterIdentity,
  type ClusterPlan,
  ClusterStatus,
  CommandReply,
  JournalBatch,
  type JournalEntry,
  Presence,
} from '#protocol/messages.ts'
import { importSigningKey, newSigningJwk, type SigningKey, signMessage } from '#protocol/signing.ts'
import { topics } from '#protocol/topics.ts'
import { eventually } from './eventually.ts'

/** The controller's end of the wire: signs plans, keeps what clusters say, acknowledges journals. */
export interface Office extends AsyncDisposable {
  readonly key: SigningKey
  readonly batches: { clusterId: string; batch: JournalBatch }[]
  readonly presences: { clusterId: string; presence: Presence }[]
  readonly statuses: { clusterId: string; status: ClusterStatus }[]
  readonly replies: CommandReply[]
  /** Stored entries of a cluster, by log and number, as an honest ledger keeps them. */
  journalOf(clusterId: string): JournalEntry[]
  identity(clusterId: ClusterIdentity['clusterId'], brokerUrl: string): ClusterIdentity
  sendPlan(plan: ClusterPlan, by?: SigningKey): Promise<string>
  sendCommand(command: ClusterCommand): Promise<void>
  publish(topic: string, payload: string, retain?: boolean): Promise<void>
  /** Whether journals are acknowledged; on by default. */
  acknowledges: boolean
}

export async function openOffice(brokerUrl: string): Promise<Office> {
  const key = await importSigningKey(await newSigningJwk())
  const client = await mqtt.connectAsync(brokerUrl, { clientId: 'office', clean: true, reconnectPeriod: 20 })
  const logs = new Map<string, Map<number, JournalEntry>>()
  const office: Office = {
    key,
    batches: [],
    presences: [],
    statuses: [],
    replies: [],
    acknowledges: true,
    journalOf: (clusterId) =>
      [...logs].flatMap(([log, entries]) => (log.startsWith(`${clusterId} `) ? [...entries.values()] : [])),
    identity: (clusterId, url) => ({
      clusterId,
      name: `Cụm loa ${clusterId}`,
      areaCodes: ['31813', '96'],
      mqtt: { url, username: clusterId, password: 'secret' },
      trustedKeys: [key.publicJwk],
    }),
    async sendPlan(plan, by = key) {
      const jws = await signMessage('plan', plan, by)
      await office.publish(topics.plan.path(plan), jws, true)
      return jws
    },
    async sendCommand(command) {
      await office.publish(topics.command.path(command), await signMessage('command', command, key))
    },
    async publish(topic, payload, retain = false) {
      await client.publishAsync(topic, payload, { qos: 1, retain })
    },
    async [Symbol.asyncDispose]() {
      await client.endAsync(true)
    },
  }

  const store = (clusterId: string, batch: JournalBatch): void => {
    const name = `${clusterId} ${batch.logId}`
    const entries = logs.get(name) ?? new Map<number, JournalEntry>()
    logs.set(name, entries)
    for (const entry of batch.entries) if (!entries.has(entry.seq)) entries.set(entry.seq, entry)
    let seq = 0
    while (entries.has(seq + 1)) seq++
    if (office.acknowledges)
      office.publish(topics.journalAck.path({ clusterId }), JSON.stringify({ logId: batch.logId, seq })).catch(() => {})
  }

  client.on('message', (topic, payload) => {
    const json = JSON.parse(payload.toString())
    const journal = topics.journal.match(topic)
    const presence = topics.presence.match(topic)
    const status = topics.status.match(topic)
    if (journal) {
      const batch = JournalBatch.parse(json)
      office.batches.push({ ...journal, batch })
      store(journal.clusterId, batch)
    } else if (presence) office.presences.push({ ...presence, presence: Presence.parse(json) })
    else if (status) office.statuses.push({ ...status, status: ClusterStatus.parse(json) })
    else office.replies.push(CommandReply.parse(json))
  })
  await client.subscribeAsync(
    [topics.journal, topics.presence, topics.status, topics.reply].map(({ filter }) => filter),
    { qos: 1 },
  )
  await eventually(() => client.connected)
  return office
}
