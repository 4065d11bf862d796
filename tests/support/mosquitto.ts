import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { freePort } from './ports.ts'

export interface Mosquitto extends AsyncDisposable {
  readonly url: string
  /** Ends it with SIGTERM, so that it saves what it keeps. */
  stop(): Promise<void>
  /** Starts it again on the same port with the same data. */
  start(): Promise<void>
}
export interface PrivateMosquitto extends Mosquitto {
  readonly admin: { readonly username: string; readonly password: string }
}

const run = promisify(execFile)
const PLUGINS = [
  '/usr/lib/x86_64-linux-gnu/mosquitto_dynamic_security.so',
  '/usr/lib/aarch64-linux-gnu/mosquitto_dynamic_security.so',
  '/usr/lib/mosquitto_dynamic_security.so',
  '/usr/local/lib/mosquitto_dynamic_security.so',
]
const START_TIMEOUT_MS = 10_000
const SBIN = { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin:/usr/local/sbin` }

/** A Mosquitto that lets everybody do everything, as a baseline. */
export async function startOpenMosquitto(): Promise<Mosquitto> {
  const folder = await mkdtemp(join(tmpdir(), 'loa-mosquitto-'))
  const port = await freePort()
  return launch(
    folder,
    port,
    `listener ${port} 127.0.0.1\nallow_anonymous true\nset_tcp_nodelay true\nlog_type error\n`,
  )
}

/** A Mosquitto of our own: the project's `mosquitto.conf`, on a free loopback port, with its data in a fresh folder. */
export async function startMosquitto(): Promise<PrivateMosquitto> {
  const folder = await mkdtemp(join(tmpdir(), 'loa-mosquitto-'))
  const port = await freePort()
  const admin = { username: 'loa-admin', password: 'an administrator of this test only' }
  const accounts = join(folder, 'dynamic-security.json')
  await run('mosquitto_ctrl', ['dynsec', 'init', accounts, admin.username, admin.password], { env: SBIN })
  // Started by root, Mosquitto gives up its rights and writes as the user mosquitto.
  await chmod(folder, 0o777)
  await chmod(accounts, 0o666)
  return Object.assign(await launch(folder, port, await adaptedSettings({ folder, port, accounts })), { admin })
}

async function launch(folder: string, port: number, text: string): Promise<Mosquitto> {
  const settings = join(folder, 'mosquitto.conf')
  await writeFile(settings, text)

  let child: ChildProcess | null = null
  const stop = async () => {
    const ending = child
    child = null
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return
    const exited = once(ending, 'exit')
    ending.kill('SIGTERM')
    await exited
  }
  const start = async () => {
    const log: string[] = []
    const started = spawn('mosquitto', ['-c', settings], { env: SBIN, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [started.stdout, started.stderr]) stream.on('data', (text) => log.push(String(text)))
    child = started
    const deadline = Date.now() + START_TIMEOUT_MS
    while (!(await isListening(port))) {
      if (started.exitCode !== null || Date.now() > deadline)
        throw new Error(`mosquitto did not start: ${log.join('')}`)
      await delay(20)
    }
  }
  await start()
  return {
    url: `mqtt://127.0.0.1:${port}`,
    start,
    stop,
    [Symbol.asyncDispose]: async () => {
      await stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The shipped file with only its places changed, so that the tests run under the shipped limits. */
async function adaptedSettings(to: { folder: string; port: number; accounts: string }): Promise<string> {
  const plugin = PLUGINS.find((file) => existsSync(file))
  if (!plugin) throw new Error('the dynamic-security plugin of Mosquitto is not where it is looked for')
  const changes: Readonly<Record<string, string>> = {
    listener: `listener ${to.port} 127.0.0.1`,
    plugin: `plugin ${plugin}`,
    plugin_opt_config_file: `plugin_opt_config_file ${to.accounts}`,
    persistence_location: `persistence_location ${to.folder}/`,
  }
  const shipped = await readFile(new URL('../../mosquitto.conf', import.meta.url), 'utf8')
  return shipped
    .split('\n')
    .map((line) => changes[line.split(' ')[0] ?? ''] ?? line)
    .join('\n')
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
