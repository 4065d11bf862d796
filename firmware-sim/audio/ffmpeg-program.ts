import { spawn } from 'node:child_process'

/** The ffmpeg on PATH, else the one that npm brought. */
export async function findFfmpeg(): Promise<string> {
  if (await runs('ffmpeg')) return 'ffmpeg'
  // Loaded only when needed: it throws where it has no build for the platform.
  const { default: installer } = await import('@ffmpeg-installer/ffmpeg')
  return installer.path
}

function runs(program: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, ['-version'], { stdio: 'ignore' })
    child.on('error', () => resolve(false))
    child.on('close', (code) => resolve(code === 0))
  })
}

/** Mono PCM on stdout, and nothing after `ms`: an excerpt need not be decoded whole. */
export function decodeArguments(file: string, ms: number, sampleRate: number): string[] {
  const seconds = (ms / 1000).toFixed(3)
  const input = ['-i', file, '-map', '0:a:0', '-t', seconds]
  return ['-nostdin', '-v', 'error', ...input, '-ac', '1', '-ar', String(sampleRate), '-f', 's16le', 'pipe:1']
}
