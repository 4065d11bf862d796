import type { Readable, Writable } from 'node:stream'
import fluent from 'fluent-ffmpeg'
import type { Place, Recipe } from './recipe.ts'

interface Ring {
  get(): string
}

type OnEnd = (error: Error | null, stdout?: Ring, stderr?: Ring) => void

/** The inner parts of fluent-ffmpeg 2.1.3, its last version, that have to be kept from harm. */
interface Internals {
  _getFfmpegPath(callback: (error: null, path: string) => void): void
  _checkCapabilities(callback: (error: null) => void): void
  availableEncoders(callback: (error: null, encoders: object) => void): void
  _spawnFfmpeg(args: readonly string[], options: object, onProcess: unknown, onEnd: OnEnd): void
}

const asInternals = (command: fluent.FfmpegCommand): Internals => command as unknown as Internals

const NO_OUTPUT: Ring = { get: () => '' }

/** A recipe as a fluent-ffmpeg command for a program and the arguments that come before all others. */
export function buildCommand(
  [path, ...first]: readonly [string, ...string[]],
  recipe: Recipe,
  pipes: { readonly stdin?: Readable | undefined; readonly stdout?: Writable | undefined },
): fluent.FfmpegCommand {
  const command = fluent()
  tame(command, path, first)
  for (const { from, options } of recipe.inputs) {
    command.input(from === 'pipe' ? required(pipes.stdin) : argument(from))
    if (options.length > 0) command.inputOptions(...options)
  }
  if (recipe.audioFilters.length > 0) command.audioFilters([...recipe.audioFilters])
  command.outputOptions('-hide_banner', '-nostdin', '-y', ...recipe.output.options)
  command.output(recipe.output.to === 'pipe' ? required(pipes.stdout) : argument(recipe.output.to))
  return command
}

function tame(command: fluent.FfmpegCommand, path: string, first: readonly string[]): void {
  const internals = asInternals(command)
  const spawn = internals._spawnFfmpeg.bind(command)
  const own: Internals = {
    // The path and the program's abilities are kept in variables of its module, and ffmpeg is run twice to learn the
    // latter. Here two programs may live side by side, and recipes name only what every build has.
    _getFfmpegPath: (callback) => callback(null, path),
    _checkCapabilities: (callback) => callback(null),
    availableEncoders: (callback) => callback(null, {}),
    // When the program cannot be started, its own handler would throw where nobody can catch.
    _spawnFfmpeg: (args, options, onProcess, onEnd) => {
      const end: OnEnd = (error, stdout = NO_OUTPUT, stderr = NO_OUTPUT) => onEnd(error, stdout, stderr)
      try {
        spawn([...first, ...args], options, onProcess, end)
      } catch (error) {
        end(error instanceof Error ? error : new Error(String(error)))
      }
    },
  }
  Object.assign(command, own)
}

/** With its protocol, so that no file name is taken for an option or an address. */
const argument = (place: Exclude<Place, 'pipe'>): string => `file:${place.file}`

function required<T>(pipe: T | undefined): T {
  if (pipe === undefined) throw new Error('the recipe has a pipe that the run does not connect')
  return pipe
}
