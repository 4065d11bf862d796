import {
  CompactSign,
  type CryptoKey,
  calculateJwkThumbprint,
  compactVerify,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
} from 'jose'
import type { z } from 'zod'
import { AreaAlert, ClusterCommand, ClusterPlan } from './messages.ts'

/** Each kind has its own `typ`, so that a signed command can never be taken for a plan. */
const SIGNED = { plan: ClusterPlan, command: ClusterCommand, alert: AreaAlert } as const
export type SignedKind = keyof typeof SIGNED
export type SignedContent<K extends SignedKind> = z.infer<(typeof SIGNED)[K]>

export interface SigningKey {
  readonly kid: string
  readonly key: CryptoKey
  readonly publicJwk: PublicJwk
}
export interface PublicJwk {
  readonly kid: string
  readonly kty: 'OKP'
  readonly crv: 'Ed25519'
  readonly x: string
}

export type Opened<K extends SignedKind> =
  | { readonly ok: true; readonly content: SignedContent<K> }
  | { readonly ok: false; readonly reason: 'bad-signature' | 'malformed' }

/** Compact JWS, EdDSA over Ed25519 (RFC 8037). */
export async function signMessage<K extends SignedKind>(
  kind: K,
  content: SignedContent<K>,
  by: SigningKey,
): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(content))
  return new CompactSign(bytes).setProtectedHeader({ alg: 'EdDSA', kid: by.kid, typ: typeOf(kind) }).sign(by.key)
}

export type TrustedKeys = ReadonlyMap<string, CryptoKey>

export async function importTrustedKeys(jwks: readonly PublicJwk[]): Promise<TrustedKeys> {
  const entries = await Promise.all(jwks.map(async (jwk) => [jwk.kid, await importEd25519(jwk)] as const))
  return new Map(entries)
}

/** Checks signature, type and shape. Never throws on what came over the wire. */
export async function openMessage<K extends SignedKind>(
  kind: K,
  jws: string,
  trusted: TrustedKeys,
): Promise<Opened<K>> {
  let text: string
  try {
    const { payload, protectedHeader } = await compactVerify(
      jws,
      (header) => {
        const key = trusted.get(header.kid ?? '')
        if (!key) throw new Error('unknown key')
        return key
      },
      { algorithms: ['EdDSA'] },
    )
    if (protectedHeader.typ !== typeOf(kind)) return { ok: false, reason: 'bad-signature' }
    text = new TextDecoder().decode(payload)
  } catch {
    return { ok: false, reason: 'bad-signature' }
  }
  const parsed = SIGNED[kind].safeParse(parseJson(text))
  // The schema of `kind` parsed it, which TypeScript cannot follow through the indexed table.
  return parsed.success ? { ok: true, content: parsed.data as SignedContent<K> } : { ok: false, reason: 'malformed' }
}

/** A fresh private key as JWK, to be kept in a file that only the controller can read. */
export async function newSigningJwk(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
  return exportJWK(privateKey)
}

/** Throws TypeError when the JWK is not a private Ed25519 key. */
export async function importSigningKey(jwk: JWK): Promise<SigningKey> {
  if (jwk.kty !== 'OKP' || jwk.crv !== 'Ed25519' || !jwk.d || !jwk.x) throw new TypeError('not a private Ed25519 JWK')
  const kid = await calculateJwkThumbprint({ kty: jwk.kty, crv: jwk.crv, x: jwk.x })
  return { kid, key: await importEd25519(jwk), publicJwk: { kid, kty: 'OKP', crv: 'Ed25519', x: jwk.x } }
}

const typeOf = (kind: SignedKind): string => `loa-${kind}+jws`

async function importEd25519(jwk: JWK): Promise<CryptoKey> {
  const key = await importJWK({ ...jwk }, 'EdDSA')
  if (key instanceof Uint8Array) throw new TypeError('not an Ed25519 JWK')
  return key
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
