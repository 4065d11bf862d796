import type { Codec } from '#protocol/messages.ts'
import { DEFAULT_CODEC } from '#protocol/rules/codec.ts'

/** How a rendition is encoded. A cluster's firmware says which of these it can play. */
export interface CodecProfile {
  readonly name: string
  /** Also the file name extension in the media store. */
  readonly codec: Codec
  /** As ffmpeg calls it. */
  readonly encoder: string
  readonly bitRate: number
  readonly sampleRate: number
  readonly channels: 1
  /** Container, and what else the encoder has to be told. */
  readonly options: readonly string[]
  /** What encoding does to the level. */
  readonly levelChangeDb: number
  /** How far the encoder's errors push peaks up, all but a few in an hour: the limiter stays that much lower. */
  readonly peakMarginDb: number
  /** Silence that encoder and decoder put in front. */
  readonly delaySamples: number
  /** Where every frame has this size and length, single frames can be mended. */
  readonly frame: EqualFrames | null
}

export interface EqualFrames {
  readonly bytes: number
  readonly samples: number
}

export const codecProfiles = {
  mp3: {
    name: 'mp3-48k',
    codec: 'mp3',
    encoder: 'libmp3lame',
    bitRate: 48_000,
    sampleRate: 24_000,
    channels: 1,
    // No tag and no information frame: nothing but frames of equal size and length. Every decoder, however simple, then
    // plays the same number of samples, and a byte offset is a time.
    options: ['-write_xing', '0', '-id3v2_version', '0', '-f', 'mp3'],
    // LAME turns its input down to 95 % at low bit rates.
    levelChangeDb: -0.45,
    peakMarginDb: 2,
    delaySamples: 1105,
    frame: { bytes: 144, samples: 576 },
  },
  opus: {
    name: 'opus-24k',
    codec: 'opus',
    encoder: 'libopus',
    bitRate: 24_000,
    sampleRate: 24_000,
    channels: 1,
    options: ['-application', 'audio', '-f', 'ogg'],
    levelChangeDb: 0,
    peakMarginDb: 2,
    // Every decoder drops what the encoder has put in front (RFC 7845, pre-skip).
    delaySamples: 0,
    frame: null,
  },
  aac: {
    name: 'aac-48k',
    codec: 'aac',
    encoder: 'aac',
    bitRate: 48_000,
    sampleRate: 24_000,
    channels: 1,
    // ADTS can be played from any frame on, without an index at the end of the file.
    options: ['-f', 'adts'],
    levelChangeDb: 0,
    peakMarginDb: 2,
    delaySamples: 1024,
    frame: null,
  },
  wav: {
    name: 'wav-24k',
    codec: 'wav',
    encoder: 'pcm_s16le',
    bitRate: 384_000,
    sampleRate: 24_000,
    channels: 1,
    options: ['-f', 'wav'],
    levelChangeDb: 0,
    peakMarginDb: 0.2,
    delaySamples: 0,
    frame: null,
  },
} as const satisfies Record<Codec, CodecProfile>

/** What every rendition is made in first. */
export const DEFAULT_PROFILE: CodecProfile = codecProfiles[DEFAULT_CODEC]

/** The codecs that a build of ffmpeg can make. */
export const codecsMadeBy = (encoders: ReadonlySet<string>): Codec[] =>
  Object.values(codecProfiles).flatMap(({ codec, encoder }) => (encoders.has(encoder) ? [codec] : []))

/** How loud a rendition is made (EBU R128). */
export interface LoudnessTarget {
  readonly integratedLufs: number
  readonly truePeakDbtp: number
}

/** Speech for outdoor loudspeakers; the volume itself belongs to the cluster. */
export const SPEECH_LOUDNESS: LoudnessTarget = { integratedLufs: -16, truePeakDbtp: -1.5 }
