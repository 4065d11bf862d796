import { expect, test } from 'vitest'
import { codecProfiles } from '../../controller/audio/profiles.ts'
import { decodeRecipe, encodeRecipe } from '../../controller/audio/recipe.ts'

test('an encoding resamples to the profile and writes nothing but frames', () => {
  const recipe = encodeRecipe({ sampleRate: 22_050, profile: codecProfiles.mp3, file: '/out/p.mp3' })
  expect(recipe).toEqual({
    inputs: [{ from: 'pipe', options: ['-f', 's16le', '-ar', '22050', '-ac', '1'] }],
    audioFilters: ['aresample=24000'],
    output: {
      to: { file: '/out/p.mp3' },
      options: [
        ...['-c:a', 'libmp3lame', '-b:a', '48000', '-ar', '24000', '-ac', '1'],
        ...['-write_xing', '0', '-id3v2_version', '0', '-f', 'mp3'],
        ...['-map_metadata', '-1', '-flags', '+bitexact', '-fflags', '+bitexact'],
      ],
    },
  })
})

test('sound that already has the rate of the profile passes no filter', () => {
  const recipe = encodeRecipe({ sampleRate: 24_000, profile: codecProfiles.mp3, file: '/p.mp3' })
  expect(recipe.audioFilters).toEqual([])
})

test('a decoding reads one local file and gives floating point on a pipe', () => {
  expect(decodeRecipe('/media/a.mp3')).toEqual({
    inputs: [{ from: { file: '/media/a.mp3' }, options: ['-protocol_whitelist', 'file'] }],
    audioFilters: ['aformat=sample_fmts=flt:channel_layouts=mono|stereo'],
    output: {
      to: 'pipe',
      options: [
        ...['-map', '0:a:0', '-vn', '-c:a', 'pcm_f32le'],
        ...['-flags', '+bitexact', '-fflags', '+bitexact', '-f', 'wav'],
      ],
    },
  })
})
