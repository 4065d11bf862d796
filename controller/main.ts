import { countAccounts } from './accounts/accounts.store.ts'
import { OPERATOR } from './accounts/actor.ts'
import { invite } from './accounts/invite.ts'
import { ConfigError, readConfig } from './config.ts'
import { startController } from './controller.ts'
import { SECOND } from './units.ts'

const WATCHDOG_MS = 10 * SECOND

/** Runs the controller until SIGTERM or SIGINT, then drains and stops. */
async function main(): Promise<void> {
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve())
  })
  await using controller = await startController(readConfig())
  const { ctx } = controller
  console.log(`Loa Xã: ${ctx.publicUrl}`)
  if ((await countAccounts(ctx.db)) === 0) {
    const { url } = await invite(ctx, { actor: OPERATOR, role: 'admin', areaCodes: [] })
    console.log(`Tài khoản quản trị đầu tiên (liên kết dùng một lần): ${url}`)
  }
  await stopped
  // Draining has its limit: what hangs is ended, and the queue takes it up at the next start.
  setTimeout(() => process.exit(1), WATCHDOG_MS).unref()
}

main().catch((err: unknown) => {
  if (err instanceof ConfigError) console.error(err.message)
  else console.error(err)
  process.exitCode = 1
})
