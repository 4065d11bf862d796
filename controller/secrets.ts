import { createHmac } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { importSigningKey, newSigningJwk, type SigningKey } from '#protocol/signing.ts'
import { type Config, ConfigError } from './config.ts'
import { randomSecret } from './ids.ts'

export interface Secrets {
  /** Signs sessions. */
  readonly auth: string
  /** From which the clusters' broker passwords follow. */
  readonly broker: string
  /** Signs plans, commands and alerts. */
  readonly signingKey: SigningKey
}

/** Takes the secrets from the environment, else from files in the data folder that only their owner can read. */
export async function loadSecrets(config: Pick<Config, 'dataDir' | 'secrets'>): Promise<Secrets> {
  const dir = join(config.dataDir, 'secrets')
  const master = config.secrets.master ?? (await readOrCreate(dir, 'master', async () => randomSecret()))
  const jwkText =
    config.secrets.signingKey ??
    (await readOrCreate(dir, 'signing-key.json', async () => JSON.stringify(await newSigningJwk())))
  return { auth: derive(master, 'auth'), broker: derive(master, 'broker'), signingKey: await parseKey(jwkText) }
}

async function parseKey(text: string): Promise<SigningKey> {
  try {
    return await importSigningKey(JSON.parse(text))
  } catch (cause) {
    throw new ConfigError('LOA_SIGNING_KEY: must be a private Ed25519 key as JWK', { cause })
  }
}

/** One secret leaks nothing about another that follows from the same master. */
const derive = (master: string, purpose: string): string =>
  createHmac('sha256', master).update(`loa-xa/${purpose}`).digest('base64url')

async function readOrCreate(dir: string, name: string, create: () => Promise<string>): Promise<string> {
  const file = join(dir, name)
  await mkdir(dir, { recursive: true, mode: 0o700 })
  try {
    // Fails when the file exists: of two processes that start at once, one writes and both read the same.
    await writeFile(file, await create(), { mode: 0o600, flag: 'wx' })
  } catch (err) {
    if (!(err instanceof Error && 'code' in err && err.code === 'EEXIST')) throw err
  }
  return (await readFile(file, 'utf8')).trim()
}
