import type { InboxItem } from '#protocol/http/inbox.ts'

/** What cannot wait comes first: reported, then overdue, then priority, then the nearest deadline. */
export const byUrgency = (items: readonly InboxItem[]): InboxItem[] =>
  [...items].sort((a, b) => rankOf(a) - rankOf(b) || Date.parse(a.deadlineAt) - Date.parse(b.deadlineAt))

function rankOf({ isUrgent, isOverdue, class: kind }: InboxItem): number {
  if (isUrgent) return 0
  if (isOverdue) return 1
  return kind === 'priority' ? 2 : 3
}
