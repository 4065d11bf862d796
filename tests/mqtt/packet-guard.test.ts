import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFrameMeter } from '../../controller/mqtt/packet-guard.ts'

const limits = { firstPacketBytes: 300, packetBytes: 20_000 }

/** A packet as MQTT 3.1.1 §2.2.3 frames it. */
function packet(bodyBytes: number): Buffer {
  return Buffer.concat([Buffer.from([0x30]), lengthOf(bodyBytes), Buffer.alloc(bodyBytes, 0xff)])
}

function chunks(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const parts: Buffer[] = []
  let at = 0
  for (let i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1
    parts.push(bytes.subarray(at, at + size))
    at += size
  }
  return parts
}

const chunkSizes = fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 5 })
const allowed = fc.tuple(fc.nat(300), fc.array(fc.nat(20_000), { maxLength: 8 }))

test('packets within the limits pass, however the stream is cut', () => {
  fc.assert(
    fc.property(allowed, chunkSizes, ([first, rest], sizes) => {
      const accepts = createFrameMeter(limits)
      const stream = Buffer.concat([first, ...rest].map(packet))
      expect(chunks(stream, sizes).every(accepts)).toBe(true)
    }),
  )
})

test('a packet over the limit is refused by its header alone, however the stream is cut', () => {
  fc.assert(
    fc.property(allowed, fc.integer({ min: 20_001, max: 268_435_455 }), chunkSizes, ([first, rest], size, sizes) => {
      const accepts = createFrameMeter(limits)
      const header = Buffer.from([0x30])
      const length = lengthOf(size)
      const stream = Buffer.concat([...[first, ...rest].map(packet), header, length])
      expect(chunks(stream, sizes).every(accepts)).toBe(false)
    }),
  )
})

test('before it is known who speaks, only a small packet passes', () => {
  expect(createFrameMeter(limits)(packet(300))).toBe(true)
  expect(createFrameMeter(limits)(packet(301))).toBe(false)
})

test('a length that never ends is refused', () => {
  expect(createFrameMeter(limits)(Buffer.from([0x30, 0x80, 0x80, 0x80, 0x80, 0x00]))).toBe(false)
})

function lengthOf(size: number): Buffer {
  const bytes: number[] = []
  let rest = size
  do {
    bytes.push((rest % 128) | (rest > 127 ? 0x80 : 0))
    rest = Math.floor(rest / 128)
  } while (rest > 0)
  return Buffer.from(bytes)
}
