import { airing } from './vi/airing.ts'
import { bulletins } from './vi/bulletins.ts'
import { clusters } from './vi/clusters.ts'
import { editor } from './vi/editor.ts'
import { inbox } from './vi/inbox.ts'
import { ledger } from './vi/ledger.ts'
import { phoneCalendar } from './vi/phone-calendar.ts'
import { rules } from './vi/rules.ts'
import { schedule } from './vi/schedule.ts'
import { shell } from './vi/shell.ts'
import { sounds } from './vi/sounds.ts'
import { speech } from './vi/speech.ts'
import { versions } from './vi/versions.ts'
import type { Words } from './words.ts'

/** The screen's words, in the language of the people who use it. Every other catalogue has exactly these keys. */
export const vi = {
  ...shell,
  ...airing,
  ...bulletins,
  ...clusters,
  ...editor,
  ...inbox,
  ...ledger,
  ...phoneCalendar,
  ...rules,
  ...schedule,
  ...sounds,
  ...speech,
  ...versions,
}

export type Catalogue = Words<typeof vi>
