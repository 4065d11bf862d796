import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { freePort } from './ports.ts'

export interface Postgres extends AsyncDisposable {
  readonly url: string
}

const START_TIMEOUT_MS = 20_000

/** A PostgreSQL server of our own on a free loopback port, with its data in a fresh folder. */
export async function startPostgres(): Promise<Postgres> {
  const folder = await mkdtemp(join(tmpdir(), 'loa-postgres-'))
  const port = await freePort()
  const as = await unprivileged()
  if (as.uid !== undefined) await chown(folder, as.uid, as.gid ?? as.uid)
  await chmod(folder, 0o700)
  const data = join(folder, 'data')
  const options = { ...as, cwd: folder }
  await promisify(execFile)('initdb', ['-D', data, '-U', 'loa', '--auth=trust', '--no-sync', '-E', 'UTF8'], options)
  const settings = ['-h', '127.0.0.1', '-p', String(port), '-k', folder, '-c', 'fsync=off']
  const server = spawn('postgres', ['-D', data, ...settings], { ...options, stdio: 'ignore' })
  const url = `postgres://loa@127.0.0.1:${port}/postgres`
  await reached(url)
  return {
    url,
    async [Symbol.asyncDispose]() {
      const ended = once(server, 'exit')
      server.kill('SIGINT')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** PostgreSQL refuses to run as root: then it runs as the user that its package has made. */
async function unprivileged(): Promise<{ uid?: number; gid?: number }> {
  if (process.getuid?.() !== 0) return {}
  const users = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
  const user = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody')
  return user ? { uid: Number(user[2]), gid: Number(user[3]) } : {}
}

async function reached(url: string): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS
  for (;;) {
    const client = new pg.Client(url)
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      if (performance.now() > deadline) throw error
      await delay(100)
    }
  }
}
