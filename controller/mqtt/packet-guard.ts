import type { Socket } from 'node:net'

/** Follows the frames of an MQTT stream; answers false as soon as a header announces a packet over its limit. */
export function createFrameMeter(limits: {
  firstPacketBytes: number
  packetBytes: number
}): (chunk: Uint8Array) => boolean {
  let limit = limits.firstPacketBytes
  let state: 'type' | 'length' | 'body' = 'type'
  let length = 0
  let lengthBytes = 0
  return (chunk) => {
    let at = 0
    while (at < chunk.length) {
      if (state === 'type') {
        state = 'length'
        length = 0
        lengthBytes = 0
        at += 1
      } else if (state === 'length') {
        const byte = chunk[at] ?? 0
        at += 1
        // MQTT 3.1.1 §2.2.3: seven bits a byte, least significant first, four bytes at most.
        length += (byte & 0x7f) * 128 ** lengthBytes
        lengthBytes += 1
        if (length > limit || lengthBytes > 4) return false
        if (byte & 0x80) continue
        limit = limits.packetBytes
        state = length === 0 ? 'type' : 'body'
      } else {
        const taken = Math.min(length, chunk.length - at)
        length -= taken
        at += taken
        if (length === 0) state = 'type'
      }
    }
    return true
  }
}

/**
 * Cuts the connection before an over-large packet is collected: aedes buffers whatever the header announces, up to
 * 256 MB, and even before the client has said who it is.
 */
export function guardPackets(socket: Socket, limits: { firstPacketBytes: number; packetBytes: number }): void {
  const accepts = createFrameMeter(limits)
  const read = socket.read.bind(socket)
  socket.read = (size) => {
    const chunk: Buffer | null = read(size)
    if (chunk === null || accepts(chunk)) return chunk
    socket.destroy(new Error('packet too large'))
    return null
  }
}
