import type { DaySession } from '#protocol/http/days.ts'
import type { SessionChoice } from '#protocol/http/inbox.ts'

/** A bulletin that is about to be put into one of the day's sessions. */
export interface Putting {
  readonly title: string
  readonly isLoading: boolean
  /** What it would do in a session; null: it is none of those that can take one. */
  readonly choiceOf: (session: DaySession) => SessionChoice | null
  /** The session that it is being put into. */
  readonly pendingIn: SessionChoice | null
  readonly onPut: (choice: SessionChoice) => void
  readonly onLeave: () => void
}
