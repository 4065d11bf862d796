import type { Line, Speech } from '../../controller/speech/speech.ts'

const SAMPLE_RATE = 22_050
const HEADER = 44

/**
 * Speaks each text as a tone whose length and pitch follow from the text: quick, and every text sounds different. The
 * second voice is an octave higher.
 */
export const toneSpeech: Speech = {
  engine: 'tone/1',
  voiceName: (voice, part) => (part === 'second' ? `${voice}+octave` : voice),
  speak: async (lines, _voice, onWav, signal) => {
    for (const [index, line] of lines.entries()) {
      signal.throwIfAborted()
      await onWav(index, toneOf(line))
    }
  },
}

function toneOf({ text, part }: Line): Buffer {
  const samples = Math.round(SAMPLE_RATE * (0.3 + text.length * 0.02))
  const octave = part === 'second' ? 2 : 1
  const hertz = octave * (200 + ([...text].reduce((sum, char) => sum + (char.codePointAt(0) ?? 0), 0) % 400))
  const wav = Buffer.alloc(HEADER + samples * 2)
  wav.write('RIFF', 0)
  wav.writeUInt32LE(wav.length - 8, 4)
  wav.write('WAVEfmt ', 8)
  wav.writeUInt32LE(16, 16)
  wav.writeUInt16LE(1, 20)
  wav.writeUInt16LE(1, 22)
  wav.writeUInt32LE(SAMPLE_RATE, 24)
  wav.writeUInt32LE(SAMPLE_RATE * 2, 28)
  wav.writeUInt16LE(2, 32)
  wav.writeUInt16LE(16, 34)
  wav.write('data', 36)
  wav.writeUInt32LE(samples * 2, 40)
  for (let i = 0; i < samples; i++) {
    const fade = Math.min(1, i / 500, (samples - i) / 500)
    // Swells as syllables do: a steady tone would not look like speech to the meter.
    const swell = 0.6 + 0.4 * Math.sin((2 * Math.PI * 4 * i) / SAMPLE_RATE)
    wav.writeInt16LE(
      Math.round(9_000 * fade * swell * Math.sin((2 * Math.PI * hertz * i) / SAMPLE_RATE)),
      HEADER + i * 2,
    )
  }
  return wav
}
