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

/** Nothing but the first audio stream, and no more of it than is allowed and a second, so that more can be told. */
const strangeOutput = ({ maxMs }: StrangeFile): readonly string[] => [
  ...['-t', String(maxMs / 1000 + 1), '-map', '0:a:0', '-vn', '-sn', '-dn'],
  ...['-map_metadata', '-1', '-flags', '+bitexact', '-fflags', '+bitexact'],
]

/** Decodes a stranger's file as `decodeRecipe` does ours, at no more than 48 kHz. */
export const examineRecipe = (strange: StrangeFile): Recipe => ({
  inputs: strangeInput(strange),
  audioFilters: [`aformat=sample_fmts=flt:channel_layouts=mono|stereo:sample_rates=${SAMPLE_RATES.join('|')}`],
  output: { to: 'pipe', options: [...strangeOutput(strange), '-c:a', 'pcm_f32le', '-f', 'wav'] },
})

export interface ClipCut {
  readonly fromMs: number
  readonly toMs: number
  /** Both channels together, or the one that is worth hearing. */
  readonly channel: 'mix' | 'left' | 'right'
  readonly gainDb: number
  readonly sampleRate: number
}

const MIXES = { mix: '0.5*c0+0.5*c1', left: 'c0', right: 'c1' } as const
/** Takes away what hums or leans to one side below anything that a loudspeaker outdoors can play. */
const HIGHPASS_HZ = 40

/** Cuts a stranger's file to what sounds, as the 16-bit mono WAV that speech comes in. */
export const cutRecipe = (strange: StrangeFile, cut: ClipCut, into: string): Recipe => ({
  inputs: strangeInput(strange),
  audioFilters: [
    `atrim=start=${cut.fromMs / 1000}:end=${cut.toMs / 1000}`,
    'aformat=sample_fmts=flt:channel_layouts=stereo',
    `pan=mono|c0=${MIXES[cut.channel]}`,
    `highpass=f=${HIGHPASS_HZ}`,
    `volume=${cut.gainDb}dB`,
    `aresample=${cut.sampleRate}`,
  ],
  output: { to: { file: into }, options: [...strangeOutput(strange), '-c:a', 'pcm_s16le', '-f', 'wav'] },
})
