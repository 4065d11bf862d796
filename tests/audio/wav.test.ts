import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeWav, isSpeechWav, parseWavHeader, wavSamples } from '../../controller/audio/wav.ts'

const samplesOf = fc
  .array(fc.integer({ min: -32_768, max: 32_767 }), { maxLength: 300 })
  .map((list) => Int16Array.from(list))

test('what is encoded is read back, sample for sample', () => {
  fc.assert(
    fc.property(samplesOf, fc.constantFrom(8_000, 22_050, 24_000, 48_000), (samples, sampleRate) => {
      const wav = encodeWav(samples, sampleRate)
      const header = parseWavHeader(wav)
      expect(header).toMatchObject({
        sampleRate,
        channels: 1,
        bitsPerSample: 16,
        format: 1,
        dataBytes: samples.length * 2,
      })
      expect(header && isSpeechWav(header)).toBe(true)
      expect(header && wavSamples(wav, header)).toEqual(samples)
    }),
  )
})

test('chunks that nobody knows are passed over', () => {
  const wav = encodeWav(Int16Array.of(1, 2, 3), 22_050)
  const extra = Buffer.from([...Buffer.from('LIST'), 3, 0, 0, 0, 1, 2, 3, 0])
  const with3 = Buffer.concat([wav.subarray(0, 12), extra, wav.subarray(12)])
  const header = parseWavHeader(with3)
  expect(header && wavSamples(with3, header)).toEqual(Int16Array.of(1, 2, 3))
})

test('a length that was announced before it was known does not reach past the end', () => {
  const wav = encodeWav(Int16Array.of(4, 5), 22_050)
  wav.writeUInt32LE(0x7ffff000, 40)
  const header = parseWavHeader(wav)
  expect(header && wavSamples(wav, header)).toEqual(Int16Array.of(4, 5))
})

test('whatever is no WAV, or only the beginning of one, is no header rather than an exception', () => {
  const wav = encodeWav(Int16Array.of(1), 22_050)
  for (let length = 0; length < 44; length++) expect(parseWavHeader(wav.subarray(0, length))).toBeNull()
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(parseWavHeader(Buffer.from(bytes))).toBeNull()
    }),
  )
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      parseWavHeader(Buffer.concat([wav.subarray(0, 12), bytes]))
    }),
  )
})
