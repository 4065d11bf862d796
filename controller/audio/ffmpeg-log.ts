const HEAD_LINES = 60
const TAIL_LINES = 30
const LINE_CHARACTERS = 500

/** Keeps the beginning and the end of what a program prints, whatever it prints. */
export function boundedLog(): { add(line: string): void; head(): string; tail(): string } {
  const head: string[] = []
  const tail: string[] = []
  return {
    add(line) {
      const short = line.slice(0, LINE_CHARACTERS)
      if (head.length < HEAD_LINES) head.push(short)
      tail.push(short)
      if (tail.length > TAIL_LINES) tail.shift()
    },
    head: () => head.join('\n'),
    tail: () => tail.join('\n').trim(),
  }
}

/** Position in milliseconds that a progress line tells, or null for any other line. */
export function progressOf(line: string): number | null {
  const match = /^(?:size|frame|Lsize)=.*\btime=(-?)(\d+):(\d\d):(\d\d(?:\.\d+)?)/.exec(line.trim())
  if (!match) return null
  const [, minus, hours, minutes, seconds] = match
  return minus ? 0 : (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000
}
