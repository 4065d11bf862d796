import type { DayBulletin, DaySession } from '#protocol/http/days.ts'

/**
 * Among which bulletins of a session one can be put first or last, in their order: priority ones of the rundown and placed
 * ones alike; ordinary ones of the rundown stay where it has them. Empty: it cannot be moved.
 */
export function movableIn({ rundown }: Pick<DaySession, 'rundown'>, bulletin: DayBulletin): DayBulletin[] {
  const isPriority = bulletin.class === 'priority'
  const bulletins = rundown.filter((part) => part.kind === 'bulletin')
  const among = bulletins.filter((one) => (one.class === 'priority') === isPriority && (isPriority || one.isPlaced))
  return among.some(({ id }) => id === bulletin.id) ? among : []
}
