import type { Bulletin } from '#protocol/http/bulletins.ts'

/** Recordings change only while a bulletin has not been handed in. */
export const mayRecord = ({ status }: Pick<Bulletin, 'status'>): boolean => status === 'draft' || status === 'returned'
