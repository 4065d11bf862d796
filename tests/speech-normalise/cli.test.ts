import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const HARNESS = fileURLToPath(new URL('./cli-harness.ts', import.meta.url))

function loa(args: readonly string[], input: string): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', 'tsx', HARNESS, ...args], {
    input,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
  return stdout
}

test('normalize writes exactly as many lines as it reads, empty ones and odd separators too', () => {
  const input = 'Điều 5\n\n- \nkhoản\u2028 2\r\nUBND xã'
  expect(loa(['normalize'], input)).toBe('Điều năm\n\n\nkhoản hai\nỦy ban nhân dân xã\n')
})

test('normalize --json writes the trace, one object per line', () => {
  const lines = loa(['normalize', '--json', '--region', 'south'], '1.001 hộ\nxin chào\n').trimEnd().split('\n')
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    {
      spoken: 'một ngàn lẻ một hộ',
      spans: [
        { kind: 'cardinal', source: '1.001' },
        { kind: 'text', source: ' hộ' },
      ],
    },
    { spoken: 'xin chào', spans: [{ kind: 'text', start: 0, end: 8 }] },
  ])
})
