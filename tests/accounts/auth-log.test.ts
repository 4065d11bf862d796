import { pino } from 'pino'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startTestController } from '../support/start-controller.ts'

test('what the sign-in library has to say is a line of our log, and it writes nowhere else', async () => {
  const lines: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) })
  const spies = (['log', 'info', 'warn', 'error'] as const).map((name) => vi.spyOn(console, name))
  onTestFinished(() => {
    vi.restoreAllMocks()
  })
  await using t = await startTestController({ overrides: { log } })
  await t.signIn()
  const wrong = { username: 'account-1', password: 'sai-mat-khau-roi' }
  expect((await t.stranger.post('/api/auth/sign-in/username', wrong)).status).toBe(401)
  expect(lines.map((line) => JSON.parse(line))).toContainEqual(expect.objectContaining({ msg: 'Invalid password' }))
  expect(lines.join('')).not.toContain(wrong.password)
  expect(spies.flatMap((spy) => spy.mock.calls)).toEqual([])
})
