import { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { NewId } from '../ids.ts'
import type { Logger } from '../logger.ts'
import type { Broker, ClusterGrant } from './broker.ts'
import { clusterPassword, controllerPassword } from './credentials.ts'
import { createDynsecControl, type DynsecAnswer } from './dynsec-control.ts'
import {
  type Account,
  accountChanges,
  accountRemoval,
  clusterAccount,
  controllerAccount,
  type DynsecCommand,
  type DynsecState,
  denyByDefault,
  knownClusters,
  roleOf,
} from './dynsec-plan.ts'

export interface MosquittoBrokerSettings {
  readonly url: string
  /** The account that may use the dynamic-security plugin, and nothing else. */
  readonly admin: { readonly username: string; readonly password: string }
  readonly masterSecret: string
  /** What the controllers connect as; derived from the master secret unless given. */
  readonly account?: { readonly username: string; readonly password: string }
  /** PEM of the authority that signed the broker's certificate, when it is not a public one. */
  readonly ca?: string
}

const Client = z.object({
  username: z.string(),
  clientid: z.string().optional(),
  textname: z.string().optional(),
  disabled: z.boolean().optional(),
  roles: z.array(z.object({ rolename: z.string() })).default([]),
})
const Role = z.object({
  rolename: z.string(),
  acls: z.array(z.object({ acltype: z.string(), topic: z.string(), allow: z.boolean() })).default([]),
})
const ClientPage = z.object({ totalCount: z.int(), clients: z.array(Client) })
const RolePage = z.object({ totalCount: z.int(), roles: z.array(Role) })

const CONTROLLER = 'loa-controller'
const PAGE = 250
const START_TIMEOUT_MS = 20_000
const START_RETRY_MS = 500
/**
 * Up to 2.0 the plugin writes its whole file after each command, and the broker serves nobody meanwhile. Batches are
 * sized so that each takes about this long.
 */
const BATCH_TARGET_MS = 250
/** Well below the broker's largest packet. */
const BATCH_MAX_BYTES = 128 * 1024

/** Administers a Mosquitto with the dynamic-security plugin. Several controllers may share it. */
export function createMosquittoBroker(
  settings: MosquittoBrokerSettings,
  ctx: { clock: Clock; log: Logger; newId: NewId },
): Broker {
  const { clock, log } = ctx
  const { url, ca } = settings
  const control = createDynsecControl({ url, ...settings.admin, ...(ca === undefined ? {} : { ca }) }, ctx)
  const account = settings.account ?? { username: CONTROLLER, password: controllerPassword(settings.masterSecret) }

  const accountOf = (grant: ClusterGrant): Account =>
    clusterAccount(grant, clusterPassword(settings.masterSecret, grant.clusterId, grant.generation))

  const stateOf = async (username: string): Promise<DynsecState> => {
    const [client, role] = await control.run([
      { command: 'getClient', username },
      { command: 'getRole', rolename: roleOf(username) },
    ])
    const foundClient = found(client, z.object({ client: Client }))?.client
    const foundRole = found(role, z.object({ role: Role }))?.role
    return {
      clients: new Map(foundClient ? [[username, foundClient]] : []),
      roles: new Map(foundRole ? [[foundRole.rolename, foundRole.acls]] : []),
    }
  }

  const fullState = async (): Promise<DynsecState> => {
    const clients = new Map<string, z.infer<typeof Client>>()
    const roles = new Map<string, z.infer<typeof Role>['acls']>()
    const page = async <T>(command: string, offset: number, schema: z.ZodType<T>): Promise<T> => {
      const [answer] = await control.run([{ command, verbose: true, count: PAGE, offset }])
      return schema.parse(succeeded(answer).data)
    }
    for (let at = 0, total = 1; at < total; at += PAGE) {
      const { totalCount, clients: list } = await page('listClients', at, ClientPage)
      total = totalCount
      for (const client of list) clients.set(client.username, client)
    }
    for (let at = 0, total = 1; at < total; at += PAGE) {
      const { totalCount, roles: list } = await page('listRoles', at, RolePage)
      total = totalCount
      for (const role of list) roles.set(role.rolename, role.acls)
    }
    return { clients, roles }
  }

  /** Controller and broker may start at the same time. */
  const whenReachable = async <T>(act: () => Promise<T>): Promise<T> => {
    const giveUpAt = clock.now() + START_TIMEOUT_MS
    for (;;) {
      try {
        return await act()
      } catch (cause) {
        if (clock.now() >= giveUpAt) throw new Error(`cannot administer the broker at ${url}`, { cause })
        await clock.sleep(START_RETRY_MS)
      }
    }
  }

  const apply = async (commands: readonly DynsecCommand[]): Promise<void> => {
    let size = 20
    for (let at = 0; at < commands.length; ) {
      const batch = withinBytes(commands.slice(at, at + size))
      const startedAt = clock.now()
      for (const answer of await control.run(batch)) succeeded(answer)
      at += batch.length
      const ms = clock.now() - startedAt
      size = ms > BATCH_TARGET_MS ? Math.max(1, Math.floor(size / 2)) : Math.min(200, size * 2)
    }
  }

  return {
    url,
    account,
    start: async () => {
      const { username, password } = account
      const state = await whenReachable(() => stateOf(username))
      await apply([denyByDefault, ...accountChanges(controllerAccount(username, password), state)])
    },
    grant: async (cluster) => apply(accountChanges(accountOf(cluster), await stateOf(cluster.clusterId))),
    revoke: async (clusterId) => apply(accountRemoval(clusterId, await stateOf(clusterId))),
    sync: async (clusters) => {
      const state = await fullState()
      const leftOver = knownClusters(state)
      const commands: DynsecCommand[] = []
      for await (const cluster of clusters) {
        leftOver.delete(cluster.clusterId)
        commands.push(...accountChanges(accountOf(cluster), state))
      }
      for (const clusterId of leftOver) commands.push(...accountRemoval(clusterId, state))
      await apply(commands)
      log.info({ commands: commands.length, revoked: leftOver.size }, 'broker accounts agree')
    },
    [Symbol.asyncDispose]: () => control[Symbol.asyncDispose](),
  }
}

/** The first commands that fit into one message; at least one. */
function withinBytes(commands: readonly DynsecCommand[]): readonly DynsecCommand[] {
  let bytes = 0
  const end = commands.findIndex((command) => {
    bytes += JSON.stringify(command).length
    return bytes > BATCH_MAX_BYTES
  })
  return end < 0 ? commands : commands.slice(0, Math.max(1, end))
}

function succeeded(answer: DynsecAnswer | undefined): DynsecAnswer {
  if (!answer) throw new Error('broker left a command unanswered')
  if (answer.error && !isDoneAlready(answer)) throw new Error(`broker refused ${answer.command}: ${answer.error}`)
  return answer
}

/** Another controller was faster with the same change. */
const isDoneAlready = ({ command, error = '' }: DynsecAnswer): boolean =>
  (command.startsWith('create') && /already exists/i.test(error)) ||
  (command.startsWith('delete') && /not found/i.test(error))

/** What a `get…` command found; null when it found nothing. */
function found<T>(answer: DynsecAnswer | undefined, schema: z.ZodType<T>): T | null {
  if (answer?.error && /not found/i.test(answer.error)) return null
  return schema.parse(succeeded(answer).data)
}
