import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Clock } from '../clock.ts'
import { createFfmpeg, type Ffmpeg, FfmpegError } from './ffmpeg.ts'

const VERSION_TIMEOUT_MS = 10_000

/** The program that the settings name, else the one on the `PATH`, else the one that came with the package. */
export async function findFfmpeg(
  settings: { readonly path: string | null },
  deps: { readonly clock: Clock },
): Promise<Ffmpeg> {
  if (settings.path !== null) {
    const version = await versionOf(settings.path)
    if (version === null) throw new FfmpegError('start', `${settings.path} does not run as ffmpeg`)
    return createFfmpeg({ path: settings.path, version, encoders: await encodersOf(settings.path) }, deps)
  }
  for (const path of ['ffmpeg', await packagedFfmpeg()]) {
    const version = path === null ? null : await versionOf(path)
    if (path !== null && version !== null)
      return createFfmpeg({ path, version, encoders: await encodersOf(path) }, deps)
  }
  throw new FfmpegError('start', 'no ffmpeg: install it, or set LOA_FFMPEG_PATH to where it is')
}

/** Where the npm package put its program, or null on a machine that it has none for. */
export async function packagedFfmpeg(): Promise<string | null> {
  try {
    return (await import('@ffmpeg-installer/ffmpeg')).default.path
  } catch {
    return null
  }
}

async function versionOf(path: string): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)(path, ['-version'], { timeout: VERSION_TIMEOUT_MS })
    return /^ffmpeg version (\S+)/.exec(stdout)?.[1] ?? null
  } catch {
    return null
  }
}

async function encodersOf(path: string): Promise<ReadonlySet<string>> {
  const { stdout } = await promisify(execFile)(path, ['-hide_banner', '-encoders'], { timeout: VERSION_TIMEOUT_MS })
  // ` A....D libopus              libopus Opus`
  return new Set([...stdout.matchAll(/^ A\S+ (\S+)/gm)].flatMap(([, name]) => name ?? []))
}
