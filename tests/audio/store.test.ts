import { createHash } from 'node:crypto'
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFolderStore } from '../../controller/audio/folder-store.ts'
import { sweepWork, withWorkFolder } from '../../controller/audio/work-folder.ts'
import { tempDir } from '../support/audio.ts'
import { startChild } from '../support/child-program.ts'

const CONTENT = Buffer.from('kính thưa bà con')
const SHA256 = createHash('sha256').update(CONTENT).digest('hex')

async function filled(dir: string) {
  const store = createFolderStore(join(dir, 'media'))
  const file = join(dir, 'new.mp3')
  await writeFile(file, CONTENT)
  return { store, file, stored: await store.put(file, 'mp3') }
}

test('a file is kept under its hash, once', async () => {
  await using dir = await tempDir()
  const { store, file, stored } = await filled(dir.path)
  expect(stored).toEqual({ sha256: SHA256, bytes: CONTENT.length, extension: 'mp3' })
  await writeFile(file, CONTENT)
  expect(await store.put(file, 'mp3')).toEqual(stored)
  expect(await store.stat(SHA256)).toEqual(stored)
  expect(await store.path(SHA256)).toBe(join(dir.path, 'media', SHA256.slice(0, 2), `${SHA256}.mp3`))
  expect(await readdir(dir.path)).toEqual(['media'])
  expect(await readdir(join(dir.path, 'media'))).toEqual([SHA256.slice(0, 2)])
})

test('files that lie idle are listed and can be removed; one that was put again is young again and stays', async () => {
  await using dir = await tempDir()
  const { store, file } = await filled(dir.path)
  const path = (await store.path(SHA256)) ?? ''
  await utimes(path, 1_000, 1_000)
  const idle = async () => {
    const found: string[] = []
    for await (const sha256 of store.idle(2_000_000)) found.push(sha256)
    return found
  }
  expect(await idle()).toEqual([SHA256])
  await writeFile(file, CONTENT)
  await store.put(file, 'mp3')
  expect(await idle()).toEqual([])
  expect(await store.remove(SHA256, 2_000_000)).toBe(false)
  const stream = await store.open(SHA256)
  expect(stream && (await buffer(stream))).toEqual(CONTENT)
  await utimes(path, 1_000, 1_000)
  expect(await store.remove(SHA256, 2_000_000)).toBe(true)
  expect(await store.remove(SHA256, 2_000_000)).toBe(false)
  expect(await store.stat(SHA256)).toBeNull()
  expect(await readdir(join(dir.path, 'media', 'tmp'))).toEqual([])
})

test('every range gives just its bytes', async () => {
  await using dir = await tempDir()
  const { store } = await filled(dir.path)
  const last = CONTENT.length - 1
  for (const [start, end] of [
    [0, last],
    [0, 0],
    [last, last],
    [3, 9],
  ] as const) {
    const stream = await store.open(SHA256, { start, end })
    if (!stream) throw new Error('not stored')
    expect(await buffer(stream)).toEqual(CONTENT.subarray(start, end + 1))
  }
  const whole = await store.open(SHA256)
  expect(whole && (await buffer(whole))).toEqual(CONTENT)
})

test('a range outside the file is an error, not an empty answer', async () => {
  await using dir = await tempDir()
  const { store } = await filled(dir.path)
  for (const range of [
    { start: 0, end: CONTENT.length },
    { start: 5, end: 4 },
    { start: -1, end: 3 },
    { start: Number.NaN, end: 3 },
  ]) {
    await expect(store.open(SHA256, range)).rejects.toBeInstanceOf(RangeError)
  }
})

test('nothing but a hash finds anything', async () => {
  await using dir = await tempDir()
  const { store } = await filled(dir.path)
  await writeFile(join(dir.path, 'secret'), 'x')
  const names = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '..',
      '../secret',
      `../${SHA256}`,
      SHA256.toUpperCase(),
      `${SHA256}\n`,
      `${SHA256}.mp3`,
      '%2e%2e/secret',
    ),
    fc.array(fc.constantFrom('.', '/', '..', '\0', 'a', '0'), { maxLength: 70 }).map((parts) => parts.join('')),
  )
  await fc.assert(
    fc.asyncProperty(names, async (name) => {
      fc.pre(name !== SHA256)
      expect([await store.stat(name), await store.open(name), await store.path(name)]).toEqual([null, null, null])
    }),
  )
})

test('a disk that cannot take the file says so, and the file is still there', async () => {
  await using dir = await tempDir()
  await writeFile(join(dir.path, 'media'), 'a file where the folder should be')
  const file = join(dir.path, 'new.mp3')
  await writeFile(file, CONTENT)
  await expect(createFolderStore(join(dir.path, 'media')).put(file, 'mp3')).rejects.toMatchObject({ code: 'ENOTDIR' })
  expect(await readdir(dir.path)).toContain('new.mp3')
  await expect(createFolderStore(dir.path).put(join(dir.path, 'none.mp3'), 'mp3')).rejects.toMatchObject({
    code: 'ENOENT',
  })
})

test('what killed processes left is swept, but nothing that a controller which runs is working on', async () => {
  await using dir = await tempDir()
  const gone = startChild('tests/audio/dying-worker.ts', [dir.path])
  const left = await gone.line(/\/job-\S+/)
  await gone.kill9()
  await using other = startChild('tests/audio/dying-worker.ts', [dir.path])
  const busy = await other.line(/\/job-\S+/)
  const names = [left, busy].map((path) => basename(path))
  const elsewhere = `job-another-host.${process.pid}-abcdef`
  const old = `job-another-host.${process.pid}-ghijkl`
  const mine = basename(busy).replace(/\d+(?=-[^-]+$)/, String(process.pid))
  for (const name of [elsewhere, old, mine]) await mkdir(join(dir.path, 'work', name))
  await utimes(join(dir.path, 'work', old), 1_000, 1_000)
  expect(names).not.toContain(mine)
  expect(await sweepWork(dir.path, Date.now())).toBe(3)
  expect((await readdir(join(dir.path, 'work'))).sort()).toEqual([elsewhere, names[1]].sort())
  expect(await sweepWork(join(dir.path, 'nowhere'), Date.now())).toBe(0)
})

test('a work folder is gone after its use, also when that failed', async () => {
  await using dir = await tempDir()
  const failing = withWorkFolder(dir.path, async (folder) => {
    await writeFile(join(folder, 'half'), 'x')
    throw new Error('failed half-way')
  })
  await expect(failing).rejects.toThrow('failed half-way')
  expect(await readdir(join(dir.path, 'work'))).toEqual([])
})
