import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  createFrameReader,
  encodeFrame,
  type Frame,
  type FrameHeader,
} from '../../controller/speech/engines/wav-frames.ts'

const frame = fc.oneof(
  fc.constant<Frame>({ header: { kind: 'ready' }, body: Buffer.alloc(0) }),
  fc.constant<Frame>({ header: { kind: 'voice', sampleRate: 22_050, speakers: 2 }, body: Buffer.alloc(0) }),
  fc.string().map((message): Frame => ({ header: { kind: 'refused', message }, body: Buffer.alloc(0) })),
  fc.uint8Array({ maxLength: 200 }).map((bytes): Frame => {
    const header: FrameHeader = { kind: 'wav', bytes: bytes.length }
    return { header, body: Buffer.from(bytes) }
  }),
)

test('frames come out as they went in, however the pipe cuts them', () => {
  fc.assert(
    fc.property(
      fc.array(frame, { maxLength: 6 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 50 })),
      (frames, sizes) => {
        const bytes = Buffer.concat(frames.flatMap(({ header, body }) => [Buffer.from(encodeFrame(header)), body]))
        const received: Frame[] = []
        const read = createFrameReader((one) => received.push(one))
        for (let at = 0; at < bytes.length; ) {
          const size = sizes.next().value ?? 1
          read(Buffer.from(bytes.subarray(at, at + size)))
          at += size
        }
        expect(received).toEqual(frames)
      },
    ),
  )
})

test.each(['hello\n', '{"kind":"sing"}\n', '{"kind":"wav"}\n', '{"kind":"wav","bytes":-1}\n', 'x'.repeat(70_000)])(
  'what is no frame is an error',
  (nonsense) => {
    const read = createFrameReader(() => {})
    expect(() => read(Buffer.from(nonsense))).toThrow()
  },
)
