import { airing } from './vi/airing.ts'
import { bulletins } from './vi/bulletins.ts'
import { clusters } from './vi/clusters.ts'
import { inbox } from './vi/inbox.ts'
import { shell } from './vi/shell.ts'
import { sounds } from './vi/sounds.ts'
import { speech } from './vi/speech.ts'
import { versions } from './vi/versions.ts'
import type { Words } from './words.ts'

/** The screen's words, in the language of the people who use it. Every other catalogue has exactly these keys. */
export const vi = { ...shell, ...bulletins, ...airing, ...clusters, ...sounds, ...speech, ...versions, ...inbox }

export type Catalogue = Words<typeof vi>
