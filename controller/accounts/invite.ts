import { createHash } from 'node:crypto'
import type { Invitation, Role } from '#protocol/http/accounts.ts'
import type { Context } from '../context.ts'
import { transact } from '../db/transact.ts'
import { type DomainError, invalid } from '../errors.ts'
import { randomSecret } from '../ids.ts'
import { DAY } from '../units.ts'
import * as accountStore from './accounts.store.ts'
import { type Actor, requirePermission } from './actor.ts'
import { requireCoverage } from './coverage.ts'
import { createAccount } from './create-account.ts'
import * as invitationStore from './invitations.store.ts'

const VALID_DAYS = 7

type Needs = Pick<Context, 'db' | 'clock' | 'publicUrl'>

/** A one-time link with which somebody makes an account of this role. Only its hash is stored. */
export async function invite(
  ctx: Needs,
  input: { actor: Actor; role: Role; areaCodes: readonly string[] },
): Promise<Invitation> {
  requirePermission(input.actor, 'accounts.write')
  await requireCoverage(ctx.db, input.actor, input.areaCodes, 'areaCodes')
  if (input.role !== 'admin' && input.areaCodes.length === 0) throw invalid('areaCodes', 'account.noArea')
  const token = randomSecret()
  const now = ctx.clock.now()
  const expiresAt = now + VALID_DAYS * DAY
  await invitationStore.insertInvitation(ctx.db, {
    tokenHash: hashOf(token),
    role: input.role,
    areaCodes: input.areaCodes,
    expiresAt,
    createdAt: now,
  })
  return { url: `${ctx.publicUrl}/moi?token=${token}`, expiresAt: new Date(expiresAt).toISOString() }
}

/** Makes the account that an invitation stands for; the invitation is used up exactly when the account is there, whole. */
export async function acceptInvitation(
  ctx: Pick<Context, 'db' | 'bus' | 'clock' | 'auth'>,
  input: { token: string; name: string; username: string; password: string },
): Promise<void> {
  const { token, name, username } = input
  const tokenHash = hashOf(token)
  // Hashing is slow on purpose: nothing for strangers to ask for, nor for a transaction to wait for.
  if (!(await invitationStore.isInvitationOpen(ctx.db, tokenHash, ctx.clock.now()))) throw spent()
  const passwordHash = await (await ctx.auth.$context).password.hash(input.password)
  await transact(ctx, async ({ db }) => {
    const invitation = await invitationStore.redeemInvitation(db, tokenHash, ctx.clock.now())
    if (!invitation) throw spent()
    if ((await accountStore.findUserId(db, username)) !== null) throw invalid('username', 'account.taken')
    const userId = await createAccount(ctx.auth, db, { name, username, passwordHash, role: invitation.role })
    await accountStore.setAreaCodes(db, userId, invitation.areaCodes)
  })
}

const spent = (): DomainError => invalid('token', 'invitation.spent')
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')
