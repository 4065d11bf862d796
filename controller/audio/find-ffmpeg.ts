import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Clock } from '../clock.ts'
import { type Confine, createFfmpeg, type Ffmpeg, FfmpegError } from './ffmpeg.ts'

const ANSWER_TIMEOUT_MS = 10_000
/** Address space for decoding a stranger's file; an honest one needs a quarter of it, libraries and all. */
const STRANGE_BYTES = 1024 ** 3

/** The program that the settings name, else the one on the `PATH`, else the one that came with the package. */
export async function findFfmpeg(
  settings: { readonly path: string | null },
  deps: { readonly clock: Clock },
): Promise<Ffmpeg> {
  const confine = await findConfine()
  if (settings.path !== null) {
    const program = await lookAt(settings.path)
    if (!program) throw new FfmpegError('start', `${settings.path} does not run as ffmpeg`)
    return createFfmpeg({ ...program, confine }, deps)
  }
  for (const path of ['ffmpeg', await packagedFfmpeg()]) {
    const program = path === null ? null : await lookAt(path)
    if (program) return createFfmpeg({ ...program, confine }, deps)
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

/** Null when it does not run as ffmpeg does. */
async function lookAt(path: string): Promise<Pick<Ffmpeg, 'path' | 'version' | 'encoders'> | null> {
  try {
    const version = /^ffmpeg version (\S+)/.exec(await say(path, '-version'))?.[1]
    // ` A....D libopus              libopus Opus`
    const encoders = (await say(path, '-encoders')).matchAll(/^ A\S+ (\S+)/gm)
    return version ? { path, version, encoders: new Set([...encoders].flatMap(([, name]) => name ?? [])) } : null
  } catch {
    return null
  }
}

async function say(path: string, what: string): Promise<string> {
  const { stdout } = await promisify(execFile)(path, ['-hide_banner', what], { timeout: ANSWER_TIMEOUT_MS })
  return stdout
}

/** Linux has `prlimit`; elsewhere only ffmpeg's own limits hold. */
async function findConfine(): Promise<Confine | null> {
  try {
    await promisify(execFile)('prlimit', ['--version'], { timeout: ANSWER_TIMEOUT_MS })
    return ['prlimit', `--as=${STRANGE_BYTES}`, '--']
  } catch {
    return null
  }
}
