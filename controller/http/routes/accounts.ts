import * as schema from '#protocol/http/accounts.ts'
import { permissionsOf } from '../../accounts/actor.ts'
import { acceptInvitation, invite } from '../../accounts/invite.ts'
import type { Context } from '../../context.ts'
import { DomainError } from '../../errors.ts'
import { problemsOf } from '../errors.ts'
import { endpoint, jsonBody, router } from '../route.ts'

const me = endpoint('get', '/me', { summary: 'Who is signed in', request: {}, status: 200, answer: schema.Me })
const create = endpoint('post', '/invitations', {
  summary: 'Make a one-time link for a new account',
  request: jsonBody(schema.CreateInvitation),
  status: 201,
  answer: schema.Invitation,
})

export const accountRoutes = (ctx: Context) =>
  router()
    .openapi(me, (c) => {
      const { userId: id, name, username, role, areaCodes } = c.get('actor')
      return c.json({ id, name, username, role, permissions: [...permissionsOf(role)], areaCodes: [...areaCodes] }, 200)
    })
    .openapi(create, async (c) => c.json(await invite(ctx, { actor: c.get('actor'), ...c.req.valid('json') }), 201))

/** Open to those who hold a one-time link; the answer signs them in. */
export const invitationRoutes = (ctx: Context) =>
  router().post('/accept', async (c) => {
    const parsed = schema.AcceptInvitation.safeParse(await c.req.json().catch(() => null))
    if (!parsed.success) throw new DomainError('invalid', problemsOf(parsed.error))
    const input = parsed.data
    await acceptInvitation(ctx, input)
    return ctx.auth.api.signInUsername({
      body: { username: input.username, password: input.password },
      headers: c.req.raw.headers,
      asResponse: true,
    })
  })
