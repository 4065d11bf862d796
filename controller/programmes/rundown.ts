import type { ProgrammeCalendar } from '#protocol/calendar.ts'
import type { BulletinItem, CreateProgramme, RundownItem } from '#protocol/http/programmes.ts'
import { BulletinId } from '#protocol/ids.ts'

/** What somebody decides about a programme. */
export type ProgrammeContent = Omit<CreateProgramme, 'key'>

/** What a session airs in place of its programme's rundown. */
export const replacementRundown = (replacement: string): RundownItem[] => [
  { kind: 'bulletin', bulletinId: BulletinId.parse(replacement) },
]

/** The part of a rundown that is the same in every session. */
export const fixedItems = (rundown: readonly RundownItem[]): BulletinItem[] =>
  rundown.filter((item) => item.kind === 'bulletin')

/** Bulletins that a programme is to air by itself, each once: of its rundown, and those that stand in on single days. */
export function bulletinsNamedBy({
  rundown,
  exceptions,
}: Pick<ProgrammeCalendar, 'exceptions'> & { readonly rundown: readonly RundownItem[] }): BulletinId[] {
  const standIns = exceptions.flatMap((exception) =>
    exception.kind === 'replace' ? [BulletinId.parse(exception.replacement)] : [],
  )
  return [...new Set([...fixedItems(rundown).map(({ bulletinId }) => bulletinId), ...standIns])]
}
