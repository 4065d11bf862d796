import type { BulletinStatus } from '#protocol/http/bulletins.ts'

export type BulletinAction = 'submit' | 'approve' | 'return' | 'edit' | 'withdraw'

/**
 * Biên tập → chờ duyệt → đã duyệt or trả lại; editing anything makes a draft again. Withdrawing takes what is on air: a
 * version that is newer and still in work goes on.
 */
const NEXT: Record<BulletinAction, Partial<Record<BulletinStatus, BulletinStatus>>> = {
  submit: { draft: 'pending', returned: 'pending' },
  approve: { pending: 'approved' },
  return: { pending: 'returned' },
  edit: { draft: 'draft', pending: 'draft', approved: 'draft', returned: 'draft', withdrawn: 'draft' },
  withdraw: { draft: 'draft', pending: 'pending', approved: 'withdrawn', returned: 'returned' },
}

/** The status after an action, or null where the action is not allowed. */
export const nextBulletinStatus = (status: BulletinStatus, action: BulletinAction): BulletinStatus | null =>
  NEXT[action][status] ?? null

export const statusesBefore = (action: BulletinAction): BulletinStatus[] =>
  Object.keys(NEXT[action]) as BulletinStatus[]
