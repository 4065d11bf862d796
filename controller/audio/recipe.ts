import type { CodecProfile } from './profiles.ts'

/** Where ffmpeg reads from or writes to: a file, or a pipe to this process. */
export type Place = { readonly file: string } | 'pipe'

/** A whole ffmpeg command as data. */
export interface Recipe {
  readonly inputs: readonly { readonly from: Place; readonly options: readonly string[] }[]
  /** Filters that the only audio stream passes through, in order. */
  readonly audioFilters: readonly string[]
  readonly output: { readonly to: Place; readonly options: readonly string[] }
}

/** Raw 16-bit mono PCM from a pipe, resampled and encoded for the air. The same samples give the same bytes. */
export function encodeRecipe(input: {
  readonly sampleRate: number
  readonly profile: CodecProfile
  readonly file: string
}): Recipe {
  const { profile } = input
  return {
    inputs: [{ from: 'pipe', options: ['-f', 's16le', '-ar', String(input.sampleRate), '-ac', '1'] }],
    audioFilters: input.sampleRate === profile.sampleRate ? [] : [`aresample=${profile.sampleRate}`],
    output: {
      to: { file: input.file },
      options: [...encoderOptions(profile), '-map_metadata', '-1', '-flags', '+bitexact', '-fflags', '+bitexact'],
    },
  }
}

function encoderOptions(profile: CodecProfile): readonly string[] {
  return [
    ...['-c:a', profile.encoder, '-b:a', String(profile.bitRate)],
    ...['-ar', String(profile.sampleRate), '-ac', String(profile.channels)],
    ...profile.options,
  ]
}

/** Decodes a file's first audio stream to a file of 16-bit mono WAV at some rate; no more than `longestMs` of it. */
export const clipRecipe = (input: {
  readonly from: string
  readonly to: string
  readonly sampleRate: number
  readonly longestMs?: number
}): Recipe => ({
  inputs: [{ from: { file: input.from }, options: ['-protocol_whitelist', 'file'] }],
  audioFilters: [`aresample=${input.sampleRate}`, 'aformat=sample_fmts=s16:channel_layouts=mono'],
  output: {
    to: { file: input.to },
    options: [
      ...(input.longestMs === undefined ? [] : ['-t', (input.longestMs / 1000).toFixed(3)]),
      ...['-map', '0:a:0', '-vn', '-c:a', 'pcm_s16le', '-flags', '+bitexact', '-fflags', '+bitexact', '-f', 'wav'],
    ],
  },
})

/** Decodes a file's first audio stream to a WAV of 32-bit floats on a pipe; more than two channels are mixed to two. */
export const decodeRecipe = (file: string): Recipe => ({
  // A playlist or a link in disguise must not make ffmpeg read anything else.
  inputs: [{ from: { file }, options: ['-protocol_whitelist', 'file'] }],
  audioFilters: ['aformat=sample_fmts=flt:channel_layouts=mono|stereo'],
  output: {
    to: 'pipe',
    options: ['-map', '0:a:0', '-vn', '-c:a', 'pcm_f32le', '-flags', '+bitexact', '-fflags', '+bitexact', '-f', 'wav'],
  },
})
