/** How a rendition is encoded. A cluster's firmware says which of these it can play. */
export interface CodecProfile {
  readonly name: string
  readonly codec: 'mp3'
  /** File name extension in the media store. */
  readonly extension: 'mp3'
  readonly bitRate: number
  readonly sampleRate: number
  readonly channels: 1
  /** What encoding does to the level. LAME turns its input down to 95 % at low bit rates. */
  readonly levelChangeDb: number
  /** How far the encoder's errors push peaks up, all but a few in an hour: the limiter stays that much lower. */
  readonly peakMarginDb: number
  /** Silence that encoder and decoder put in front. */
  readonly delaySamples: number
  /** Every frame has this size and length. */
  readonly frame: { readonly bytes: number; readonly samples: number }
}

export const codecProfiles = {
  'mp3-48k': {
    name: 'mp3-48k',
    codec: 'mp3',
    extension: 'mp3',
    bitRate: 48_000,
    sampleRate: 24_000,
    channels: 1,
    levelChangeDb: -0.45,
    peakMarginDb: 2,
    delaySamples: 1105,
    frame: { bytes: 144, samples: 576 },
  },
} as const satisfies Record<string, CodecProfile>

/** How loud a rendition is made (EBU R128). */
export interface LoudnessTarget {
  readonly integratedLufs: number
  readonly truePeakDbtp: number
}

/** Speech for outdoor loudspeakers; the volume itself belongs to the cluster. */
export const SPEECH_LOUDNESS: LoudnessTarget = { integratedLufs: -16, truePeakDbtp: -1.5 }
