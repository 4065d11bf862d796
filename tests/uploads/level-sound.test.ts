import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { examine } from '../../controller/audio/examine.ts'
import { createFfmpeg } from '../../controller/audio/ffmpeg.ts'
import { createFolderStore } from '../../controller/audio/folder-store.ts'
import type { SniffedFormat } from '../../controller/audio/sniff-format.ts'
import { systemClock as clock } from '../../controller/clock.ts'
import { judgeSound } from '../../controller/uploads/judge-sound.ts'
import { levelSound, type Take } from '../../controller/uploads/level-sound.ts'
import { FRESH, SOUNDS, tempDir, withEachFfmpeg } from '../support/audio.ts'
import { soundMaker } from './sounds.ts'

const MP3: SniffedFormat = { name: 'mp3', skipBytes: 0 }

withEachFfmpeg((program) => {
  test('a clip that is not as long as what was heard is not used; strangers get little memory', async () => {
    await using dir = await tempDir()
    const make = soundMaker(program.path, dir.path)
    const file = await make.encode(await make.wav(SOUNDS.syllables, 3, 16_000), 'mp3', ['-id3v2_version', '0'])
    // Takes the place of what limits the memory of a program, and writes down each time that it is asked to.
    const confine = join(dir.path, 'confine')
    await writeFile(confine, `#!/bin/sh\necho >> ${confine}.log\nexec "$@"\n`, { mode: 0o755 })
    const ffmpeg = createFfmpeg({ ...program, confine: [confine] }, { clock })
    const confined = async () => (await readFile(`${confine}.log`, 'utf8')).length
    const strange = { file, format: MP3, maxMs: 60_000 }
    const heard = await examine({ ffmpeg }, strange, () => {}, FRESH())
    if (typeof heard === 'string') throw new Error(heard)
    expect(await confined()).toBe(1)
    const verdict = judgeSound(heard, 'bed')
    if (verdict.kind === 'refused') throw new Error(verdict.finding.key)
    const ctx = { ffmpeg, store: createFolderStore(dir.path), dataDir: dir.path }
    const levelled = (take: Take) => levelSound(ctx, { treatment: { as: 'sound' }, strange, take }, () => {}, FRESH())
    const { take } = verdict
    for (const ms of [take.ms - 60, take.ms + 60]) expect(await levelled({ ...take, ms })).toBe('unsteady')
    const audio = await levelled({ ...take, fromMs: 1_000, toMs: 2_000 })
    if (typeof audio === 'string') throw new Error(audio)
    // Three files were cut; what encodes our own may take what it needs.
    expect(await confined()).toBe(4)
    expect(Math.abs(audio.ms - 1_000)).toBeLessThan(100)
  })
})
