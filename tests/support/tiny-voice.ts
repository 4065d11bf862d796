/**
 * A voice of one kilobyte for the real sherpa-onnx: a graph with the inputs and the output of Piper's models that says
 * every letter as a tenth of a second of a tone of its own. Written in ONNX's protobuf by hand:
 * https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export const LETTERS_A_SECOND = 10
const HERTZ_PER_ID = 20
const FIRST_ID = 10
const LETTERS = 'aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ.'
/** Tokens of what is said by silence; 0 makes a tone of no frequency. */
const SILENT = ' ,'

export interface TinyVoice {
  readonly sampleRate?: number
  readonly speakers?: number
  /** 0 says everything without a sound. */
  readonly volume?: number
  /** In place of what the model says of itself; null leaves it out. */
  readonly metadata?: Readonly<Record<string, string | null>>
}

/** Writes a folder as sherpa-onnx publishes its voices, and gives its path. */
export async function writeTinyVoice(folder: string, voice: TinyVoice = {}): Promise<string> {
  await mkdir(folder, { recursive: true })
  const ids = [...[...SILENT].map((char) => [char, 0]), ...[...LETTERS].map((char, index) => [char, FIRST_ID + index])]
  await writeFile(join(folder, 'tokens.txt'), ids.map(([char, id]) => `${char} ${id}\n`).join(''))
  await writeFile(join(folder, 'vi_VN-tiny.onnx'), tinyModel(voice))
  return folder
}

const FLOAT = 1
const INT64 = 7

export function tinyModel({ sampleRate = 16_000, speakers = 2, volume = 0.3, metadata = {} }: TinyVoice): Buffer {
  const nodes = [
    // A letter's samples, by the middle of the three scales, which is the length.
    node('Gather', ['scales', 'one'], 'length'),
    node('Mul', ['length', 'perLetter'], 'samples'),
    node('Cast', ['samples'], 'count', attribute('to', INT64)),
    node('Range', ['zero', 'count', 'one'], 'ticks'),
    node('Cast', ['ticks'], 'time', attribute('to', FLOAT)),
    // A letter's tone, an octave higher for the second speaker.
    node('Reshape', ['input', 'column'], 'letters'),
    node('Cast', ['letters'], 'pitches', attribute('to', FLOAT)),
    node('Add', ['sid', 'one'], 'octave'),
    node('Cast', ['octave'], 'octaves', attribute('to', FLOAT)),
    node('Mul', ['pitches', 'octaves'], 'raised'),
    node('Mul', ['raised', 'radians'], 'steps'),
    node('Mul', ['steps', 'time'], 'phases'),
    node('Sin', ['phases'], 'sines'),
    node('Mul', ['sines', 'volume'], 'tones'),
    node('Reshape', ['tones', 'flat'], 'output'),
  ]
  const constants = [
    integers('zero', [0], []),
    integers('one', [1], []),
    integers('column', [-1, 1], [2]),
    integers('flat', [1, 1, 1, -1], [4]),
    float('perLetter', sampleRate / LETTERS_A_SECOND),
    float('radians', (2 * Math.PI * HERTZ_PER_ID) / sampleRate),
    float('volume', volume),
  ]
  const graph = [
    ...nodes.map((one) => bytes(1, one)),
    bytes(2, 'tiny'),
    ...constants.map((one) => bytes(5, one)),
    bytes(11, tensor('input', INT64, [1, 'letters'])),
    bytes(11, tensor('input_lengths', INT64, [1])),
    bytes(11, tensor('scales', FLOAT, [3])),
    bytes(11, tensor('sid', INT64, [1])),
    bytes(12, tensor('output', FLOAT, [1, 1, 1, 'samples'])),
  ]
  const about: Record<string, string | null> = {
    model_type: 'vits',
    comment: 'piper',
    // Letters are the tokens: no phonemiser, no data for it.
    frontend: 'characters',
    use_eos_bos: '0',
    language: 'Vietnamese',
    voice: 'vi',
    n_speakers: String(speakers),
    sample_rate: String(sampleRate),
    ...metadata,
  }
  return Buffer.concat([
    integer(1, 8),
    bytes(7, Buffer.concat(graph)),
    bytes(8, Buffer.concat([bytes(1, ''), integer(2, 13)])),
    ...Object.entries(about).flatMap(([key, value]) =>
      value === null ? [] : [bytes(14, Buffer.concat([bytes(1, key), bytes(2, value)]))],
    ),
  ])
}

const node = (operator: string, inputs: readonly string[], output: string, ...attributes: Buffer[]): Buffer =>
  Buffer.concat([...inputs.map((input) => bytes(1, input)), bytes(2, output), bytes(4, operator), ...attributes])

const attribute = (name: string, value: number): Buffer =>
  bytes(5, Buffer.concat([bytes(1, name), integer(3, value), integer(20, 2)]))

function tensor(name: string, type: number, shape: readonly (number | string)[]): Buffer {
  const dimensions = shape.map((size) => bytes(1, typeof size === 'number' ? integer(1, size) : bytes(2, size)))
  return Buffer.concat([
    bytes(1, name),
    bytes(2, bytes(1, Buffer.concat([integer(1, type), bytes(2, Buffer.concat(dimensions))]))),
  ])
}

const integers = (name: string, values: readonly number[], shape: readonly number[]): Buffer =>
  constant(name, INT64, new BigInt64Array(values.map(BigInt)), shape)

const float = (name: string, value: number): Buffer => constant(name, FLOAT, Float32Array.of(value), [])

const constant = (name: string, type: number, values: NodeJS.TypedArray, shape: readonly number[]): Buffer =>
  Buffer.concat([...shape.map((size) => integer(1, size)), integer(2, type), bytes(8, name), bytes(9, values)])

/** A field of protobuf with bytes in it: a text, raw numbers or another message. */
function bytes(field: number, content: string | NodeJS.TypedArray): Buffer {
  const raw =
    typeof content === 'string'
      ? Buffer.from(content)
      : Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  return Buffer.concat([varint((field << 3) | 2), varint(raw.length), raw])
}

const integer = (field: number, value: number): Buffer => Buffer.concat([varint(field << 3), varint(value)])

function varint(value: number): Buffer {
  const out: number[] = []
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return Buffer.from([...out, rest])
    out.push((rest & 0x7f) | 0x80)
  }
}
