import type { Actor } from '../accounts/actor.ts'

/** What middleware hands to the routes. */
export interface AppEnv {
  Variables: { requestId: string; actor: Actor; sessionId: string }
}
