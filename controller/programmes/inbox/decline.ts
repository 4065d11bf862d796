import type { InboxItem } from '#protocol/http/inbox.ts'
import type { Context } from '../../context.ts'
import { type Asked, requireDecider } from './require-item.ts'
import { setAside } from './set-aside.ts'

/** The commune does not air an ordinary bulletin, for a reason that the province reads. */
export async function declineItem(
  ctx: Pick<Context, 'db' | 'bus' | 'clock' | 'newId' | 'config'>,
  input: Asked & { reason: string },
): Promise<InboxItem> {
  await requireDecider(ctx, input)
  return setAside(ctx, input, () => ({ state: 'declined', returnsOn: null, returnsAt: null, reason: input.reason }))
}
