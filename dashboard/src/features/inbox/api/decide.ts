import type { z } from 'zod'
import {
  type DeclineBulletin,
  InboxItem,
  type MoveBulletin,
  type PlaceBulletin,
  type PostponeBulletin,
  SessionOrder,
  type SessionRef,
} from '#protocol/http/inbox.ts'
import { call } from '../../../lib/api.ts'

export interface ItemKey {
  readonly areaCode: string
  readonly bulletinId: string
}

const post = <S extends z.ZodType>(answer: S, { areaCode, bulletinId }: ItemKey, verb: string, body: unknown) =>
  call(answer, `/api/inbox/${areaCode}/${bulletinId}/${verb}`, { method: 'POST', body })

export const placeItem = (key: ItemKey, body: PlaceBulletin) => post(InboxItem, key, 'place', body)
export const unplaceItem = (key: ItemKey, body: SessionRef) => post(InboxItem.nullable(), key, 'unplace', body)
export const moveItem = (key: ItemKey, body: z.infer<typeof MoveBulletin>) => post(SessionOrder, key, 'move', body)
export const postponeItem = (key: ItemKey, body: z.infer<typeof PostponeBulletin>) =>
  post(InboxItem, key, 'postpone', body)
export const declineItem = (key: ItemKey, body: z.infer<typeof DeclineBulletin>) =>
  post(InboxItem, key, 'decline', body)
