import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Decoder, Sound } from './decoder.ts'
import { PcmFile } from './pcm-file.ts'

/**
 * Decodes with ffmpeg, once for all clusters of a fleet that play the same file. Samples go through a scratch file, so
 * that half an hour of speech costs disk and not memory.
 */
export async function ffmpegDecoder(options: { program: string; scratchDir: string }): Promise<Decoder> {
  await mkdir(options.scratchDir, { recursive: true })
  const shared = new Map<string, { pcm: PcmFile; readers: number }>()
  let opened = 0

  return {
    async open(file, item) {
      const key = `${item.sha256}-${item.ms}`
      const entry = shared.get(key) ?? {
        pcm: PcmFile.decode(options.program, file, item.ms, join(options.scratchDir, `${opened++}-${key}.pcm`)),
        readers: 0,
      }
      shared.set(key, entry)
      entry.readers++
      let isOpen = true
      const close = async (): Promise<void> => {
        if (!isOpen) return
        isOpen = false
        if (--entry.readers > 0) return
        if (shared.get(key) === entry) shared.delete(key)
        await entry.pcm.close()
      }
      const sound: Sound = { kind: 'sampled', read: (from, frames) => entry.pcm.read(from, frames), close }
      try {
        await entry.pcm.started
        return sound
      } catch (error) {
        await close()
        throw error
      }
    },
  }
}
