import { chmod, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { createFfmpeg, FfmpegError } from '../../controller/audio/ffmpeg.ts'
import { progressOf } from '../../controller/audio/ffmpeg-log.ts'
import { findFfmpeg } from '../../controller/audio/find-ffmpeg.ts'
import { codecProfiles } from '../../controller/audio/profiles.ts'
import { decodeRecipe, encodeRecipe } from '../../controller/audio/recipe.ts'
import { systemClock as clock } from '../../controller/clock.ts'
import { FRESH, SOUNDS, sound, tempDir, withEachFfmpeg, writeWav } from '../support/audio.ts'
import { until } from '../support/until.ts'

const MINUTE_MS = 60_000
const encode = (file: string) => encodeRecipe({ sampleRate: 24_000, profile: codecProfiles.mp3, file })

async function* pcm(seconds: number): AsyncGenerator<Buffer> {
  const second = Buffer.from(Int16Array.from(sound(SOUNDS.noise, 1, 24_000), (x) => x * 32_767).buffer)
  for (let i = 0; i < seconds; i++) yield second
}

/** A program that does as `script` says, whatever it is asked. */
async function fakeFfmpeg(dir: string, script: string) {
  const path = join(dir, 'ffmpeg')
  await writeFile(path, `#!/bin/sh\n${script}\n`)
  await chmod(path, 0o755)
  return createFfmpeg({ path, version: 'fake', encoders: new Set() }, { clock })
}

withEachFfmpeg((ffmpeg) => {
  test('encodes a stream, telling how far it is', async () => {
    await using dir = await tempDir()
    const file = join(dir.path, 'out.mp3')
    const heard: number[] = []
    await ffmpeg.run(encode(file), {
      signal: FRESH(),
      timeoutMs: MINUTE_MS,
      stdin: Readable.from(pcm(120), { objectMode: false }),
      expectedMs: 100_000,
      onProgress: (fraction) => heard.push(fraction),
    })
    expect((await readFile(file)).length).toBeGreaterThan(700_000)
    expect(heard).toEqual([...heard].sort((a, b) => a - b))
    expect(heard.at(-1)).toBe(1)
  })

  test('says what it did not like, with its exit code', async () => {
    await using dir = await tempDir()
    const file = join(dir.path, 'no-audio.mp3')
    await writeFile(file, 'this is no audio file')
    const error = await ffmpeg
      .run(decodeRecipe(file), { signal: FRESH(), timeoutMs: MINUTE_MS })
      .catch((e: unknown) => e)
    expect(error).toBeInstanceOf(FfmpegError)
    expect(error).toMatchObject({ code: 'exit', exitCode: expect.any(Number) })
    expect((error as FfmpegError).stderrTail).toContain('no-audio.mp3')
  })

  test('is not led into the network by a playlist', async () => {
    await using dir = await tempDir()
    let visits = 0
    const server = createServer((_request, response) => {
      visits += 1
      response.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const file = join(dir.path, 'list.m3u8')
    await writeFile(
      file,
      `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:${port}/a.mp3\n#EXT-X-ENDLIST\n`,
    )
    const run = ffmpeg.run(decodeRecipe(file), { signal: FRESH(), timeoutMs: MINUTE_MS })
    await expect(run).rejects.toBeInstanceOf(FfmpegError)
    server.close()
    expect(visits).toBe(0)
  })

  test('passes on what went wrong in its input stream', async () => {
    await using dir = await tempDir()
    async function* broken(): AsyncGenerator<Buffer> {
      yield* pcm(1)
      throw new RangeError('the disk is gone')
    }
    const run = ffmpeg.run(encode(join(dir.path, 'o.mp3')), {
      signal: FRESH(),
      timeoutMs: MINUTE_MS,
      stdin: Readable.from(broken(), { objectMode: false }),
    })
    await expect(run).rejects.toThrow(new RangeError('the disk is gone'))
  })

  test('passes on what went wrong with its output', async () => {
    await using dir = await tempDir()
    const file = await writeWav(join(dir.path, 'a.wav'), sound(SOUNDS.sine, 20, 24_000), 24_000)
    const run = ffmpeg.run(decodeRecipe(file), {
      signal: FRESH(),
      timeoutMs: MINUTE_MS,
      onOutput: () => {
        throw new TypeError('cannot take it')
      },
    })
    await expect(run).rejects.toThrow(new TypeError('cannot take it'))
  })

  test('is ended when aborted, and lets go of its input', async () => {
    await using dir = await tempDir()
    const abort = new AbortController()
    let released = false
    async function* endless(): AsyncGenerator<Buffer> {
      try {
        for (;;) {
          yield* pcm(1)
          abort.abort(new Error('no longer wanted'))
        }
      } finally {
        released = true
      }
    }
    const stdin = Readable.from(endless(), { objectMode: false })
    const run = ffmpeg.run(encode(join(dir.path, 'o.mp3')), { signal: abort.signal, timeoutMs: MINUTE_MS, stdin })
    await expect(run).rejects.toThrow('no longer wanted')
    await until('the input to be released', async () => released)
  })
})

test('a run that was aborted before it began starts nothing', async () => {
  await using dir = await tempDir()
  const ffmpeg = await fakeFfmpeg(dir.path, `touch ${dir.path}/started`)
  await expect(
    ffmpeg.run(decodeRecipe('/x'), { signal: AbortSignal.abort(new Error('too late')), timeoutMs: 1_000 }),
  ).rejects.toThrow('too late')
  await expect(readFile(join(dir.path, 'started'))).rejects.toMatchObject({ code: 'ENOENT' })
})

test('a program that hangs is ended when its time is up', async () => {
  await using dir = await tempDir()
  const ffmpeg = await fakeFfmpeg(dir.path, `echo $$ > ${dir.path}/pid; exec sleep 600`)
  const error = await ffmpeg.run(decodeRecipe('/x'), { signal: FRESH(), timeoutMs: 300 }).catch((e: unknown) => e)
  expect(error).toMatchObject({ code: 'timeout' })
  const pid = Number(await readFile(join(dir.path, 'pid'), 'utf8'))
  expect(() => process.kill(pid, 0)).toThrow('ESRCH')
})

test('a program that somebody else kills is told from one that fails', async () => {
  await using dir = await tempDir()
  const ffmpeg = await fakeFfmpeg(dir.path, 'echo about to die >&2; kill -9 $$')
  const error = await ffmpeg.run(decodeRecipe('/x'), { signal: FRESH(), timeoutMs: MINUTE_MS }).catch((e: unknown) => e)
  expect(error).toMatchObject({ code: 'killed', stderrTail: 'about to die' })
})

test('endless complaints are not kept', async () => {
  await using dir = await tempDir()
  const ffmpeg = await fakeFfmpeg(dir.path, 'yes "something is wrong" | head -n 200000 >&2; echo the end >&2; exit 7')
  const error = await ffmpeg.run(decodeRecipe('/x'), { signal: FRESH(), timeoutMs: MINUTE_MS }).catch((e: unknown) => e)
  expect(error).toMatchObject({ code: 'exit', exitCode: 7 })
  expect((error as FfmpegError).stderrTail.length).toBeLessThan(20_000)
  expect((error as FfmpegError).stderrTail).toMatch(/the end$/)
})

test('a program that is not there is an error, not a crash', async () => {
  const ffmpeg = createFfmpeg({ path: '/nowhere/ffmpeg', version: '0', encoders: new Set() }, { clock })
  await expect(ffmpeg.run(decodeRecipe('/x'), { signal: FRESH(), timeoutMs: 1_000 })).rejects.toMatchObject({
    code: 'start',
  })
  await expect(findFfmpeg({ path: '/nowhere/ffmpeg' }, { clock })).rejects.toThrow('/nowhere/ffmpeg')
})

test('an ffmpeg is found on every machine', async () => {
  const found = await findFfmpeg({ path: null }, { clock })
  expect(found.version).not.toBe('')
})

test('a position is read from progress lines only', () => {
  expect(progressOf('size=     512kB time=01:02:03.50 bitrate=  48.0kbits/s speed= 300x')).toBe(3_723_500)
  expect(progressOf('size=N/A time=-577014:32:22.77 bitrate=N/A speed=N/A')).toBe(0)
  expect(progressOf('  Duration: 00:00:10.00, start: 0.000000, bitrate: 48 kb/s')).toBeNull()
  expect(progressOf('a song called time=00:00:01')).toBeNull()
})
