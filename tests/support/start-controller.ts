import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Role } from '#protocol/http/accounts.ts'
import { countAccounts } from '../../controller/accounts/accounts.store.ts'
import { OPERATOR } from '../../controller/accounts/actor.ts'
import { invite } from '../../controller/accounts/invite.ts'
import { parseConfig } from '../../controller/config.ts'
import type { Overrides } from '../../controller/context.ts'
import { type Controller, startController } from '../../controller/controller.ts'
import { type Session, sessionOf, signUp } from './session.ts'
import { toneSpeech } from './tone-speech.ts'

export interface TestController extends AsyncDisposable {
  readonly controller: Controller
  readonly url: string
  readonly dataDir: string
  /** Makes an account by a one-time link and signs in with it. */
  signIn(role?: Role, areaCodes?: readonly string[]): Promise<Session>
  /** Somebody who is not signed in. */
  readonly stranger: Session
}

/** A whole controller in this process: SQLite file, embedded broker, free ports; tones for speech unless replaced. */
export async function startTestController(
  options: { overrides?: Overrides; env?: Record<string, string>; dataDir?: string } = {},
): Promise<TestController> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'loa-test-')))
  const config = parseConfig({
    LOA_DATA_DIR: dataDir,
    LOA_HTTP_PORT: '0',
    LOA_MQTT_PORT: '0',
    LOA_LOG_LEVEL: 'silent',
    LOA_LEAD_SECONDS: '0',
    ...options.env,
  })
  const controller = await startController(config, { speech: toneSpeech, ...options.overrides })
  const url = controller.ctx.publicUrl
  let accounts = await countAccounts(controller.ctx.db)
  return {
    controller,
    url,
    dataDir,
    stranger: sessionOf(url, ''),
    signIn: async (role = 'admin', areaCodes = []) => {
      const { url: link } = await invite(controller.ctx, { actor: OPERATOR, role, areaCodes })
      accounts += 1
      return signUp(url, link, `account-${accounts}`)
    },
    [Symbol.asyncDispose]: async () => {
      await controller[Symbol.asyncDispose]()
      if (!options.dataDir) await rm(dataDir, { recursive: true, force: true })
    },
  }
}
