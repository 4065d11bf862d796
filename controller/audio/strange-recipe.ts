import { SECOND } from '../units.ts'
import type { Recipe } from './recipe.ts'
import type { SniffedFormat } from './sniff-format.ts'

/** A stranger's file: where it lies, what it was found to be, and how much of it may be decoded. */
export interface StrangeFile {
  readonly file: string
  readonly format: SniffedFormat
  readonly maxMs: number
}

/** Every block of memory that ffmpeg asks for at a time; a picture or an index beyond is not worth hearing. */
const MAX_BLOCK_BYTES = 64 * 1024 * 1024
/** All that the formats may hold; anything else is not opened. */
const DECODERS = [
  ...['pcm_u8', 'pcm_s16le', 'pcm_s24le', 'pcm_s32le', 'pcm_f32le', 'pcm_f64le', 'pcm_alaw', 'pcm_mulaw', 'adpcm_ms'],
  ...['mp3float', 'mp3', 'aac', 'alac', 'vorbis', 'opus', 'libopus', 'flac'],
]
const SAMPLE_RATES = [8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000]

/** One demuxer, these decoders, this file and nothing that it may refer to. */
const strangeInput = ({ file, format }: StrangeFile): Recipe['inputs'] => [
  {
    from: { file },
    options: [
      ...['-max_alloc', String(MAX_BLOCK_BYTES), '-threads', '1', '-protocol_whitelist', 'file'],
      ...['-format_whitelist', format.name, '-codec_whitelist', DECODERS.join(','), '-f', format.name],
      ...(format.skipBytes > 0 ? ['-skip_initial_bytes', String(format.skipBytes)] : []),
    ],
  },
]

/**
 * Nothing but the first audio stream, all of it. Neither here nor by a filter is it cut by time: a stranger's file says
 * its times as it likes, and where its format changes, filters begin to count anew.
 */
const STRANGE_OUTPUT = [
  ...['-map', '0:a:0', '-vn', '-sn', '-dn'],
  ...['-map_metadata', '-1', '-flags', '+bitexact', '-fflags', '+bitexact'],
]

/** Decodes a stranger's file as `decodeRecipe` does ours, at no more than 48 kHz; whoever reads it counts the samples. */
export const examineRecipe = (strange: StrangeFile): Recipe => ({
  inputs: strangeInput(strange),
  audioFilters: [`aformat=sample_fmts=flt:channel_layouts=mono|stereo:sample_rates=${SAMPLE_RATES.join('|')}`],
  output: { to: 'pipe', options: [...STRANGE_OUTPUT, '-c:a', 'pcm_f32le', '-f', 'wav'] },
})

export interface ClipShape {
  /** How long the whole of it was found to be. */
  readonly ms: number
  /** Both channels together, or the one that is worth hearing. */
  readonly channel: 'mix' | 'left' | 'right'
  readonly gainDb: number
  readonly sampleRate: number
}

const MIXES = { mix: '0.5*c0+0.5*c1', left: 'c0', right: 'c1' } as const
/** Takes away what hums or leans to one side below anything that a loudspeaker outdoors can play. */
const HIGHPASS_HZ = 40

/** Of a file that is longer this time, so much more is decoded: enough to tell. */
const BEYOND_MS = SECOND

/** Makes of a stranger's file the 16-bit mono WAV that speech comes in, as long as it was heard. */
export const clipOfStrange = (strange: StrangeFile, shape: ClipShape, into: string): Recipe => ({
  inputs: strangeInput(strange),
  audioFilters: [
    'aformat=sample_fmts=flt:channel_layouts=stereo',
    `pan=mono|c0=${MIXES[shape.channel]}`,
    `highpass=f=${HIGHPASS_HZ}`,
    `volume=${shape.gainDb}dB`,
    `aresample=${shape.sampleRate}`,
  ],
  output: {
    to: { file: into },
    options: [...STRANGE_OUTPUT, '-fs', String(bytesOf(shape)), '-c:a', 'pcm_s16le', '-f', 'wav'],
  },
})

const bytesOf = ({ ms, sampleRate }: ClipShape): number => 2 * Math.ceil(((ms + BEYOND_MS) * sampleRate) / 1000)
