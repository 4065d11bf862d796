import { expect, test } from 'vitest'
import { examine } from '../../controller/audio/examine.ts'
import { createFolderStore } from '../../controller/audio/folder-store.ts'
import type { SniffedFormat } from '../../controller/audio/sniff-format.ts'
import { judgeSound } from '../../controller/uploads/judge-sound.ts'
import { levelSound, type Take } from '../../controller/uploads/level-sound.ts'
import { FRESH, SOUNDS, tempDir, withEachFfmpeg } from '../support/audio.ts'
import { soundMaker } from './sounds.ts'

const MP3: SniffedFormat = { name: 'mp3', skipBytes: 0 }

withEachFfmpeg((ffmpeg) => {
  test('a clip that is not as long as what was heard is not used', async () => {
    await using dir = await tempDir()
    const make = soundMaker(ffmpeg.path, dir.path)
    const file = await make.encode(await make.wav(SOUNDS.syllables, 3, 16_000), 'mp3', ['-id3v2_version', '0'])
    const strange = { file, format: MP3, maxMs: 60_000 }
    const heard = await examine({ ffmpeg }, strange, () => {}, FRESH())
    if (typeof heard === 'string') throw new Error(heard)
    const verdict = judgeSound(heard, 'bed')
    if (verdict.kind === 'refused') throw new Error(verdict.finding.key)
    const ctx = { ffmpeg, store: createFolderStore(dir.path), dataDir: dir.path }
    const levelled = (take: Take) => levelSound(ctx, { treatment: { as: 'sound' }, strange, take }, () => {}, FRESH())
    const { take } = verdict
    for (const ms of [take.ms - 60, take.ms + 60]) expect(await levelled({ ...take, ms })).toBe('unsteady')
    const audio = await levelled({ ...take, fromMs: 1_000, toMs: 2_000 })
    if (typeof audio === 'string') throw new Error(audio)
    expect(Math.abs(audio.ms - 1_000)).toBeLessThan(100)
  })
})
