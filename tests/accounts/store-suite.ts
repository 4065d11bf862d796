import { describe, expect, test } from 'vitest'
import * as accountStore from '../../controller/accounts/accounts.store.ts'
import { OPERATOR } from '../../controller/accounts/actor.ts'
import { createAuth, migrateAuth } from '../../controller/accounts/auth.ts'
import { createAccount } from '../../controller/accounts/create-account.ts'
import { disableAccount, enableAccount } from '../../controller/accounts/end-access.ts'
import * as invitationStore from '../../controller/accounts/invitations.store.ts'
import { createBus } from '../../controller/bus.ts'
import { createLogger } from '../../controller/logger.ts'
import { PLACES } from '../db/rows.ts'
import type { Stores } from '../support/dialects.ts'

const log = createLogger('silent')
const settings = {
  secret: 'a secret that only this test knows',
  publicUrl: 'http://127.0.0.1:8080',
  log,
  bus: createBus(log),
}

export const describeAccountStores = (database: Stores) =>
  describe('accounts and invitations', () => {
    test('the sign-in library makes its tables, twice without harm, and an account signs in', async () => {
      await migrateAuth(database(), settings)
      await migrateAuth(database(), settings)
      const { db } = database()
      const auth = createAuth(database(), settings)
      const before = await accountStore.countAccounts(db)
      const passwordHash = await (await auth.$context).password.hash('mat-khau-thu-nghiem')
      const account = { name: 'Chị Lan', username: 'chi.lan-1', role: 'officer' as const, passwordHash }
      const id = await db.transaction().execute((tx) => createAccount(auth, tx, account))
      expect(await accountStore.countAccounts(db)).toBe(before + 1)
      expect(await accountStore.findUserId(db, 'chi.lan-1')).toBe(id)
      expect(await accountStore.findUserId(db, 'nobody')).toBeNull()
      expect(await accountStore.listAccounts(db)).toContainEqual({
        id,
        name: 'Chị Lan',
        username: 'chi.lan-1',
        role: 'officer',
        isDisabled: false,
      })
      const signedIn = await auth.api.signInUsername({
        body: { username: 'chi.lan-1', password: 'mat-khau-thu-nghiem' },
        asResponse: true,
      })
      expect(signedIn.status).toBe(200)
      const cookie = signedIn.headers
        .getSetCookie()
        .map((one) => one.split(';')[0])
        .join('; ')
      const session = await auth.api.getSession({ headers: new Headers({ cookie }) })
      expect(session?.user).toMatchObject({ id, role: 'officer' })
      const { id: sessionId = '', expiresAt = new Date(0) } = session?.session ?? {}
      const isOpenAt = (at: number) => accountStore.isSessionOpen(db, sessionId, at)
      expect(await isOpenAt(expiresAt.getTime() - 1)).toBe(true)
      expect(await isOpenAt(expiresAt.getTime())).toBe(false)

      const named = { actor: OPERATOR, username: 'chi.lan-1' }
      const internals = (await auth.$context).internalAdapter
      await internals.updateUser(id, { banned: true })
      expect(await isOpenAt(0)).toBe(false)
      await internals.updateUser(id, { banned: false })
      expect(await isOpenAt(0)).toBe(true)
      await disableAccount({ db, auth }, named)
      expect(await isOpenAt(0)).toBe(false)
      expect(await auth.api.getSession({ headers: new Headers({ cookie }) })).toBeNull()
      expect(await accountStore.listAccounts(db)).toContainEqual(expect.objectContaining({ isDisabled: true }))
      await enableAccount({ db, auth }, named)
      expect(await accountStore.listAccounts(db)).not.toContainEqual(expect.objectContaining({ isDisabled: true }))
    })

    test('areas of an account are replaced as a whole', async () => {
      const { db } = database()
      await accountStore.setAreaCodes(db, 'u1', [PLACES.commune, PLACES.elsewhere])
      expect(await accountStore.areaCodesOf(db, 'u1')).toEqual([PLACES.elsewhere, PLACES.commune])
      await accountStore.setAreaCodes(db, 'u1', [PLACES.sister])
      expect(await accountStore.areaCodesOf(db, 'u1')).toEqual([PLACES.sister])
      await accountStore.setAreaCodes(db, 'u1', [])
      expect(await accountStore.areaCodesOf(db, 'u1')).toEqual([])
    })

    test('an invitation is redeemed once, by one of many who try at the same time, and not after its end', async () => {
      const { db } = database()
      const row = { role: 'leader' as const, areaCodes: [PLACES.commune], createdAt: 1, expiresAt: 100 }
      await invitationStore.insertInvitation(db, { ...row, tokenHash: 'many' })
      const tries = await Promise.all([1, 2, 3].map((at) => invitationStore.redeemInvitation(db, 'many', at)))
      expect(tries.filter((one) => one !== null)).toEqual([{ role: 'leader', areaCodes: [PLACES.commune] }])
      await invitationStore.insertInvitation(db, { ...row, tokenHash: 'late' })
      expect(await invitationStore.redeemInvitation(db, 'late', 100)).toBeNull()
      expect(await invitationStore.isInvitationOpen(db, 'late', 100)).toBe(false)
      expect(await invitationStore.isInvitationOpen(db, 'late', 99)).toBe(true)
      expect(await invitationStore.redeemInvitation(db, 'late', 99)).not.toBeNull()
      expect(await invitationStore.isInvitationOpen(db, 'late', 99)).toBe(false)
      expect(await invitationStore.redeemInvitation(db, 'unknown', 1)).toBeNull()
    })
  })
