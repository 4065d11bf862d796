import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import { SOUND_PROFILES, SoundProfile } from '#protocol/http/areas.ts'
import { OMITTABLE_PARTS, OmittablePart } from '#protocol/http/bulletins.ts'
import { findFfmpeg } from '../audio/find-ffmpeg.ts'
import { createFolderStore } from '../audio/folder-store.ts'
import { BUILT_IN_CHIMES } from '../audio/music.ts'
import { produce } from '../audio/produce.ts'
import { codecProfiles, SPEECH_LOUDNESS } from '../audio/profiles.ts'
import { omissionProblem, scriptProblem, tidyScript } from '../bulletins/script.ts'
import { systemClock as clock } from '../clock.ts'
import { readConfig } from '../config.ts'
import { DomainError } from '../errors.ts'
import { scriptToUtterances, withoutParts } from '../speech/normalise/utterances.ts'
import { speakScript } from '../speech/speak-script.ts'
import { VOICES } from '../speech/speech.ts'
import { decodeUtf8 } from './utf8.ts'
import { openVoices } from './voices.ts'

interface SayOptions {
  readonly in: string
  readonly out: string
  readonly voice: string
  readonly sound: string
  readonly omit: readonly string[]
}

export function addSayCommand(speech: Command): void {
  speech
    .command('say')
    .description('đọc một tệp văn bản thành tệp MP3 sẵn sàng phát')
    .requiredOption('--in <file>', 'tệp văn bản UTF-8')
    .requiredOption('--out <file>', 'tệp MP3')
    .option('--voice <voice>', `giọng đọc: ${VOICES.join(', ')}`, VOICES[0])
    .option('--sound <profile>', `âm thanh cho loại loa: ${SOUND_PROFILES.join(', ')}`, SOUND_PROFILES[0])
    .option('--omit <parts...>', `phần không đọc: ${OMITTABLE_PARTS.join(', ')}`, [])
    .action(async (options: SayOptions) => {
      const script = tidyScript(decodeUtf8(await readFile(options.in)))
      const soundProfile = SoundProfile.parse(options.sound)
      const omit = z.array(OmittablePart).parse(options.omit)
      const problem = scriptProblem(script, '--in') ?? omissionProblem(script, omit)
      if (problem) throw new DomainError('invalid', problem)
      const voice = z.enum(VOICES).parse(options.voice)
      const config = readConfig()
      const dataDir = await mkdtemp(join(tmpdir(), 'loa-say-'))
      const ffmpeg = await findFfmpeg({ path: config.ffmpegPath }, { clock })
      await using voices = await openVoices(config)
      const store = createFolderStore(join(dataDir, 'media'))
      const signal = new AbortController().signal
      try {
        let sentCharacters = 0
        const onSent = (characters: number): void => {
          sentCharacters += characters
        }
        const utterances = withoutParts(scriptToUtterances(script, { foreign: 'respelled' }), omit)
        const say = { utterances, voice, onSent }
        const spoken = await speakScript({ speech: voices.chain, log: voices.log, dataDir }, say, () => {}, signal)
        const { segments, engine, voice: lead, second, skipped } = spoken
        const production = {
          segments,
          music: BUILT_IN_CHIMES,
          soundProfile,
          profile: codecProfiles.mp3,
          loudness: SPEECH_LOUDNESS,
        }
        const {
          marks,
          peaks: _peaks,
          ...audio
        } = await produce({ ffmpeg, store, dataDir }, production, () => {}, signal)
        await copyFile((await store.path(audio.sha256)) ?? '', options.out)
        console.log(
          JSON.stringify({ ...audio, sentences: marks.length, engine, voice: lead, second, skipped, sentCharacters }),
        )
      } finally {
        await rm(dataDir, { recursive: true, force: true })
      }
    })
}
