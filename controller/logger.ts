import { type Logger, type LoggerOptions, pino } from 'pino'

export type { Logger }

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'

const FDS = { stdout: 1, stderr: 2 } as const

/**
 * Structured logs, one JSON object a line; secrets are cut out by name. A command whose standard output is its answer
 * logs to the other.
 */
export function createLogger(level: LogLevel, to: keyof typeof FDS = 'stdout'): Logger {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: ['password', '*.password', 'token', '*.token', 'secret', '*.secret', 'authorization', 'cookie'] },
  }
  return pino(options, pino.destination(FDS[to]))
}
