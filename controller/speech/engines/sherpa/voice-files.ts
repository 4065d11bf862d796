import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { SpeechError } from '../../speech.ts'

/** A voice as sherpa-onnx publishes it: what of its folder the add-on is given. */
export interface VoiceFiles {
  /** Of the model's file without its ending, e.g. `vi_VN-vais1000-medium`. */
  readonly name: string
  readonly folder: string
  readonly model: string
  readonly tokens: string
  /** For voices that know their words by a list. */
  readonly lexicon: string | null
  /** For voices, as all of Piper's, that are given sounds: the data of the phonemiser, which is eSpeak NG. */
  readonly espeakData: string | null
}

const MODEL = '.onnx'
const TOKENS = 'tokens.txt'
const LEXICON = 'lexicon.txt'
const ESPEAK_DATA = 'espeak-ng-data'

const HOW_TO =
  'unpack a voice such as vits-piper-vi_VN-vais1000-medium from https://github.com/k2-fsa/sherpa-onnx/releases/tag/tts-models (docs/operations.md)'

/** Finds the files by their names. Rejects with `SpeechError` `missing`, which says what is not there and how to get it. */
export async function findVoiceFiles(voiceDir: string): Promise<VoiceFiles> {
  const folder = resolve(voiceDir)
  const names = await namesIn(folder)
  const [model, ...others] = names.filter((name) => name.endsWith(MODEL))
  const lacking = [...(model ? [] : [`*${MODEL}`]), ...(names.includes(TOKENS) ? [] : [TOKENS])]
  if (!model || lacking.length > 0) {
    throw new SpeechError('missing', `the voice folder ${folder} lacks ${lacking.join(' and ')}: ${HOW_TO}`)
  }
  if (others.length > 0) {
    throw new SpeechError(
      'missing',
      `the voice folder ${folder} must hold one model, not ${[model, ...others].join(', ')}`,
    )
  }
  const pathOf = (name: string): string | null => (names.includes(name) ? join(folder, name) : null)
  return {
    name: basename(model, MODEL),
    folder,
    model: join(folder, model),
    tokens: join(folder, TOKENS),
    lexicon: pathOf(LEXICON),
    espeakData: pathOf(ESPEAK_DATA),
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort()
  } catch (cause) {
    throw new SpeechError('missing', `the voice folder ${folder} cannot be read: ${HOW_TO}`, { cause })
  }
}

/**
 * The first digits of a hash over all that shapes the sound: another voice under the same name must not pass for this
 * one. Rejects with `SpeechError` `missing` when something cannot be read.
 */
export async function fingerprintOf({ folder, model, tokens, lexicon, espeakData }: VoiceFiles): Promise<string> {
  const all = createHash('sha256')
  try {
    const data = espeakData ? await filesIn(espeakData) : []
    for (const file of [model, tokens, ...(lexicon ? [lexicon] : []), ...data]) all.update(await hashOf(file))
  } catch (cause) {
    throw new SpeechError('missing', `the voice in ${folder} cannot be read: ${String(cause)}`, { cause })
  }
  return all.digest('hex').slice(0, 8)
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

async function hashOf(file: string): Promise<Buffer> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk)
  return hash.digest()
}
