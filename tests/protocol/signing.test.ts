import { CompactSign } from 'jose'
import { describe, expect, test } from 'vitest'
import type { ClusterCommand, ClusterPlan } from '#protocol/messages.ts'
import {
  importSigningKey,
  importTrustedKeys,
  newSigningJwk,
  openMessage,
  type SigningKey,
  signMessage,
} from '#protocol/signing.ts'

const plan: ClusterPlan = {
  clusterId: 'clu_1',
  version: 3,
  issuedAt: 1_750_000_000_000,
  validUntil: 1_750_600_000_000,
  settings: {
    timeZone: 'Asia/Ho_Chi_Minh',
    quietHours: { from: '22:00', to: '05:00' },
    volume: { day: 80, night: 40 },
    leadInMs: 500,
    delayMs: 0,
    mediaBaseUrl: 'https://loa.example.vn/',
    statusEveryMs: 60_000,
  },
  occurrences: [],
}
const command: ClusterCommand = {
  clusterId: 'clu_1',
  commandId: 'c1',
  kind: 'stop',
  issuedAt: 1_750_000_000_000,
  expiresAt: 1_750_000_060_000,
}

const freshKey = async (): Promise<SigningKey> => importSigningKey(await newSigningJwk())

async function setting() {
  const key = await freshKey()
  return { key, trusted: await importTrustedKeys([key.publicJwk]) }
}

/** Signs anything, as an attacker or a newer controller could, with a header of its own choice. */
const signRaw = (bytes: Uint8Array | string, key: SigningKey, header: Record<string, unknown> = {}) =>
  new CompactSign(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes)
    .setProtectedHeader({ alg: 'EdDSA', kid: key.kid, typ: 'loa-plan+jws', ...header })
    .sign(key.key)

const withPart = (jws: string, index: number, change: (part: string) => string): string =>
  jws
    .split('.')
    .map((part, i) => (i === index ? change(part) : part))
    .join('.')
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

test('a signed plan opens with the trusted key and says what was signed', async () => {
  const { key, trusted } = await setting()
  expect(await openMessage('plan', await signMessage('plan', plan, key), trusted)).toEqual({ ok: true, content: plan })
})

test('one of several trusted keys is enough, so that keys can be rotated', async () => {
  const [old, next] = [await freshKey(), await freshKey()]
  const trusted = await importTrustedKeys([old.publicJwk, next.publicJwk])
  for (const key of [old, next])
    expect(await openMessage('command', await signMessage('command', command, key), trusted)).toMatchObject({
      ok: true,
    })
})

describe('a message is refused as badly signed', () => {
  const bad = { ok: false, reason: 'bad-signature' }

  test('when another key signed it', async () => {
    const { trusted } = await setting()
    expect(await openMessage('plan', await signMessage('plan', plan, await freshKey()), trusted)).toEqual(bad)
  })

  test('when another key signed it under the trusted key id', async () => {
    const { key, trusted } = await setting()
    const forged = await signRaw(JSON.stringify(plan), await freshKey(), { kid: key.kid })
    expect(await openMessage('plan', forged, trusted)).toEqual(bad)
  })

  test('when it names no key', async () => {
    const { key, trusted } = await setting()
    expect(await openMessage('plan', await signRaw(JSON.stringify(plan), key, { kid: undefined }), trusted)).toEqual(
      bad,
    )
  })

  test('when its content was exchanged', async () => {
    const { key, trusted } = await setting()
    const forged = withPart(await signMessage('plan', plan, key), 1, () => encoded({ ...plan, version: 99 }))
    expect(await openMessage('plan', forged, trusted)).toEqual(bad)
  })

  test('when it claims to need no signature', async () => {
    const { key, trusted } = await setting()
    const header = encoded({ alg: 'none', kid: key.kid, typ: 'loa-plan+jws' })
    expect(await openMessage('plan', `${header}.${encoded(plan)}.`, trusted)).toEqual(bad)
  })

  test('when it claims a symmetric algorithm', async () => {
    const { key, trusted } = await setting()
    const header = encoded({ alg: 'HS256', kid: key.kid, typ: 'loa-plan+jws' })
    const forged = withPart(await signMessage('plan', plan, key), 0, () => header)
    expect(await openMessage('plan', forged, trusted)).toEqual(bad)
  })

  test('when a signed command is passed off as a plan, or the type is missing', async () => {
    const { key, trusted } = await setting()
    expect(await openMessage('plan', await signMessage('command', command, key), trusted)).toEqual(bad)
    expect(await openMessage('plan', await signRaw(JSON.stringify(plan), key, { typ: undefined }), trusted)).toEqual(
      bad,
    )
  })

  test('when it was cut short anywhere', async () => {
    const { key, trusted } = await setting()
    const jws = await signMessage('command', command, key)
    for (let length = 0; length < jws.length; length += 7)
      expect(await openMessage('command', jws.slice(0, length), trusted), `cut at ${length}`).toEqual(bad)
  })

  test('when it is no JWS at all', async () => {
    const { trusted } = await setting()
    for (const text of ['', '.', '..', '...', 'a.b.c', '{}', '\u0000', 'x'.repeat(100_000)])
      expect(await openMessage('plan', text, trusted)).toEqual(bad)
  })
})

describe('a message that is truly signed is refused as malformed', () => {
  const malformed = { ok: false, reason: 'malformed' }

  test.each([
    ['is not JSON', 'not json'],
    ['is empty', ''],
    ['is another JSON value', '[]'],
    ['lacks a field', JSON.stringify({ ...plan, version: undefined })],
    ['has a value out of range', JSON.stringify({ ...plan, version: 0 })],
    ['names a cluster by a topic trick', JSON.stringify({ ...plan, clusterId: 'clu_1/+' })],
  ])('when its content %s', async (_name, text) => {
    const { key, trusted } = await setting()
    expect(await openMessage('plan', await signRaw(text, key), trusted)).toEqual(malformed)
  })

  test('when its content is not UTF-8', async () => {
    const { key, trusted } = await setting()
    const bytes = Uint8Array.from([0x22, 0xff, 0xfe, 0x22])
    expect(await openMessage('plan', await signRaw(bytes, key), trusted)).toEqual(malformed)
  })
})

test('fields of a newer controller are passed over', async () => {
  const { key, trusted } = await setting()
  const newer = await signRaw(JSON.stringify({ ...plan, mood: 'festive' }), key)
  expect(await openMessage('plan', newer, trusted)).toEqual({ ok: true, content: plan })
})

test('only a private Ed25519 key becomes a signing key', async () => {
  const { d: _private, ...publicOnly } = await newSigningJwk()
  await expect(importSigningKey(publicOnly)).rejects.toThrow(TypeError)
  await expect(importSigningKey({ kty: 'oct', k: 'c2VjcmV0' })).rejects.toThrow(TypeError)
})
