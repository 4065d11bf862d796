import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { probe } from '../../controller/audio/probe.ts'
import { FRESH, SOUNDS, sound, tempDir, withEachFfmpeg, writeWav } from '../support/audio.ts'

const run = promisify(execFile)
withEachFfmpeg((ffmpeg) => {
  test.each([
    ['a.wav', ['-c:a', 'pcm_s16le'], { codec: 'pcm_s16le', sampleRate: 44_100, channels: 2 }],
    ['a.flac', ['-ar', '48000', '-ac', '1'], { codec: 'flac', sampleRate: 48_000, channels: 1 }],
    ['a.ogg', ['-c:a', 'libvorbis', '-ar', '44100', '-ac', '2'], { codec: 'vorbis', sampleRate: 44_100, channels: 2 }],
    ['a.mp3', ['-c:a', 'libmp3lame', '-ar', '16000', '-ac', '1'], { codec: 'mp3', sampleRate: 16_000, channels: 1 }],
  ] as const)('%s is recognised and counted', async (name, options, expected) => {
    await using dir = await tempDir()
    const source = await writeWav(join(dir.path, 'source.wav'), sound(SOUNDS.syllables, 3, 44_100), 44_100)
    const file = join(dir.path, name)
    await run(ffmpeg.path, ['-v', 'error', '-i', source, '-ac', '2', ...options, file])
    const probed = await probe({ ffmpeg }, file, FRESH())
    expect(probed).toMatchObject(expected)
    expect(Math.abs(probed.ms - 3_000)).toBeLessThan(80)
  })

  test('a video is taken for its sound', async () => {
    await using dir = await tempDir()
    const file = join(dir.path, 'a.mkv')
    const inputs = ['-f', 'lavfi', '-i', 'testsrc=d=1:s=64x64', '-f', 'lavfi', '-i', 'sine=d=1:r=24000']
    await run(ffmpeg.path, ['-v', 'error', ...inputs, '-c:a', 'flac', file])
    expect(await probe({ ffmpeg }, file, FRESH())).toMatchObject({ codec: 'flac', ms: 1_000, sampleRate: 24_000 })
  })

  test('six channels are heard as two', async () => {
    await using dir = await tempDir()
    const file = join(dir.path, 'a.flac')
    await run(ffmpeg.path, ['-v', 'error', '-f', 'lavfi', '-i', 'sine=d=1:r=48000', '-ac', '6', file])
    expect(await probe({ ffmpeg }, file, FRESH())).toMatchObject({ channels: 2, ms: 1_000 })
  })

  test('a file without sound is an error that says so', async () => {
    await using dir = await tempDir()
    const empty = join(dir.path, 'empty.mp3')
    await writeFile(empty, '')
    await expect(probe({ ffmpeg }, empty, FRESH())).rejects.toThrow()
    const mute = join(dir.path, 'mute.mkv')
    await run(ffmpeg.path, ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=d=1:s=64x64', mute])
    await expect(probe({ ffmpeg }, mute, FRESH())).rejects.toThrow()
  })
})
