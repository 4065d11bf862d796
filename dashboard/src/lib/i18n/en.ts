import { airing } from './en/airing.ts'
import { bulletins } from './en/bulletins.ts'
import { clusters } from './en/clusters.ts'
import { editor } from './en/editor.ts'
import { inbox } from './en/inbox.ts'
import { ledger } from './en/ledger.ts'
import { phoneCalendar } from './en/phone-calendar.ts'
import { rules } from './en/rules.ts'
import { schedule } from './en/schedule.ts'
import { shell } from './en/shell.ts'
import { sounds } from './en/sounds.ts'
import { speech } from './en/speech.ts'
import { versions } from './en/versions.ts'
import type { Catalogue } from './vi.ts'

export const en: Catalogue = {
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
