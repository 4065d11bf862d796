import { randomBytes } from 'node:crypto'
import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { bulletinInput, created } from '../http/support.ts'
import { startChild } from '../support/child-program.ts'
import { freePort } from '../support/ports.ts'
import { type Session, signUp } from '../support/session.ts'
import { until } from '../support/until.ts'
import { tusClient } from './tus.ts'

const MIB = 1024 ** 2

test('an upload goes on where it stopped though the controller was killed in the middle of a piece, and at its end', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'loa-upload-'))
  const env = {
    LOA_DATA_DIR: dataDir,
    LOA_HTTP_PORT: String(await freePort()),
    LOA_MQTT_PORT: String(await freePort()),
    LOA_LOG_LEVEL: 'error',
  }
  let controller = startChild('controller/main.ts', [], env)
  const killAndRestart = async (): Promise<void> => {
    await controller.kill9()
    controller = startChild('controller/main.ts', [], env)
    await controller.line(/^Loa Xã: /)
  }
  try {
    const link = /http\S+/.exec(await controller.line(/moi\?token=/))?.[0] ?? ''
    const url = new URL(link).origin
    const admin = await signUp(url, link, 'quan-tri')
    const bulletinId = await created(admin.post('/api/bulletins', bulletinInput()))
    const tus = tusClient(url, admin)
    const content = randomBytes(8 * MIB)
    const fields = { purpose: 'recording', fileName: 'a.wav', bulletinId, language: 'km' }
    const path = (await tus.create(content.length, fields)).headers.get('location') ?? ''
    const file = join(dataDir, 'uploads', path.split('/').at(-1) ?? '')

    sendSlowly(`${url}${path}`, admin, content, 5 * MIB)
    await until('some of the piece to reach the disk', async () => (await stat(file)).size > 3 * MIB)
    await killAndRestart()
    const offset = Number((await tus.head(path)).headers.get('upload-offset'))
    expect(offset).toBeGreaterThan(3 * MIB)
    expect(offset).toBe((await stat(file)).size)
    await tus.patch(path, offset, content.subarray(offset, -1))
    expect((await readFile(file)).equals(content.subarray(0, -1))).toBe(true)

    // The last byte is on disk, and nobody has been told.
    await controller.kill9()
    await appendFile(file, content.subarray(-1))
    controller = startChild('controller/main.ts', [], env)
    await controller.line(/^Loa Xã: /)
    const head = await tus.head(path)
    expect(head.headers.get('upload-offset')).toBe(String(content.length))
    expect(stateOf(dataDir)).not.toBe('receiving')
  } finally {
    await controller[Symbol.asyncDispose]()
  }
  await rm(dataDir, { recursive: true, force: true })
}, 60_000)

/** Announces all and sends the beginning; the line stays open. */
function sendSlowly(url: string, by: Session, content: Buffer, beginning: number): void {
  const outgoing = request(url, {
    method: 'PATCH',
    headers: {
      cookie: by.cookie,
      'tus-resumable': '1.0.0',
      'upload-offset': '0',
      'content-type': 'application/offset+octet-stream',
      'content-length': String(content.length),
    },
  })
  outgoing.on('error', () => {})
  outgoing.write(content.subarray(0, beginning))
}

function stateOf(dataDir: string): unknown {
  const db = new Sqlite(join(dataDir, 'loa.db'), { readonly: true })
  const { state } = db.prepare('select state from upload').get() as { state: string }
  db.close()
  return state
}
