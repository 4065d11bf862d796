import { PERMISSIONS, type Permission, type Role } from '#protocol/http/accounts.ts'
import { forbidden } from '../errors.ts'

/** Who acts: a signed-in account, or the operator of the machine at the command line. */
export interface Actor {
  readonly userId: string
  readonly name: string
  readonly username: string
  readonly role: Role
  readonly areaCodes: readonly string[]
}

/** What each role is for (people of the commune, the province and the technicians). */
const GRANTS = {
  admin: PERMISSIONS,
  justice: ['bulletins.read', 'bulletins.write', 'bulletins.withdraw', 'programmes.read', 'clusters.read'],
  officer: [
    'bulletins.read',
    'bulletins.write',
    'programmes.read',
    'programmes.write',
    'silences.write',
    'inbox.decide',
    'clusters.read',
  ],
  leader: [
    'bulletins.read',
    'bulletins.approve',
    'bulletins.withdraw',
    'programmes.read',
    'rules.write',
    'silences.write',
    'inbox.decide',
    'clusters.read',
  ],
  province: [
    'bulletins.read',
    'bulletins.write',
    'bulletins.approve',
    'bulletins.withdraw',
    'programmes.read',
    'rules.write',
    'silences.write',
    'clusters.read',
    'stations.write',
  ],
  technician: ['programmes.read', 'clusters.read', 'clusters.enrol'],
  viewer: ['bulletins.read', 'programmes.read', 'clusters.read'],
} as const satisfies Record<Role, readonly Permission[]>

export const permissionsOf = (role: Role): readonly Permission[] => GRANTS[role]

export function requirePermission(actor: Actor, permission: Permission): void {
  if (!permissionsOf(actor.role).includes(permission)) throw forbidden('permission.missing')
}

/** Areas that limit what the account sees; null: everything. */
export const scopeOf = (actor: Actor): readonly string[] | null => (actor.role === 'admin' ? null : actor.areaCodes)

/** The person at the machine's own command line; recorded as such, never as somebody else. */
export const OPERATOR: Actor = {
  userId: 'operator',
  name: 'Người vận hành máy chủ',
  username: 'operator',
  role: 'admin',
  areaCodes: [],
}
