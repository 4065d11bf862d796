import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clusterPassword, controllerPassword, isClusterPassword } from '../../controller/mqtt/credentials.ts'

const cluster = fc.record({
  secret: fc.string({ minLength: 1 }),
  clusterId: fc.stringMatching(/^clu_[0-9a-z]{1,40}$/),
  generation: fc.nat(),
})

test('a password always follows from secret, cluster and generation, and changes with each of them', () => {
  fc.assert(
    fc.property(cluster, cluster, (a, b) => {
      const [first, second] = [a, b].map((c) => clusterPassword(c.secret, c.clusterId, c.generation))
      const isSame = a.secret === b.secret && a.clusterId === b.clusterId && a.generation === b.generation
      expect(first === second).toBe(isSame)
      expect(first).toMatch(/^[\w-]{43}$/)
      expect(controllerPassword(a.secret)).not.toBe(first)
    }),
  )
})

test('only the very password is taken, whatever is given', () => {
  fc.assert(
    fc.property(cluster, fc.string(), (c, guess) => {
      const password = clusterPassword(c.secret, c.clusterId, c.generation)
      expect(isClusterPassword(c.secret, c, password)).toBe(true)
      expect(isClusterPassword(c.secret, c, Buffer.from(password))).toBe(true)
      for (const wrong of [guess, password.slice(1), `${password}x`, password.toLowerCase().toUpperCase(), ''])
        if (wrong !== password) expect(isClusterPassword(c.secret, c, wrong)).toBe(false)
    }),
  )
})

test('the derivation is the documented one, so that other tools can provision clusters', () => {
  // printf clu_a.1 | openssl dgst -sha256 -hmac secret -binary | basenc --base64url
  expect(clusterPassword('secret', 'clu_a', 1)).toBe('IXlwVMJsVoXU0ilHoYd9T_-k8Zk2AB_F6iEHAW847sg')
})
