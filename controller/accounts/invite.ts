import { createHash } from 'node:crypto'
import type { Invitation, Role } from '#protocol/http/accounts.ts'
import type { Context } from '../context.ts'
import { invalid } from '../errors.ts'
import { randomSecret } from '../ids.ts'
import { DAY } from '../units.ts'
import * as accountStore from './accounts.store.ts'
import { type Actor, requirePermission } from './actor.ts'
import { requireCoverage } from './coverage.ts'
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

/** Makes the account that an invitation stands for; the invitation is used up exactly when the account exists. */
export async function acceptInvitation(
  ctx: Pick<Context, 'db' | 'clock' | 'auth'>,
  input: { token: string; name: string; username: string; password: string },
): Promise<void> {
  const tokenHash = hashOf(input.token)
  const invitation = await invitationStore.redeemInvitation(ctx.db, tokenHash, ctx.clock.now())
  if (!invitation) throw invalid('token', 'invitation.spent')
  try {
    if ((await accountStore.findUserId(ctx.db, input.username)) !== null) throw invalid('username', 'account.taken')
    const { user } = await ctx.auth.api.createUser({
      body: {
        // The library wants an address; this one can receive nothing (RFC 2606).
        email: `${input.username}@loa.invalid`,
        name: input.name,
        password: input.password,
        data: { role: invitation.role, username: input.username, displayUsername: input.username },
      },
    })
    await accountStore.setAreaCodes(ctx.db, user.id, invitation.areaCodes)
  } catch (err) {
    await invitationStore.unredeemInvitation(ctx.db, tokenHash)
    throw err
  }
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')
