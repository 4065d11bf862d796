import { createHash } from 'node:crypto'
import { ClusterId } from '#protocol/ids.ts'
import { clusterTopics, topics } from '#protocol/topics.ts'
import type { ClusterGrant } from './broker.ts'

/** A command of Mosquitto's dynamic-security plugin. */
export interface DynsecCommand {
  readonly command: string
  readonly [field: string]: unknown
}

export interface Account {
  readonly username: string
  readonly password: string
  /** Absent: any client id. */
  readonly clientId?: string
  readonly acls: readonly Acl[]
}
interface Acl {
  readonly acltype: string
  readonly topic: string
  readonly allow: boolean
}

/** What the broker says it has, for the accounts in question. */
export interface DynsecState {
  readonly clients: ReadonlyMap<string, DynsecClient>
  readonly roles: ReadonlyMap<string, readonly Acl[]>
}
export interface DynsecClient {
  readonly username: string
  readonly clientid?: string | undefined
  readonly textname?: string | undefined
  readonly disabled?: boolean | undefined
  readonly roles: readonly { readonly rolename: string }[]
}

/** Exactly the topics of one cluster, to write, to subscribe and to receive: old subscriptions outlive a move. */
export function clusterAccount(grant: ClusterGrant, password: string): Account {
  const { publish, subscribe } = clusterTopics(grant.clusterId, grant.areaCodes)
  return {
    username: grant.clusterId,
    password,
    clientId: grant.clusterId,
    acls: [
      ...allow('publishClientSend', publish),
      ...allow('subscribeLiteral', subscribe),
      ...allow('publishClientReceive', subscribe),
    ],
  }
}

/** Controllers write what is theirs, and may clear what a removed cluster has left retained. */
export function controllerAccount(username: string, password: string): Account {
  const all = Object.values(topics)
  const filters = all.map((topic) => topic.filter)
  return {
    username,
    password,
    acls: [
      ...allow(
        'publishClientSend',
        all.filter((t) => t.from === 'controller' || t.retain).map((t) => t.filter),
      ),
      ...allow('subscribeLiteral', filters),
      ...allow('publishClientReceive', filters),
    ],
  }
}

/** What nobody is granted, nobody may do. */
export const denyByDefault: DynsecCommand = {
  command: 'setDefaultACLAccess',
  acls: ['publishClientSend', 'publishClientReceive', 'subscribe']
    .map((acltype) => ({ acltype, allow: false }))
    .concat({ acltype: 'unsubscribe', allow: true }),
}

/** The commands that make the broker's account agree; none when it does. Whoever is connected is cut off by a change. */
export function accountChanges(account: Account, state: DynsecState): DynsecCommand[] {
  const rolename = roleOf(account.username)
  const role = state.roles.get(rolename)
  const client = state.clients.get(account.username)
  const textname = fingerprint(account.password)
  const wanted = {
    username: account.username,
    password: account.password,
    clientid: account.clientId ?? '',
    textname,
    roles: [{ rolename }],
  }
  const isRoleRight = role !== undefined && sameAcls(role, account.acls)
  const isClientRight =
    client !== undefined &&
    client.textname === textname &&
    (client.clientid ?? '') === wanted.clientid &&
    client.roles.length === 1 &&
    client.roles[0]?.rolename === rolename
  const commands: DynsecCommand[] = []
  if (!isRoleRight) commands.push({ command: role ? 'modifyRole' : 'createRole', rolename, acls: account.acls })
  if (!isClientRight) commands.push({ command: client ? 'modifyClient' : 'createClient', ...wanted })
  if (client?.disabled) commands.push({ command: 'enableClient', username: account.username })
  return commands
}

export function accountRemoval(username: string, state: DynsecState): DynsecCommand[] {
  const rolename = roleOf(username)
  return [
    ...(state.clients.has(username) ? [{ command: 'deleteClient', username }] : []),
    ...(state.roles.has(rolename) ? [{ command: 'deleteRole', rolename }] : []),
  ]
}

/** Clusters that the broker knows, by client or by a role left over; other accounts are none of our business. */
export function knownClusters(state: DynsecState): Set<string> {
  const fromRoles = [...state.roles.keys()].map((rolename) => rolename.slice(ROLE_PREFIX.length))
  return new Set([...state.clients.keys(), ...fromRoles].filter((name) => ClusterId.safeParse(name).success))
}

const ROLE_PREFIX = 'loa-'
export const roleOf = (username: string): string => `${ROLE_PREFIX}${username}`

const allow = (acltype: string, list: readonly string[]): Acl[] =>
  list.map((topic) => ({ acltype, topic, allow: true }))

const sameAcls = (a: readonly Acl[], b: readonly Acl[]): boolean => {
  const key = (acl: Acl) => `${acl.acltype} ${acl.topic} ${acl.allow}`
  const have = new Set(a.map(key))
  return a.length === b.length && b.every((acl) => have.has(key(acl)))
}

/** The broker never tells a password; this mark says whether it has the present one. 256 secret bits stay unguessable. */
const fingerprint = (password: string): string =>
  `key ${createHash('sha256').update(`fingerprint.${password}`).digest('hex').slice(0, 16)}`
