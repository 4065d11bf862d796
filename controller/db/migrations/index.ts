import type { Migration } from 'kysely'
import type { Dialect } from '../table-maker.ts'
import * as first from './001-first.ts'
import * as pronunciations from './002-pronunciations.ts'
import * as speechSpending from './003-speech-spending.ts'
import * as omittedParts from './004-omitted-parts.ts'
import * as sound from './005-sound.ts'
import * as listening from './006-listening.ts'
import * as uploads from './007-uploads.ts'
import * as validityAndDecisions from './008-validity-and-decisions.ts'
import * as secondVoice from './009-second-voice.ts'
import * as stationEngines from './010-station-engines.ts'
import * as calendars from './011-calendars.ts'
import * as exemptions from './012-exemptions.ts'
import * as inbox from './013-inbox.ts'
import * as frames from './014-frames.ts'
import * as whoAndWhy from './015-who-and-why.ts'
import * as filesAndFeeds from './016-files-and-feeds.ts'
import * as planningIndexes from './017-planning-indexes.ts'
import * as targetsOfVersions from './018-targets-of-versions.ts'
import * as areasOfEvents from './019-areas-of-events.ts'
import * as grantedValuesAndTheNight from './020-granted-values-and-the-night.ts'
import * as editionsOfSessions from './021-editions-of-sessions.ts'

/** In order, forward only: a released migration is never edited. */
export const migrationsFor = (dialect: Dialect): Record<string, Migration> => ({
  '001-first': { up: first.up(dialect) },
  '002-pronunciations': { up: pronunciations.up(dialect) },
  '003-speech-spending': { up: speechSpending.up(dialect) },
  '004-omitted-parts': { up: omittedParts.up },
  '005-sound': { up: sound.up(dialect) },
  '006-listening': { up: listening.up(dialect) },
  '007-uploads': { up: uploads.up(dialect) },
  '008-validity-and-decisions': { up: validityAndDecisions.up(dialect) },
  '009-second-voice': { up: secondVoice.up },
  '010-station-engines': { up: stationEngines.up },
  '011-calendars': { up: calendars.up(dialect) },
  '012-exemptions': { up: exemptions.up(dialect) },
  '013-inbox': { up: inbox.up(dialect) },
  '014-frames': { up: frames.up(dialect) },
  '015-who-and-why': { up: whoAndWhy.up(dialect) },
  '016-files-and-feeds': { up: filesAndFeeds.up(dialect) },
  '017-planning-indexes': { up: planningIndexes.up },
  '018-targets-of-versions': { up: targetsOfVersions.up(dialect) },
  '019-areas-of-events': { up: areasOfEvents.up },
  '020-granted-values-and-the-night': { up: grantedValuesAndTheNight.up(dialect) },
  '021-editions-of-sessions': { up: editionsOfSessions.up(dialect) },
})
